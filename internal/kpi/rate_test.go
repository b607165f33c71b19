package kpi

import (
	"errors"
	"testing"
)

// Some measures are rates, whose numbers do not add up; others are counts, with a slash or without.
func TestAMeasureKnowsWhetherItsNumbersAreRates(t *testing.T) {
	for _, m := range []Measure{"%", "％", "‰", "‱", "人/期", "元／人", "元/月/人", "1/10万", "/10万", "每10万人", "每千人口",
		"人均元", "户均", "百分比", "百分点", "个百分点", "千分点", "千分之", "入学率", "占比", "percent", "per cent", "people per session",
		"百分数", "百分号", "千分数", "千分号", "万分之", "十万分率", "比值", "倍", "倍数", "系数", "基点", "1:1", "1：1", "percents",
		"percentages", "averages", "percentage points", "bp", "bps", "pp", "ppt", "basis points", "means", "coefficient",
		"multiples", "rate", "per 1,000", "average days", "公里/小时", "元/次", "次/人", "吨/万元", "例 / 10 万"} {
		if !m.IsRate() {
			t.Errorf("%s is a rate", m)
		}
	}
	for _, m := range []Measure{"人", "人次", "12人次", "人/次", "户/次", "场／次", "元", "万元", "期", "person", "persons", "天",
		"平方米", "㎡",
		"亩", "起", "批次", "个", "公里", "支", "份", "岁", "班次", "床日", "apps", "maps", "基地",
		"基层点", "比赛", "率队", "百分制", "meanings", "ratings", ""} {
		if m.IsRate() {
			t.Errorf("%s is a count", m)
		}
	}
}

// Only the slash in a count of attendances is dropped; a measure keeps all others.
func TestAMeasureKeepsItsSlash(t *testing.T) {
	for in, want := range map[Measure]Measure{"元/月/人": "元/月/人", "元／月／人": "元/月/人", "人/次": "人次", "人 / 次": "人次", "户／次": "户次",
		"元/次": "元/次", "分钟/次": "分钟/次", "人/期": "人/期", " 人 ": "人", "％": "%", "per 1,000": "per 1,000",
		"people / session": "people/session",
		"km / h":           "km/h", "1/10 万": "1/10万", "平方 米": "平方米"} {
		if got := in.Canonical(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// A measure may imply the factor of its quotient.
func TestAMeasureSaysItsFactor(t *testing.T) {
	for m, want := range map[Measure]int64{"%": 100, "％": 100, "百分比": 100, "个百分点": 100, "‰": 1_000, "千分比": 1_000,
		"per mille": 1_000, "‱": 10_000,
		"1/10万": 100_000, "/10万": 100_000, "例/10万人": 100_000, "每10万人": 100_000, "每十万人": 100_000, "每万人": 10_000, "每千人": 1_000,
		"张/千人": 1_000, "每百户": 100,
		"每百万人": 1_000_000, "1/100,000": 100_000, "per 1,000": 1_000, "per 100,000 people": 100_000,
		"per hundred thousand": 100_000, "per million": 1_000_000,
		"天": 0, "人/期": 0, "元/人": 0, "元/月/人": 0, "每人": 0, "per person": 0, "km/h": 0, "床/1人": 0, "每5人": 5,
		"per 100k": 100_000, "per 100 k people": 100_000, "/100k people": 100_000, "per 100 000": 100_000,
		"per 100 000 people": 100_000, "/１０万": 100_000, "每１０万人": 100_000,
		"1/１００，０００": 100_000, "per 1k": 1_000, "per 10K": 10_000, "/1m": 1_000_000, "per 1 million": 1_000_000,
		"per ten thousand people": 10_000, "per 100,000": 100_000,
		"per 1.5k": 0, "/km": 0, "/m": 0, "元/m²": 0, "per month": 0, "per 2 months": 2, "百分率": 100, "百分数": 100, "百分之": 100,
		"百分号": 100, "千分之": 1_000, "千分率": 1_000,
		"万分之": 10_000, "万分率": 10_000, "万分比": 10_000, "十万分之": 100_000, "十万分率": 100_000, "十万分之一": 100_000, "百万分率": 1_000_000,
		"ppm": 1_000_000,
		"基点":  10_000, "bps": 10_000, "basis points": 10_000, "pp": 100,
		"percents": 100, "percent of households": 100, "percentages": 100,
		"倍": 0, "系数": 0, "比值": 0} {
		if got := m.Factor(); got != want {
			t.Errorf("%s is times %d, want %d", m, got, want)
		}
	}
	for m, want := range map[Measure]Measure{"%": "%", "％": "%", "百分比": "%", "‰": "‰", "千分比": "‰", "每百户": "", "每千人": "",
		"天": "", "元/人": "", "‱": ""} {
		if got := m.Points(); got != want {
			t.Errorf("a difference in %s is in points of %q, want %q", m, got, want)
		}
	}
}

// A ratio takes its factor from its measure, and one that contradicts the measure is refused.
func TestARatioAndItsFactorAgree(t *testing.T) {
	part := func(id IndicatorID, measure Measure) Indicator {
		i := Indicator{ID: id, Code: "p", Name: "p", Kind: Flow, Measure: measure, Direction: Up, Starts: 1}
		if measure == Yuan || measure == TenThousandY {
			i.Kind = Money
		}
		return i
	}
	for _, c := range []struct {
		measure                Measure
		factor                 int64 // 0: the default
		numerator, denominator Measure
		want                   int64
		refusal                string
	}{
		{"%", 0, "起", "起", 100, ""},
		{"‰", 0, "人", "人", 1_000, ""},
		{"天", 0, "床日", "人", 1, ""},
		{"人/期", 0, "人", "期", 1, ""},
		{"1/10万", 0, "例", "人", 100_000, ""},
		{"例/10万人", 0, "例", "万人", 0, "factor_unknown"},
		{"件/万人", 0, "件", "万人", 1, ""},
		{"件/万人", 0, "件", "人", 10_000, ""},
		{"吨/万元", 0, "吨", "万元", 1, ""},
		{"吨/万元", 0, "吨", "元", 10_000, ""},
		{"%", 1_000, "起", "起", 0, "factor_contradicts"},
		{"%", 1, "起", "起", 0, "factor_contradicts"},
		{"‰", 100, "起", "起", 0, "factor_contradicts"},
		{"百分比", 1_000, "起", "起", 0, "factor_contradicts"},
		{"每10万人", 1_000, "例", "人", 0, "factor_contradicts"},
		{"每千人", 100, "例", "人", 0, "factor_contradicts"},
		{"天", 100, "床日", "人", 100, ""},
		{"天", 7, "床日", "人", 0, "factor_unknown"},
		{"天", -1, "床日", "人", 0, "factor_unknown"},
		{"每5人", 0, "例", "人", 0, "factor_unknown"},
		{"元/人", 0, "元", "人", 1, ""},
		{"元/人", 0, "万元", "人", 0, "ratio_money_measure"},
		{"元/人", 10_000, "万元", "人", 10_000, ""},
		{"万元/人", 0, "万元", "人", 1, ""},
		{"万元/人", 0, "元", "人", 0, "ratio_money_measure"},
		{"%", 0, "元", "万元", 0, "ratio_money_mixed"},
		{"%", 0, "万元", "万元", 100, ""},
	} {
		i := Indicator{Code: "r", Name: "r", Kind: Ratio, Measure: c.measure, Factor: c.factor, Direction: Up, Starts: 1,
			Numerator: 1, Denominator: 2}
		if i.Factor == 0 {
			i.Factor = i.DefaultFactor(c.denominator)
		}
		others := []Indicator{part(1, c.numerator), part(2, c.denominator)}
		var m Mistakes
		m.Merge(i.Check())
		m.Merge(i.CheckLinks(others))
		if got := firstMistake(m.Err()); got != c.refusal {
			t.Errorf("%s of %s and %s, factor %d: refused with %q, want %q", c.measure, c.numerator, c.denominator, c.factor,
				got, c.refusal)
		}
		if c.refusal == "" && i.Factor != c.want {
			t.Errorf("%s of %s and %s is times %d, want %d", c.measure, c.numerator, c.denominator, i.Factor, c.want)
		}
	}
	if got := firstMistake((Indicator{Code: "f", Name: "f", Kind: Flow, Measure: "人", Direction: Up, Starts: 1,
		Factor: 100}).Check()); got != "factor_unexpected" {
		t.Errorf("a flow with a factor: %q", got)
	}
}

func firstMistake(err error) string {
	var e *Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return ""
	}
	return e.Fields[0].Text.Key
}
