package kpi

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// PerMille is ‰. Differences in ‰ and in % are expressed in points (千分点, 百分点).
const PerMille Measure = "‰"

// Factors are what the quotient of a ratio may be multiplied by: 1 for a plain quotient (2.0 天, 62.95
// 人/期), 100 for %, 1000 for ‰, else the number of heads it refers to (每千人, /10万).
var Factors = []int64{1, 100, 1_000, 10_000, 100_000, 1_000_000}

// IsRate reports whether numbers in m are rates, which do not add up over units or months: 80 % and 90
// % are not 170 %. Measures with %, ‰, a slash or the words of a rate are.
func (m Measure) IsRate() bool {
	if !m.mayBeRate() {
		return false
	}
	s := strings.ToLower(string(m.Canonical()))
	return strings.ContainsAny(s, "%‰‱/") || rateWords.MatchString(s)
}

// mayBeRate quickly rules out measures with no sign or word fragment of a rate, which is most of them:
// every figure asks, many times.
func (m Measure) mayBeRate() bool {
	if strings.ContainsAny(string(m), "%％﹪‰‱/／∕⁄每均分率比倍系基:：") {
		return true
	}
	s := strings.ToLower(string(m))
	for _, word := range [...]string{"per", "rat", "av", "mean", "pct", "pp", "bp", "basis", "coeff", "multip"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// rateWords matches rates expressed in words: 每万人, 人均元, 百分比, 千分点, 入学率, 倍, people per
// session, 1:1.
var rateWords = regexp.MustCompile(`每|均|倍|分之|[百千万]分[点比率数号]|率$|比$|比[例重值]|系数$|基点|\d[:：]\d|` +
	`\b(per|percents?|percentages?|permille|rates?|ratios?|averages?|avg|means?|pct|pps?|ppts?|ppm|bps?|basis points?|coefficients?|multiples?)\b`)

// IsSign reports whether m is a sign written directly after its number: 94.17%, 2.5‰.
func (m Measure) IsSign() bool { return m == PercentSign || m == PerMille || m == "‱" }

// All returns the whole of something in m: 100 in %, 1000 in ‰. For measures that are not shares it
// returns the largest Amount.
func (m Measure) All() Amount {
	switch m.Points() {
	case PercentSign:
		return Whole(100)
	case PerMille:
		return Whole(1_000)
	}
	return math.MaxInt64
}

// Points returns % or ‰ if differences in m are expressed in points, else "".
func (m Measure) Points() Measure {
	if !m.mayBeRate() {
		return ""
	}
	switch m.signFactor() {
	case 100:
		if m.Canonical() == PercentSign || percentWords.MatchString(strings.ToLower(string(m))) {
			return PercentSign
		}
	case 1_000:
		if m.Canonical() == PerMille || perMilleWords.MatchString(strings.ToLower(string(m))) {
			return PerMille
		}
	}
	return ""
}

var (
	percentWords  = regexp.MustCompile(`^(百分[比点率数号]|个百分点|百分之|percents?|per cent|percentages?|percentage points?|pct|pps?|ppts?)( of .*)?$`)
	perMilleWords = regexp.MustCompile(`^(千分[比点率数号]|个千分点|千分之|per mille|permille)( of .*)?$`)
	basisWords    = regexp.MustCompile(`^(个?基点|bps?|basis points?)$`)
	// smallWords match a small fraction in words: 万分之一, 十万分率, ppm.
	smallWords = regexp.MustCompile(`^个?([十百千万]+)分(?:之一?|[比点率数号])$`)
	// headsWords finds the number of heads a rate refers to: /10万, 每千人, 1/100,000, per 1,000, per
	// 100 000, per 100k.
	headsWords = regexp.MustCompile(`(?:/|每|\bper )(\d[\d,.]*(?: \d{3}\b)*)?\s?(hundred thousand|ten thousand|hundred|thousand|million|[km]\b|[十百千万亿]*)`)
	noScales   = strings.NewReplacer("千瓦时", "度", "千米", "公里", "千克", "公斤") // units of their own, not thousands
	plainHeads = strings.NewReplacer(",", "", " ", "")
	scaleRunes = map[rune]int64{'十': 10, '百': 100, '千': 1_000, '万': 10_000, '亿': 100_000_000}
	scaleWords = map[string]int64{"hundred": 100, "thousand": 1_000, "ten thousand": 10_000,
		"hundred thousand": 100_000, "million": 1_000_000}
	scaleMarks = map[string]int64{"k": 1_000, "m": 1_000_000} // after a number only: /m is per metre
)

// Factor returns the factor that m itself implies for a quotient: 100 for %, 1000 for ‰ and 每千人,
// 100,000 for /10万; 0 if it implies none: 天, 人/期.
func (m Measure) Factor() int64 {
	if sign := m.signFactor(); sign != 0 {
		return sign
	}
	for _, found := range headsWords.FindAllStringSubmatch(noScales.Replace(strings.ToLower(string(m.Canonical()))), -1) {
		n := int64(1)
		if found[1] != "" {
			a, err := ParseAmount(plainHeads.Replace(found[1]))
			if err != nil || a != a.Round(0) {
				return 0
			}
			n = int64(a/One) * max(scaleMarks[found[2]], 1)
		}
		if n *= scaleOf(found[2]); n > 1 {
			return n
		}
	}
	return 0
}

// signFactor returns the factor of %, ‰ and ‱ and their words; 0 for other measures.
func (m Measure) signFactor() int64 {
	s := strings.ToLower(string(m.Canonical()))
	switch {
	case strings.Contains(s, "%"), percentWords.MatchString(s):
		return 100
	case strings.Contains(s, "‰"), perMilleWords.MatchString(s):
		return 1_000
	case strings.Contains(s, "‱"), basisWords.MatchString(s):
		return 10_000
	case s == "ppm":
		return 1_000_000
	}
	if part := smallWords.FindStringSubmatch(s); part != nil {
		return scaleOf(part[1])
	}
	return 0
}

func scaleOf(words string) int64 {
	if n, ok := scaleWords[words]; ok {
		return n
	}
	n := int64(1)
	for _, r := range words {
		n *= max(scaleRunes[r], 1)
	}
	return n
}

// checkFactor refuses a ratio whose factor is not one of Factors or contradicts the sign in its
// measure, and any factor of other kinds.
func (i Indicator) checkFactor(m *Mistakes) {
	said := i.Measure.signFactor()
	switch {
	case i.Kind != Ratio && i.Factor != 0:
		m.Add("factor", "factor_unexpected")
	case i.Kind != Ratio:
	case !slices.Contains(Factors, i.Factor):
		m.Add("factor", "factor_unknown")
	case said != 0 && said != i.Factor:
		m.Add("factor", "factor_contradicts", i.Measure, Whole(said))
	}
}

// DefaultFactor returns the factor of a ratio that nobody stated: what the measure implies, else 1. A
// denominator counted in ten thousands already is taken into account: 件/万人 from 万人 is a plain
// quotient.
func (i Indicator) DefaultFactor(denominator Measure) int64 {
	if i.Kind != Ratio {
		return 0
	}
	said := i.Measure.Factor()
	if scale := denominator.Scale(); i.Measure.signFactor() == 0 && said%scale == 0 {
		said /= scale
	}
	return max(said, 1)
}

// Quotient returns a ratio's exact value in its measure, numerator ÷ denominator × factor; for a mean,
// the sum divided by the count. denominator must not be 0.
func (i Indicator) Quotient(numerator, denominator Amount) Quotient {
	return Fraction(int64(numerator), i.Times(), int64(denominator), 1)
}

// QuotientOf returns Quotient divided by the target. Neither denominator nor target may be 0.
func (i Indicator) QuotientOf(numerator, denominator, target Amount) Quotient {
	return Fraction(int64(numerator), i.Times()*int64(One), int64(denominator), int64(target))
}

// Times returns what the quotient is multiplied by: the factor; 100 for reports signed before ratios
// had a factor; 1 for a mean.
func (i Indicator) Times() int64 {
	if i.Kind != Ratio {
		return 1
	}
	return cmp.Or(i.Factor, 100)
}

// checkMoneyParts refuses a ratio whose money would be off by ten thousand: 元 ÷ 万元, or 元/人 from
// 万元 without the factor that converts. It reports whether it refused.
func (i Indicator) checkMoneyParts(m *Mistakes, numerator, denominator Indicator) (refused bool) {
	if numerator.Kind == Money && denominator.Kind == Money {
		if numerator.Measure != denominator.Measure {
			m.Add("denominator", "ratio_money_mixed", numerator.Names(), numerator.Measure,
				denominator.Names(), denominator.Measure)
			return true
		}
		return false
	}
	head, _, found := strings.Cut(string(i.Measure.Canonical()), "/")
	said := Measure(head)
	if !found || numerator.Kind != Money || said == numerator.Measure || said != Yuan && said != TenThousandY {
		return false
	}
	if said == Yuan && i.Measure.Factor() == 0 && i.Factor == 10_000 {
		return false
	}
	m.Add("measure", "ratio_money_measure", i.Measure, numerator.Names(), numerator.Measure)
	return true
}
