package intake

import (
	"errors"
	"math/big"
	"strings"

	"dabiao/internal/kpi"
)

// decimal is a number as digits around a decimal point. Scales such as 万 and 亿 move the point, so nothing is
// rounded.
type decimal struct {
	negative    bool
	whole, frac string
	shift       int      // powers of ten: 万, 亿 …
	factor      *big.Rat // for the conversion of its measure; nil: none
}

// amount returns the number, scaled and converted, as an exact amount. Refusals name the text as written:
// number_too_large, number_too_precise, number_inexact_conversion.
func (d decimal) amount(written string) (kpi.Amount, error) {
	text := d.text()
	if d.factor != nil {
		var ok bool
		if text, ok = d.converted(); !ok {
			return 0, refuse("number_inexact_conversion", written)
		}
	}
	a, err := kpi.ParseAmount(text)
	var refusal *kpi.Error
	if errors.As(err, &refusal) {
		args := append([]any{quote(written)}, refusal.Text.Args[1:]...)
		return 0, kpi.Refuse(kpi.Invalid, refusal.Text.Key, args...)
	}
	return a, err
}

// text returns the number as a plain decimal, before the conversion of its measure.
func (d decimal) text() string {
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
	return text
}

// converted returns the number after the conversion; ok is false if it has no finite decimal: 1 亩 in 公顷.
func (d decimal) converted() (text string, ok bool) {
	r, ok := new(big.Rat).SetString(d.text())
	if !ok {
		return "", false
	}
	r.Mul(r, d.factor)
	decimals, ends := r.FloatPrec()
	return r.FloatString(decimals), ends
}

// noValue are the texts for the absence of a value.
var noValue = map[string]bool{
	"": true, "/": true, "\\": true, "…": true, "……": true, "无": true, "暂无": true, "暂缺": true, "未填报": true, "不适用": true,
	"n/a": true, "#n/a": true, "n.a.": true, "na": true, "nil": true, "none": true, "null": true, "not applicable": true,
	"not available": true, "not reported": true,
}

// isNoValue reports whether a folded text says that there is no value, which is not zero.
func isNoValue(s string) bool {
	return noValue[strings.ToLower(s)] || strings.Trim(dashes.Replace(s), "- ") == ""
}

// SaysNoValue reports whether a text says that there is no value: an empty field, a dash, 无, N/A.
func SaysNoValue(s string) bool {
	folded, ok := fold(s)
	return ok && isNoValue(folded)
}

// Number reads an exact figure without a measure: 1280, 1,280, 10 780, １２８０, 1.078万, 1.2 million, 四十. Refusals:
// number_missing, number_unreadable, number_not_exact, number_too_large, number_too_precise.
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

// Exact reads an exact amount with or without a measure, such as a target, money or points. The result is in the
// first of the measures; a figure may have any of them, or one that converts. Refusals: those of Quantity, and
// number_not_exact.
func Exact(s string, measures ...kpi.Measure) (kpi.Amount, error) {
	var first error
	for _, m := range measures {
		q, err := Quantity(s, m)
		if err == nil && q.Precision != kpi.Exact {
			err = refuse("number_not_exact", s)
		}
		if err == nil {
			return q.Amount, nil
		}
		if first == nil {
			first = err
		}
	}
	return 0, first
}

// cutArabic splits s after its leading number in digits. Separators must group by threes; ok is false if there is
// no such number.
func cutArabic(s string) (d decimal, rest string, ok bool) {
	end := 0
	for end < len(s) && (isDigit(s[end]) || s[end] == ',' || s[end] == ' ' && end+1 < len(s) && isDigit(s[end+1])) {
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

// ungroup drops thousands separators: 10,780 and 10 780 are 10780, never 10.78; 1,07,80 is refused.
func ungroup(s string) (digits string, ok bool) {
	separator := ","
	if strings.Contains(s, " ") {
		separator = " " // beside a comma no group has three digits
	}
	groups := strings.Split(s, separator)
	if len(groups) == 1 {
		return s, true
	}
	if n := len(groups[0]); n < 1 || n > 3 || groups[0][0] == '0' {
		return "", false
	}
	for i, g := range groups {
		if i > 0 && len(g) != 3 || strings.Contains(g, ",") {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
