package intake

import (
	"errors"
	"strings"

	"dabiao/internal/kpi"
)

// decimal is a number as digits around a point, so that 万 and 亿 move the point and nothing is
// ever rounded.
type decimal struct {
	negative    bool
	whole, frac string
	shift       int // powers of ten from 万, 亿 …
}

// amount moves the point and makes the number an exact amount. Refusals name what was written.
func (d decimal) amount(written string) (kpi.Amount, error) {
	digits, point := d.whole+d.frac, len(d.whole)+d.shift
	if point <= 0 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	text := digits[:point]
	if point < len(digits) {
		text += "." + digits[point:]
	}
	if d.negative {
		text = "-" + text
	}
	a, err := kpi.ParseAmount(text)
	var refusal *kpi.Error
	if errors.As(err, &refusal) {
		args := append([]any{quote(written)}, refusal.Text.Args[1:]...)
		return 0, kpi.Refuse(kpi.Invalid, refusal.Text.Key, args...)
	}
	return a, err
}

// noValue are the ways people fill a cell that has no value.
var noValue = map[string]bool{
	"": true, "/": true, "\\": true, "无": true, "暂无": true, "未填报": true, "N/A": true, "n/a": true,
}

// isNoValue reports whether a folded text says that there is no value. It is never a zero.
func isNoValue(s string) bool { return noValue[s] || strings.Trim(dashes.Replace(s), "- ") == "" }

// Number reads a plain, exact figure without a measure: 1280, 1,280, １２８０, 1.078万, 四十.
// Refusals: number_missing, number_unreadable, number_not_exact, number_too_large,
// number_too_precise.
func Number(s string) (kpi.Amount, error) {
	f, err := read(s, "")
	if err != nil {
		return 0, err
	}
	switch {
	case f.measure != "":
		return 0, refuse("number_unreadable", s)
	case f.marks.any():
		return 0, refuse("number_not_exact", s)
	}
	return f.decimal.amount(s)
}

// cutArabic splits s after its leading number in digits. Commas must group by threes; ok is false
// when there is no number or its commas do not.
func cutArabic(s string) (d decimal, rest string, ok bool) {
	end := 0
	for end < len(s) && (isDigit(s[end]) || s[end] == ',') {
		end++
	}
	whole, grouped := ungroup(s[:end])
	rest = s[end:]
	if !grouped {
		return decimal{}, s, false
	}
	frac := ""
	if strings.HasPrefix(rest, ".") {
		end = 1
		for end < len(rest) && isDigit(rest[end]) {
			end++
		}
		frac, rest = rest[1:end], rest[end:]
		if frac == "" {
			return decimal{}, s, false
		}
	}
	if whole == "" && frac == "" {
		return decimal{}, s, false
	}
	return decimal{whole: whole, frac: frac}, rest, true
}

// ungroup drops thousands separators: 10,780 is 10780 and never 10.78; 1,07,80 is nothing.
func ungroup(s string) (digits string, ok bool) {
	groups := strings.Split(s, ",")
	if len(groups) == 1 {
		return s, true
	}
	if n := len(groups[0]); n < 1 || n > 3 || groups[0][0] == '0' {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
