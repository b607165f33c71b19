package intake

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// shownFormat is a cell's number format, as far as it shows more than digits: 0.00"亿元", "约"0, 0!.0,"万". The cell's
// figure is read as it is shown.
type shownFormat []formatSection

// formatSection is the part of a format for numbers that meet its condition.
type formatSection struct {
	op            string // of a condition; "" without
	limit         float64
	before, after string // words around the digits
	digits        bool
	shift         int  // how many digits are cut off: 3 for a comma behind them
	odd           bool // words stand between the digits
}

var (
	formatCondition = regexp.MustCompile(`\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]`)
	formatBracket   = regexp.MustCompile(`\[[^\]]*\]`)
	formatExponent  = regexp.MustCompile(`[eE][+-]`)
	formatGeneral   = regexp.MustCompile(`(?i)g/通用格式|general|通用格式|常规`)
)

// formatScales are the scales of hidden digits, by powers of ten.
var formatScales = map[int]string{0: "", 3: "千", 4: "万", 6: "百万", 8: "亿", 9: "十亿"}

// readShown parses a format; nil if it shows only digits.
func readShown(code string) shownFormat {
	var out shownFormat
	says := false
	for _, part := range formatSections(code) {
		s := readSection(part)
		says = says || s.says() || !s.digits
		out = append(out, s)
	}
	if !says {
		return nil
	}
	return out
}

// formatSections splits a format at its semicolons outside quotes.
func formatSections(code string) (out []string) {
	quoted, from := false, 0
	for i, r := range code {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ';' && !quoted:
			out = append(out, code[from:i])
			from = i + 1
		}
	}
	return append(out, code[from:])
}

// says reports whether the section shows more than digits.
func (s formatSection) says() bool { return s.before+s.after != "" || s.shift > 0 || s.odd }

func readSection(code string) (s formatSection) {
	if m := formatCondition.FindStringSubmatch(code); m != nil {
		s.op = m[1]
		s.limit, _ = strconv.ParseFloat(m[2], 64) //nolint:errcheck // the expression holds a number
	}
	code = formatGeneral.ReplaceAllString(formatBracket.ReplaceAllString(code, ""), "0")
	code = formatExponent.ReplaceAllString(code, "")
	var words [2]strings.Builder // before and behind the digits
	at, commas, point := 0, 0, 0
	word := func(r rune) {
		switch {
		case r == '.' && at == 1: // 0!.0, shows 35000 as 3.5
			point = 1
		case unicode.IsLetter(r), strings.ContainsRune("%‰—-～~≈", r) && at == 0:
			words[at].WriteRune(r)
		}
	}
	runes := []rune(code)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '"':
			for i++; i < len(runes) && runes[i] != '"'; i++ {
				word(runes[i])
			}
		case (r == '\\' || r == '!') && i+1 < len(runes):
			i++
			word(runes[i])
		case (r == '_' || r == '*') && i+1 < len(runes):
			i++
		case strings.ContainsRune("0#?", r):
			if commas = 0; point > 0 {
				point++
			}
			s.odd = s.odd || words[1].Len() > 0
			at, s.digits = 1, true
		case r == ',' && s.digits:
			commas++
		case r == '.', r == '-', r == '+', r == '%':
		case unicode.IsLetter(r):
			word(r)
		}
	}
	s.before, s.after = words[0].String(), words[1].String()
	s.shift = 3*commas + max(point-1, 0)
	for _, sign := range []string{"RMB", "CNY", "USD", "人民币"} {
		s.before = strings.TrimPrefix(s.before, sign)
	}
	return s
}

// of returns the section that applies to a number.
func (f shownFormat) of(value string) (s formatSection, ok bool) {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || len(f) == 0 {
		return s, false
	}
	conditions := false
	for _, s := range f {
		conditions = conditions || s.op != ""
		holds := map[string]bool{"<": n < s.limit, "<=": n <= s.limit, ">": n > s.limit, ">=": n >= s.limit,
			"=": n == s.limit, "<>": n != s.limit}
		if s.op != "" && holds[s.op] {
			return s, true
		}
	}
	switch {
	case conditions:
		last := f[len(f)-1]
		return last, last.op == ""
	case n < 0 && len(f) > 1:
		return f[1], true
	case n == 0 && len(f) > 2:
		return f[2], true
	}
	return f[0], true
}

// shown returns a number as its format shows it; ok is false if only its digits are shown.
func (f shownFormat) shown(value string) (text string, ok bool) {
	s, ok := f.of(value)
	switch {
	case !ok || s.digits && !s.says():
		return "", false
	case !s.digits: // "—" for nought; what is hidden altogether is a number all the same
		return s.before + s.after, s.before+s.after != "" || strings.Trim(value, "0.") == ""
	}
	scale, known := formatScales[s.shift]
	if s.odd || !known {
		return s.before + value + "?" + s.after, true // refused with what stands there
	}
	moved, ok := storedDecimal(value, -s.shift)
	return s.before + moved + joinScale(scale, s.after), ok
}

// joinScale returns the text after the digits, with the scale of the hidden digits if the format does not name it.
func joinScale(scale, after string) string {
	if scale != "" && strings.HasPrefix(after, scale) {
		return after
	}
	return scale + after
}
