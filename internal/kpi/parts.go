package kpi

import (
	"slices"
	"strings"
)

type fraction struct{ n, d int64 }

// per is a rate measure taken apart: 元 per 1 户, 例 per 100,000 人, 元 per 1 of something unnamed
// (人均元).
type per struct {
	of, heads Measure
	count     int64
}

func (m Measure) per() per {
	s := strings.ToLower(string(m.Canonical()))
	for _, sign := range []string{"/", "每", " per "} {
		if of, heads, found := strings.Cut(" "+s, sign); found {
			count, rest := headCount(heads)
			return per{Measure(strings.TrimSpace(of)), Measure(rest), count}
		}
	}
	if heads, found := strings.CutPrefix(s, "per "); found {
		count, rest := headCount(heads)
		return per{"", Measure(rest), count}
	}
	if i := strings.LastIndex(s, "均"); i >= 0 { // 人均元
		s = s[i+len("均"):]
	}
	return per{Measure(s), "", 1}
}

// headCount cuts off the count a rate refers to: 10万人 gives 100,000 and 人; 千瓦时 counts as one of
// itself.
func headCount(s string) (count int64, rest string) {
	if Measure(s).Known() && Measure(s).Scale() == 1 {
		return 1, s
	}
	count = max(Measure("/"+s).Factor(), 1)
	if found := headsWords.FindString("/" + s); count > 1 {
		return count, strings.TrimSpace(s[len(found)-1:])
	}
	return 1, s
}

// sized returns one m in terms of to: by conversion if they convert, else by their scales (万件 to 起
// is 10,000).
func (m Measure) sized(to Measure) fraction {
	if n, d, ok := m.Conversion(to); ok {
		return fraction{n, d}
	}
	return fraction{m.Scale(), max(to.Scale(), 1)}
}

// multiplied returns the factor that turns the quotient of the two measures into m: 1,000 for 千元 by
// 人 in 元/人, 1/60 for 分钟 by 件 in 小时.
func (m Measure) multiplied(numerator, denominator Measure) Quotient {
	if sign := m.signFactor(); sign != 0 {
		f := numerator.sized(denominator)
		return Fraction(sign, f.n, f.d, 1)
	}
	p := m.per()
	above := numerator.sized(p.of)
	if _, _, head := numerator.Conversion(p.of); !head && p.heads == "" && p.count == 1 {
		if n, d, same := numerator.Conversion(denominator); same { // 公顷 by 亩 in 倍
			return Fraction(n, 1, d, 1)
		}
	}
	heads := p.heads
	for _, last := range strings.Split(string(p.heads), "/") { // 元/月/人
		if _, _, ok := denominator.Conversion(Measure(last)); ok {
			heads = Measure(last)
		}
	}
	below := denominator.sized(heads)
	return Fraction(above.n*below.d, p.count, above.d, below.n)
}

// checkScales refuses a ratio whose parts have other scales than its measure says: 件 ÷ 万件 in %, or
// 千元 ÷ 人 in 元/人 without the factor that converts. Where the measure does not say (天 from 床日 and
// 人), the factor is left to people.
func (i Indicator) checkScales(m *Mistakes, numerator, denominator Indicator) {
	if numerator.Measure == "" || denominator.Measure == "" {
		return
	}
	want := i.Measure.multiplied(numerator.Measure, denominator.Measure)
	silent := i.Measure.Factor() == 0 && want.CmpAmount(One) == 0
	if silent || want.CmpAmount(Whole(i.Times())) == 0 {
		return
	}
	at := slices.IndexFunc(Factors, func(f int64) bool { return want.CmpAmount(Whole(f)) == 0 })
	switch {
	case at >= 0 && i.Measure.signFactor() == 0:
		m.Add("factor", "factor_contradicts", i.Measure, Whole(Factors[at]))
	case numerator.Measure.Scale() == 1 && denominator.Measure.Scale() == 1 &&
		i.Measure.signFactor() == 0 && i.Measure.Factor() > 1:
		m.Add("measure", "factor_unknown_measure", i.Measure)
	default:
		m.Add("denominator", "ratio_parts_scale", numerator.Names(), numerator.Measure, denominator.Names(),
			denominator.Measure, i.Measure)
	}
}
