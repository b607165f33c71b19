package lang

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// scales are the Chinese words for powers of ten, the longer first.
var scales = []struct {
	word  string
	zeros int
	said  string
}{
	{"百万", 6, "million"}, {"十万", 5, "100,000"}, {"亿", 8, "100 million"}, {"万", 4, "10,000"}, {"千", 3, "1,000"},
	{"百", 2, "100"},
}

// Measure names a measure in the language, as above a column; one the catalogue does not know stays as it is.
func (p Printer) Measure(m kpi.Measure) string { return p.measure(m, false) }

// MeasureOf names a measure as it stands behind a number that is set apart from it: 1 time, 3 times.
func (p Printer) MeasureOf(m kpi.Measure, number string) string { return p.measure(m, number == "1") }

// measure names it for one or for many.
func (p Printer) measure(m kpi.Measure, one bool) string {
	key := "measure." + string(m)
	if one && p.Has(key+".one") {
		return p.T(key + ".one")
	}
	if p.Has(key) {
		return p.T(key)
	}
	if p.Chinese() {
		return string(m)
	}
	if head, per, found := strings.Cut(string(m), "/"); found && head != "" {
		if head == "1" { // 1/10万
			return strings.TrimSpace("per " + p.base(per))
		}
		return p.measure(kpi.Measure(head), one) + " per " + strings.ReplaceAll(p.singular(per), "/", " per ")
	}
	if per, found := strings.CutPrefix(string(m), "每"); found {
		return "per " + p.base(per)
	}
	if rest, zeros := scaled(m); zeros > 0 && p.Has("measure."+string(rest)) {
		for _, s := range scales {
			if s.zeros == zeros {
				return s.said + " " + p.measure(rest, false)
			}
		}
	}
	return string(m)
}

// singular names each part of what a rate is per: 月/人 is month/person.
func (p Printer) singular(per string) string {
	parts := strings.Split(per, "/")
	for i, part := range parts {
		parts[i] = p.measure(kpi.Measure(part), true)
	}
	return strings.Join(parts, "/")
}

// base returns what a rate is per so many of: 10万人 is 100,000 people, 千人 is 1,000 people, 人 is person.
func (p Printer) base(per string) string {
	digits := per[:len(per)-len(strings.TrimLeftFunc(per, unicode.IsDigit))]
	rest := kpi.Measure(per[len(digits):])
	of, zeros := rest, 0
	if !p.Has("measure." + string(rest)) {
		of, zeros = scaled(rest)
	}
	if digits == "" && zeros == 0 {
		return p.measure(of, true)
	}
	if digits == "" {
		digits = "1"
	}
	return strings.TrimSpace(group(digits+strings.Repeat("0", zeros)) + " " + p.measure(of, false))
}

// scaled parts 万人次 into 人次 and its four zeros.
func scaled(m kpi.Measure) (rest kpi.Measure, zeros int) {
	for _, s := range scales {
		if rest, found := strings.CutPrefix(string(m), s.word); found {
			return kpi.Measure(rest), s.zeros
		}
	}
	return m, 0
}

// written is the one number in what was written: at least 1,280.5.
var written = regexp.MustCompile(`-?\d[\d,]*(\.\d+)?`)

// Measured puts the measure to a written number: 5,491 人 · 94.17% · 200余人; in English 1 person ·
// ¥1.904 million for 190.4 万元 · 123,000 visits for 12.3 万人次 · ¥610.00 per month per person.
func (p Printer) Measured(m kpi.Measure, number string) string {
	switch {
	case m == "":
		return number
	case m.IsSign():
		return number + string(m)
	case !p.Chinese():
		return p.counted(m, number)
	}
	if last, _ := utf8.DecodeLastRuneInString(number); unicode.Is(unicode.Han, last) {
		return number + string(m) // as it was written
	}
	return number + " " + string(m)
}

// Beside is a measure as it stands behind a number that is set apart from it: a sign directly, else with a space.
func Beside(measure string) string {
	if measure == "" || kpi.Measure(measure).IsSign() {
		return measure
	}
	return " " + measure
}

// Spelled reports whether a number of the measure is written as another number, so that the measure has no
// place beside it: in English money, and thousands of people.
func (p Printer) Spelled(m kpi.Measure) bool {
	if p.Chinese() {
		return false
	}
	head, _, _ := strings.Cut(string(m), "/")
	_, money := yuan(kpi.Measure(head))
	rest, zeros := scaled(kpi.Measure(head))
	return money || !p.Has("measure."+head) && zeros > 0 && p.Has("measure."+string(rest))
}

func (p Printer) counted(m kpi.Measure, number string) string {
	at := written.FindStringIndex(number)
	if at == nil {
		return number + " " + p.Measure(m)
	}
	before, digits, after := number[:at[0]], number[at[0]:at[1]], number[at[1]:]
	head, per, rate := strings.Cut(string(m), "/")
	tail := ""
	if rate {
		tail = " per " + strings.ReplaceAll(p.singular(per), "/", " per ")
	}
	if zeros, money := yuan(kpi.Measure(head)); money {
		sign := ""
		if strings.HasPrefix(digits, "-") {
			sign, digits = "-", digits[1:]
		}
		return before + sign + "¥" + inMillions(shift(digits, zeros)) + tail + after
	}
	if p.Spelled(m) {
		rest, zeros := scaled(kpi.Measure(head))
		digits = shift(digits, zeros)
		return before + digits + after + " " + p.measure(rest, digits == "1") + tail
	}
	return number + " " + p.measure(m, strings.TrimSuffix(digits, ".00") == "1")
}

// yuan returns how many zeros a measure of money stands for.
func yuan(m kpi.Measure) (zeros int, ok bool) {
	if m == kpi.Yuan {
		return 0, true
	}
	rest, zeros := scaled(m)
	return zeros, zeros > 0 && rest == kpi.Yuan
}

// shift moves the decimal point to the right, exactly; what was written with fixed decimals loses those
// that are nothing but zeros.
func shift(number string, by int) string {
	if by == 0 {
		return number
	}
	whole, frac, _ := strings.Cut(strings.ReplaceAll(number, ",", ""), ".")
	frac += strings.Repeat("0", by)
	whole, frac = whole+frac[:by], strings.TrimRight(frac[by:], "0")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + group(whole)
}

// inMillions shortens a million and more where that takes no more than four decimals.
func inMillions(number string) string {
	whole, frac, _ := strings.Cut(strings.ReplaceAll(number, ",", ""), ".")
	if len(whole) < 7 || strings.Trim(frac, "0") != "" {
		return number
	}
	millions, rest := whole[:len(whole)-6], strings.TrimRight(whole[len(whole)-6:], "0")
	if len(rest) > 4 {
		return number
	}
	if rest != "" {
		rest = "." + rest
	}
	return group(millions) + rest + " million"
}
