package intake

import (
	"math/big"
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// Quantity reads a figure as people write it, with its precision and, when it was written, its
// measure, and gives it in the indicator's measure:
//
//	200余人次, 近200, 约300, 300以上, 不少于300, 31万, 5余万元, 1.078万, １０７８０, 10,780, 10 780, 12人/次,
//	四个, 1.2 million, 12k, $10.4M
//
// Measures that convert do so exactly (元 and 万元, 亩 and 公顷); any other than the indicator's is
// refused. Wording is what was written, trimmed, in half-width digits and without marks of no width. A
// negative figure is read; whether it may be is the domain's business.
//
// Refusals: number_missing, number_unreadable, number_range, number_ceiling, number_contradictory,
// number_too_large, number_too_precise, number_inexact_conversion, measure_mismatch.
func Quantity(s string, measure kpi.Measure) (kpi.Quantity, error) { return quantityIn(s, "", measure) }

// quantityIn is Quantity with a stated measure, which applies to a figure that has none itself.
func quantityIn(s string, stated, measure kpi.Measure) (kpi.Quantity, error) {
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
	if err := f.convert(stated, measure.Canonical(), s); err != nil {
		return kpi.Quantity{}, err
	}
	a, err := f.decimal.amount(s)
	if err != nil {
		return kpi.Quantity{}, err
	}
	wording := strings.TrimSpace(narrowDigits(visible(unescape(s))))
	return kpi.Quantity{Amount: a, Precision: precision, Wording: wording}, nil
}

// figure is a written figure, split into its parts.
type figure struct {
	decimal
	marks    marks
	currency kpi.Measure // 元 for a ¥ before it; "" without
	scaled   bool        // 万, 亿 or million was written
	small    bool        // 十, 百 or 千 was written behind digits
	thousand bool        // k or thousand was
	measure  kpi.Measure // as written, in its canonical form; "" for none
}

// convert converts the figure to the indicator's measure. A figure without a measure is in the stated one, else in
// the indicator's. Its scale replaces that of the measure: 31万 under 万元 is 31.
func (f *figure) convert(stated, to kpi.Measure, written string) error {
	from, over := f.measure, int64(1)
	if from == "" {
		if from = stated; from == "" {
			from = to
		}
		scale := from.Scale()
		switch {
		case scale > 1 && f.small && !f.scaled, scale > 1_000 && f.thousand: // 5千 or 5k of 元 or of 万元?
			return refuse("number_unreadable", written)
		case f.scaled:
			over = scale
		}
	}
	if from == to && over == 1 {
		return nil
	}
	n, d, ok := conversion(from, to)
	if !ok {
		return kpi.Refuse(kpi.Invalid, "measure_mismatch", quote(string(from)), string(to))
	}
	f.factor = big.NewRat(n, d)
	f.factor.Mul(f.factor, big.NewRat(1, over))
	return nil
}

// read splits a figure. The indicator's measure, which may be empty, resolves measures that begin like a scale (千米,
// 万元).
func read(s string, measure kpi.Measure) (figure, error) {
	text, ok := fold(s)
	if !ok {
		return figure{}, refuse("number_unreadable", s)
	}
	if isNoValue(text) {
		return figure{}, refuse("number_missing", s)
	}
	var f figure
	text = withoutCount(text)
	text = f.marks.takeLeading(text)
	text, f.currency = cutCurrency(text)
	text = f.marks.takeLeading(text)
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

// isMeasure reports whether a measure begins with a letter or a sign, so that its beginning can be told from a
// number.
func isMeasure(m kpi.Measure) bool {
	first := firstRune(string(m))
	return unicode.IsLetter(first) || first != 0 && strings.ContainsRune(measureSigns, first)
}

// dissect reads sign, number, scale, marks and measure.
func (f figure) dissect(text, written string) (figure, error) {
	unreadable := refuse("number_unreadable", written)
	text, percent := strings.CutPrefix(text, "百分之")
	text = f.sign(text)
	if f.currency == "" {
		text, f.currency = cutCurrency(text) // -$5
	}
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
	f.measure, ok = writtenMeasure(withoutBrackets(rest))
	switch {
	case !ok || percent && f.measure != "":
		return figure{}, unreadable
	case percent:
		f.measure = kpi.PercentSign
	}
	return f, nil
}

// priced checks that a figure with ¥ or $ has no measure, or one of that currency.
func (f figure) priced(written string) (figure, error) {
	switch _, _, ok := f.measure.Conversion(f.currency); {
	case f.currency == "" || ok:
		return f, nil
	case f.measure == "":
		f.measure = f.currency
		return f, nil
	}
	return figure{}, refuse("number_unreadable", written)
}

// currencies are the currency signs before an amount, the longest first.
var currencies = []struct {
	sign  string
	money kpi.Measure
}{{"人民币", kpi.Yuan}, {"RMB", kpi.Yuan}, {"CNY", kpi.Yuan}, {"¥", kpi.Yuan}, {"US$", "USD"},
	{"USD", "USD"}, {"HK$", "HKD"},
	{"HKD", "HKD"}, {"$", "USD"}, {"EUR", "EUR"}, {"€", "EUR"}, {"GBP", "GBP"}, {"£", "GBP"}}

func cutCurrency(s string) (rest string, money kpi.Measure) {
	for _, c := range currencies {
		if len(s) > len(c.sign) && strings.EqualFold(s[:len(c.sign)], c.sign) {
			return strings.TrimSpace(s[len(c.sign):]), c.money
		}
	}
	return s, ""
}

// sign removes one leading sign.
func (f *figure) sign(s string) string {
	for _, minus := range []string{"-", "−", "负"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			f.negative = true
			return rest
		}
	}
	return strings.TrimPrefix(s, "+")
}

// number removes the number itself, in digits or in Chinese.
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

// bigPlaces are the scales that also change the measure of money: 31万 is in 元 even under 万元.
const bigPlaces = "万亿萬億"

// scales removes scales such as 万, 余万, 百余万, and further parts of the number: 1亿2000万, 1万5千.
func (f *figure) scales(s string) (rest string, ok bool) {
	s = f.marks.takeTrailing(strings.TrimSpace(s))
	for {
		run, rest := cutPlaces(s)
		if run == "" && isTenThousandW(s) {
			run, rest = "万", s[1:]
		}
		if strings.HasPrefix(s, "百分") { // 100百分比
			return s, true
		}
		shift, ok := scale(run)
		if run == "" {
			if shift, rest = f.scaleEn(s); shift == 0 {
				return s, true
			}
		}
		if !ok || f.scaled {
			return "", false
		}
		f.shift += shift
		f.small, f.thousand = true, run == "" && shift == 3
		f.scaled = run == "" || strings.ContainsAny(run, bigPlaces)
		s = f.marks.takeTrailing(strings.TrimSpace(rest))
		if s, ok = f.lowerPart(s, shift); !ok {
			return "", false
		}
	}
}

// scalesEn are the English scales, as powers of ten.
var scalesEn = map[string]int{"thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6,
	"billion": 9, "bn": 9, "M": 6, "B": 9}

// scaleEn removes an English scale. A lower-case m is a million only after money: 10m may be metres.
func (f *figure) scaleEn(s string) (shift int, rest string) {
	rest = strings.TrimLeftFunc(s, func(r rune) bool { return isASCIILetter(r) })
	word := s[:len(s)-len(rest)]
	shift = scalesEn[word]
	if shift == 0 && (len(word) > 1 || word == "K") {
		shift = scalesEn[strings.TrimSuffix(strings.ToLower(word), "s")]
	}
	if shift == 0 && f.currency != "" {
		shift = map[string]int{"m": 6, "b": 9}[word]
	}
	return shift, rest
}

func cutPlaces(s string) (run, rest string) {
	rest = strings.TrimLeftFunc(s, func(r rune) bool { return placesZh[r] > 0 })
	return s[:len(s)-len(rest)], rest
}

// isTenThousandW reports whether s begins with w, which chats use for 万.
func isTenThousandW(s string) bool {
	return s != "" && (s[0] == 'w' || s[0] == 'W') && !isASCIILetter(firstRune(s[1:]))
}

// lowerPart adds the next part of a number that is written in parts. It must have a lower scale of its own: 1万5千 is
// 15000, but 1万5 may be 10005 or 15000 and is refused.
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

// measureSigns may occur in a measure beside letters.
const measureSigns = "%‰°℃㎡$€£¥"

// writtenMeasure returns the text after a number as a canonical measure; ok is false if it contains characters that
// no measure has, such as a digit.
func writtenMeasure(s string) (m kpi.Measure, ok bool) {
	for i, r := range s {
		if !unicode.IsLetter(r) && !strings.ContainsRune(measureSigns+"/ ", r) && (i == 0 || r != '²' && r != '³') {
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
