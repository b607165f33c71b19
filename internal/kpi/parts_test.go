package kpi

import "testing"

// The parts of a ratio must be in the scales that its measure implies.
func TestARatioDividesWhatItsMeasureSays(t *testing.T) {
	const scale, factor = "ratio_parts_scale", "factor_contradicts"
	const money, mixed = "ratio_money_measure", "ratio_money_mixed"
	for _, c := range []struct {
		measure                Measure
		factor                 int64 // 0: the default
		numerator, denominator Measure
		refusal                string
	}{
		{"%", 0, "件", "万件", scale}, {"%", 0, "分钟", "小时", scale}, {"%", 0, "亩", "公顷", scale}, {"%", 0, "户", "千户", scale},
		{"%", 0, "斤", "公斤", scale}, {"%", 0, "平方米", "亩", scale}, {"%", 0, "people", "thousand people", scale}, {"%", 0, "万人",
			"人", scale},
		{"‰", 0, "人", "万人", scale}, {"百分比", 0, "件", "万件", scale}, {"%", 0, "份", "千起", scale}, {"bps", 0, "件", "万件", scale},
		{"%", 0, "角", "元", scale}, {"%", 0, "千元", "元", scale},
		{"%", 0, "万件", "万件", ""}, {"%", 0, "份", "起", ""}, {"%", 0, "人", "people", ""}, {"‰", 0, "万人", "万人", ""}, {"%", 0,
			"千克", "公斤", ""},
		{"%", 0, "万份", "万起", ""}, {"%", 0, "户", "人", ""},

		{"人/期", 0, "万人", "期", factor}, {"人/期", 10_000, "万人", "期", ""}, {"万人/期", 0, "万人", "期", ""}, {"万人/期", 0, "人",
			"期", scale},
		{"元/人", 0, "元", "万人", scale}, {"元/人", 0, "千元", "人", factor}, {"元/人", 1_000, "千元", "人", ""}, {"亩/户", 0, "公顷",
			"户", scale},
		{"公斤/亩", 0, "吨", "亩", factor}, {"公斤/亩", 1_000, "吨", "亩", ""}, {"公斤/亩", 0, "公斤", "公顷", scale}, {"吨/公顷", 0,
			"吨", "公顷", ""},
		{"斤/亩", 0, "公斤", "亩", scale}, {"元/月/人", 0, "元", "人", ""}, {"元/月/人", 0, "元", "万人", scale}, {"公里/小时", 0, "公里",
			"分钟", scale},
		{"元/㎡", 0, "元", "平方米", ""}, {"元/平方米", 0, "元", "亩", scale}, {"元/千瓦时", 0, "元", "度", ""}, {"千瓦时/户", 0, "万千瓦时",
			"户", factor},
		{"每千人", 0, "张", "人", ""}, {"张/千人", 0, "张", "千人", ""}, {"张/千人", 0, "万张", "千人", factor}, {"例/10万人", 0, "例", "人", ""},
		{"例/10万人", 10, "例", "万人", "factor_unknown"}, {"1/10万", 0, "万例", "人", scale}, {"per 100k people", 0, "cases",
			"people", ""},
		{"per 100,000 people", 0, "cases", "thousand people", ""}, {"people per session", 0, "people", "sessions", ""},
		{"people per session", 0, "thousand people", "sessions", factor}, {"人均元", 0, "元", "人", ""}, {"人均元", 0, "千元",
			"人", factor},

		{"小时", 0, "分钟", "件", scale}, {"分钟", 0, "分钟", "件", ""}, {"倍", 0, "公顷", "亩", scale}, {"倍", 0, "亩", "亩", ""}, {"倍", 0,
			"件", "万件", scale},
		{"天", 0, "床日", "人", ""}, {"天", 100, "床日", "人", ""}, {"天", 0, "床日", "万人", scale}, {"天", 0, "万床日", "万人", ""}, {"天", 0,
			"万床日", "人", factor},
		{"元/人", 0, "万元", "人", money}, {"元/人", 10_000, "万元", "人", ""}, {"%", 0, "元", "万元", mixed}, {"吨/万元", 0, "吨", "元",
			""}, {"吨/万元", 0, "万吨", "万元", factor},
	} {
		i := Indicator{Code: "r", Name: "r", Kind: Ratio, Measure: c.measure, Factor: c.factor, Direction: Up, Starts: 1,
			Numerator: 1, Denominator: 2}
		if i.Factor == 0 {
			i.Factor = i.DefaultFactor(c.denominator)
		}
		var others []Indicator
		for n, measure := range []Measure{c.numerator, c.denominator} {
			part := Indicator{ID: IndicatorID(n + 1), Code: "p", Name: "p", Kind: Flow, Measure: measure,
				Direction: Up, Starts: 1}
			if measure == Yuan || measure == TenThousandY {
				part.Kind = Money
			}
			others = append(others, part)
		}
		var m Mistakes
		m.Merge(i.Check())
		m.Merge(i.CheckLinks(others))
		if got := firstMistake(m.Err()); got != c.refusal {
			t.Errorf("%s of %s and %s, factor %d: refused with %q, want %q", c.measure, c.numerator, c.denominator, i.Factor,
				got, c.refusal)
		}
	}
}
