package intake

import (
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// Quantity reads a figure as people write it, with its precision and, when it was written, its
// measure, and gives it in the indicator's measure:
//
//	200余人次, 近200, 约300, 300以上, 不少于300, 31万, 5余万元, 1.078万, １０７８０, 10,780, 12人/次, 四个
//
// 元 and 万元 convert exactly; any other measure than the indicator's is refused. Wording is what
// was written, trimmed. A negative figure is read; whether it may be is the domain's business.
//
// Refusals: number_missing, number_unreadable, number_range, number_ceiling, number_contradictory,
// number_too_large, number_too_precise, measure_mismatch.
func Quantity(s string, measure kpi.Measure) (kpi.Quantity, error) {
	f, err := read(s, measure)
	if err != nil {
		return kpi.Quantity{}, err
	}
	precision, err := f.marks.precision(s)
	if err != nil {
		return kpi.Quantity{}, err
	}
	if f.negative && precision != kpi.Exact {
		return kpi.Quantity{}, refuse("number_unreadable", s)
	}
	if err := f.convert(measure.Canonical(), s); err != nil {
		return kpi.Quantity{}, err
	}
	a, err := f.decimal.amount(s)
	if err != nil {
		return kpi.Quantity{}, err
	}
	return kpi.Quantity{Amount: a, Precision: precision, Wording: strings.TrimSpace(s)}, nil
}

// figure is a written figure taken apart.
type figure struct {
	decimal
	marks    marks
	currency bool        // ¥ stood before it
	scaled   bool        // 万 or 亿 was written
	small    bool        // 十, 百 or 千 was written behind digits
	measure  kpi.Measure // as written, canonical; "" when it was not
}

// convert brings the figure to the indicator's measure by moving the decimal point.
func (f *figure) convert(to kpi.Measure, written string) error {
	base, power := baseOf(to)
	switch {
	case f.measure == to:
	case f.measure == "" && power > 0 && f.small && !f.scaled: // 5千 of 元 or of 万元?
		return refuse("number_unreadable", written)
	case f.measure == "" && !f.scaled:
	case f.measure == base || f.measure == "": // 300000元, 31万 for an indicator in 万元
		f.shift -= power
	default:
		return kpi.Refuse(kpi.Invalid, "measure_mismatch", quote(string(f.measure)), string(to))
	}
	return nil
}

// baseOf splits 万元 into 元 and 4; a measure that counts single things is its own base.
func baseOf(m kpi.Measure) (base kpi.Measure, power int) {
	for prefix, power := range map[string]int{"万": 4, "亿": 8} {
		if rest, ok := strings.CutPrefix(string(m), prefix); ok && rest != "" {
			return kpi.Measure(rest), power
		}
	}
	return m, 0
}

// read takes a figure apart. The indicator's measure helps where a measure begins like a scale
// (千米, 万元); it may be empty.
func read(s string, measure kpi.Measure) (figure, error) {
	text, ok := fold(s)
	if !ok {
		return figure{}, refuse("number_unreadable", s)
	}
	if isNoValue(text) {
		return figure{}, refuse("number_missing", s)
	}
	var f figure
	text = f.marks.takeLeading(text)
	text, f.currency = cutCurrency(text)
	text = f.marks.takeEnd(text)
	expected := measure.Canonical()
	if rest, found := strings.CutSuffix(text, string(expected)); found && isMeasure(expected) {
		if g, err := f.dissect(rest, s); err == nil && g.measure == "" {
			g.measure = expected
			return g.priced(s)
		}
	}
	f, err := f.dissect(text, s)
	if err != nil {
		return figure{}, err
	}
	return f.priced(s)
}

// isMeasure reports whether a measure begins like one, so that its end can be told from a number's.
func isMeasure(m kpi.Measure) bool {
	first := firstRune(string(m))
	return unicode.IsLetter(first) || first != 0 && strings.ContainsRune(measureSigns, first)
}

// dissect reads sign, number, scale and marks, measure.
func (f figure) dissect(text, written string) (figure, error) {
	unreadable := refuse("number_unreadable", written)
	text, percent := strings.CutPrefix(text, "百分之")
	text = f.sign(text)
	rest, bare, ok := f.number(text)
	if !ok {
		return figure{}, unreadable
	}
	rest, ok = f.scales(rest)
	if !ok || bare && !percent && !f.marks.any() {
		return figure{}, unreadable
	}
	if isRange(rest) {
		return figure{}, refuse("number_range", written)
	}
	f.measure, ok = writtenMeasure(rest)
	switch {
	case !ok || percent && f.measure != "":
		return figure{}, unreadable
	case percent:
		f.measure = kpi.PercentSign
	}
	return f, nil
}

// priced holds a figure with ¥ before it to a measure of money behind it.
func (f figure) priced(written string) (figure, error) {
	switch {
	case !f.currency || f.measure == kpi.Yuan || f.measure == kpi.TenThousandY:
		return f, nil
	case f.measure == "":
		f.measure = kpi.Yuan
		return f, nil
	}
	return figure{}, refuse("number_unreadable", written)
}

func cutCurrency(s string) (rest string, found bool) {
	for _, sign := range []string{"人民币", "RMB", "CNY", "¥"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

// sign cuts one leading sign.
func (f *figure) sign(s string) string {
	for _, minus := range []string{"-", "−", "负"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			f.negative = true
			return rest
		}
	}
	return strings.TrimPrefix(s, "+")
}

// number cuts the number itself, in digits or in Chinese.
func (f *figure) number(s string) (rest string, bare, ok bool) {
	negative := f.negative
	if f.decimal, rest, ok = cutArabic(s); ok {
		f.negative = negative
		return rest, false, true
	}
	digits, rest := cutNumeral(s)
	f.whole, f.frac, f.shift, bare, ok = numeral(digits)
	f.negative = negative
	f.scaled = strings.ContainsAny(digits, bigPlaces)
	return rest, bare, ok
}

// bigPlaces are the scales that change the measure of money: 31万 is 元 even among 万元.
const bigPlaces = "万亿萬億"

// scales cuts 万, 余万, 百余万 and the like, and further parts of the number: 1亿2000万, 1万5千.
func (f *figure) scales(s string) (rest string, ok bool) {
	s = f.marks.takeTrailing(strings.TrimSpace(s))
	for {
		run, rest := cutPlaces(s)
		if run == "" && isTenThousandW(s) {
			run, rest = "万", s[1:]
		}
		if run == "" {
			return s, true
		}
		shift, ok := scale(run)
		if !ok || f.scaled {
			return "", false
		}
		f.shift += shift
		f.small = true
		f.scaled = strings.ContainsAny(run, bigPlaces)
		s = f.marks.takeTrailing(strings.TrimSpace(rest))
		if s, ok = f.lowerPart(s, shift); !ok {
			return "", false
		}
	}
}

func cutPlaces(s string) (run, rest string) {
	rest = strings.TrimLeftFunc(s, func(r rune) bool { return placesZh[r] > 0 })
	return s[:len(s)-len(rest)], rest
}

// isTenThousandW reports whether s begins with the w that chats write for 万.
func isTenThousandW(s string) bool {
	return s != "" && (s[0] == 'w' || s[0] == 'W') && !isASCIILetter(firstRune(s[1:]))
}

// lowerPart adds the next part of a number written in parts, which must carry a lower scale of its
// own: 1万5千 is 15000, while 1万5 could be 10005 or 15000 and is refused.
func (f *figure) lowerPart(s string, above int) (rest string, ok bool) {
	if s == "" || !isDigit(s[0]) {
		return s, true
	}
	part, after, ok := cutArabic(s)
	run, after := cutPlaces(after)
	shift, scaleOK := scale(run)
	width := above - shift
	if !ok || !scaleOK || shift == 0 || width <= 0 || part.frac != "" || f.frac != "" || f.marks.any() ||
		len(part.whole) > width {
		return "", false
	}
	f.whole += strings.Repeat("0", width-len(part.whole)) + part.whole
	f.shift -= width
	return f.lowerPart(f.marks.takeTrailing(after), shift)
}

func isRange(rest string) bool {
	rest = dashes.Replace(strings.TrimSpace(rest))
	for _, to := range []string{"-", "~", "至", "到"} {
		after, ok := strings.CutPrefix(rest, to)
		after = strings.TrimSpace(after)
		if ok && after != "" && (isDigit(after[0]) || isNumeral(firstRune(after))) {
			return true
		}
	}
	return false
}

// measureSigns may stand in a measure beside letters.
const measureSigns = "%‰°℃㎡"

// writtenMeasure is what stands behind the number, canonical; ok is false when it holds anything
// that no measure does, such as a digit.
func writtenMeasure(s string) (m kpi.Measure, ok bool) {
	for _, r := range s {
		if !unicode.IsLetter(r) && !strings.ContainsRune(measureSigns+"/ ", r) {
			return "", false
		}
	}
	m = kpi.Measure(s).Canonical()
	switch m {
	case "元整", "圆", "圆整":
		m = kpi.Yuan
	case "":
		return "", strings.TrimSpace(s) == ""
	}
	return m, true
}
