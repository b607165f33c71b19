package kpi

import "testing"

// A sum accepts parts whose every number it can represent exactly; others would be rounded entry by
// entry.
func TestASumTakesPartsThatConvertExactly(t *testing.T) {
	for _, c := range []struct {
		part     Measure
		decimals int
		sum      Measure
		refusal  string
	}{
		{"分钟", 0, "小时", "sum_part_inexact"}, {"亩", 0, "公顷", "sum_part_inexact"}, {"平方米", 0, "亩", ""}, {"亩", 0, "平方米",
			"sum_part_inexact"},
		{"小时", 2, "分钟", ""}, {"公顷", 2, "亩", ""}, {"万亩", 2, "公顷", "sum_part_inexact"}, {"公顷", 0, "平方公里", ""}, {"公顷", 4,
			"平方公里", ""},
		{"公顷", 5, "平方公里", "sum_part_inexact"}, {"元", 2, "万元", ""}, {"元", 3, "万元", "sum_part_inexact"}, {"元", 2, "亿元",
			"sum_part_inexact"},
		{"万元", 6, "元", ""}, {"人", 0, "万人", ""}, {"人", 0, "亿人", "sum_part_inexact"}, {"克", 0, "吨", ""}, {"克", 1, "吨",
			"sum_part_inexact"},
		{"斤", 1, "公斤", ""}, {"斤", 6, "公斤", "sum_part_inexact"}, {"人", 0, "人", ""}, {"人", 6, "人", ""}, {"人", 6, "people",
			""}, {"people", 0, "thousand people", ""},
		{"人", 0, "人次", "sum_part_measure"},
	} {
		part := Indicator{ID: 1, Code: "p", Name: "p", Kind: Flow, Measure: c.part, Decimals: c.decimals,
			Direction: Up, Starts: 1}
		sum := Indicator{ID: 2, Code: "s", Name: "s", Kind: Flow, Measure: c.sum, Direction: Up, Starts: 1, SumOf: SumOf(1)}
		if got := firstMistake(sum.CheckLinks([]Indicator{part})); got != c.refusal {
			t.Errorf("%s with %d decimals in a sum in %s: refused with %q, want %q", c.part, c.decimals, c.sum, got, c.refusal)
		}
		want := map[string]string{"sum_part_inexact": "kind_summed", "sum_part_measure": "kind_summed"}[c.refusal]
		if got := firstMistake(part.CheckLinks([]Indicator{sum})); got != want {
			t.Errorf("%s with %d decimals of a sum in %s: refused with %q, want %q", c.part, c.decimals, c.sum, got, want)
		}
	}
}
