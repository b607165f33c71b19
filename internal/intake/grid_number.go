package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// storedNumber matches numbers as spreadsheets store them; other input of ParseFloat (NaN, 0x1p4) is refused.
var storedNumber = regexp.MustCompile(`^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$`)

// storedDigits is the number of digits that a spreadsheet shows. It stores the nearest binary fraction: 0.9417 as
// 0.94169999999999998.
const storedDigits = 15

// storedDecimal returns a stored number as the decimal that a person sees, times 10^shift. ok is false if it is no
// number or has more than forty digits.
func storedDecimal(s string, shift int) (text string, ok bool) {
	m := storedNumber.FindStringSubmatch(s)
	if m == nil || len(s) > 60 {
		return "", false
	}
	digits := strings.TrimLeft(m[2]+m[3], "0")
	point := len(digits) - len(m[3])
	if m[4] != "" {
		e, err := strconv.Atoi(m[4])
		if err != nil {
			return "", false
		}
		point += e
	}
	if len(strings.TrimRight(digits, "0")) > storedDigits && (m[3] != "" || m[4] != "") {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return "", false
		}
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', storedDigits-1, 64), "e")
		digits = strings.NewReplacer("-", "", ".", "").Replace(mantissa)
		e, _ := strconv.Atoi(exponent) //nolint:errcheck // FormatFloat wrote it
		point = e + 1
	}
	return plainDecimal(m[1], digits, point+shift)
}

// plainDecimal writes digits with the decimal point after the first point of them.
func plainDecimal(sign, digits string, point int) (string, bool) {
	digits = strings.TrimRight(digits, "0")
	if digits == "" {
		return "0", true
	}
	if point > 40 || point < -40 {
		return "", false
	}
	if point <= 0 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	if point >= len(digits) {
		return sign + digits + strings.Repeat("0", point-len(digits)), true
	}
	return sign + digits[:point] + "." + digits[point:], true
}

// serialDate returns the day with a spreadsheet's serial number; ok is false outside the years 1901 to 2999.
func serialDate(decimal string, from1904 bool) (day time.Time, ok bool) {
	whole, _, _ := strings.Cut(decimal, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 367 || n > 401_768 {
		return time.Time{}, false
	}
	if from1904 {
		n += 1462
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}

// numberFormat says how a cell's format shows a number: as a number, a rate or a date.
type numberFormat byte

const (
	formatPlain numberFormat = iota
	formatPercent
	formatDate
	formatMonth // a date whose day is not shown
	formatTime  // no day at all
)

// builtInFormat returns the kind of a built-in format by its number, in Chinese and Western programs.
func builtInFormat(id int) numberFormat {
	switch {
	case id == 9 || id == 10:
		return formatPercent
	case id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57:
		return formatMonth
	case id == 18 || id == 19 || id == 20 || id == 21 || id >= 32 && id <= 35 || id >= 45 &&
		id <= 47 || id == 55 || id == 56:
		return formatTime
	case id >= 14 && id <= 16, id == 22, id >= 28 && id <= 31, id == 51, id == 53, id == 54, id == 58:
		return formatDate
	}
	return formatPlain
}

var formatQuoted = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// writtenFormat returns the kind of a custom format; of several sections the first decides.
func writtenFormat(code string) numberFormat {
	code = strings.ToLower(formatQuoted.ReplaceAllString(code, ""))
	code, _, _ = strings.Cut(code, ";")
	if strings.Contains(code, "general") {
		return formatPlain
	}
	hasYear, hasDay := strings.ContainsAny(code, "ye"), strings.Contains(code, "d")
	if strings.ContainsAny(code, "0#?") && !strings.Contains(code, "y") {
		hasYear, hasDay = false, false
	}
	switch {
	case strings.Contains(code, "%"):
		return formatPercent
	case hasDay:
		return formatDate
	case strings.Contains(code, "h") || strings.Contains(code, "s"):
		return formatTime
	case hasYear && strings.Contains(code, "m"):
		return formatMonth
	case code == "m" || code == "mm":
		return formatMonth
	}
	return formatPlain
}
