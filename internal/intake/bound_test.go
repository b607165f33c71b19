package intake

import (
	"testing"

	"dabiao/internal/kpi"
)

func TestAFigureWithMoreEndsBeforeTheNext(t *testing.T) {
	for _, c := range []struct {
		in      string
		measure kpi.Measure
		below   string
	}{
		{"200余人次", "人次", "300"}, {"200多", "人", "300"}, {"200有余", "人", "300"}, {"11万余元", "元", "120000"}, {"11万余元", "万元", "12"},
		{"5余万元", "元", "60000"}, {"5万余元", "元", "60000"}, {"150多万", "元", "1600000"}, {"1200余人", "人", "1300"}, {"1,250余",
			"人", "1260"},
		{"25余人", "人", "26"}, {"90余", "人", "100"}, {"99余", "人", "100"}, {"990余", "人", "1000"}, {"10余场", "场", "20"}, {"十余场",
			"场", "20"},
		{"百余人", "人", "200"}, {"万余份", "份", "20000"}, {"三十多万", "元", "400000"}, {"1.2万余人次", "人次", "13000"}, {"1.25万多",
			"人", "12600"},
		{"两千余户", "户", "3000"}, {"3 000余份", "份", "4000"}, {"超200余", "人", "300"}, {"2亿余元", "万元", "30000"}, {"2余公顷", "亩", "45"},
		{"近200封", "封", "200"}, {"将近2万", "人", "20000"},
		{"200以上", "人", ""}, {"不少于200", "人", ""}, {"超过200", "人", ""}, {"200+", "人", ""}, {"约200余", "人", ""}, {"约200", "人",
			""}, {"200", "人", ""},
	} {
		q, err := Quantity(c.in, c.measure)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		got := ""
		if below, ok := UpperBound(q, c.measure); ok {
			got = below.String()
		}
		if got != c.below {
			t.Errorf("%s stays below %q, want %q", c.in, got, c.below)
		}
	}
}

// A figure from a column in 万元 keeps its cell's wording; its bound follows its amount.
func TestTheBoundFollowsTheAmount(t *testing.T) {
	below, ok := UpperBound(kpi.Quantity{Amount: kpi.Whole(2_000_000), Precision: kpi.AtLeast, Wording: "200余"}, kpi.Yuan)
	if !ok || below != kpi.Whole(3_000_000) {
		t.Errorf("%s %t", below, ok)
	}
}
