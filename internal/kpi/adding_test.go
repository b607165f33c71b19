package kpi

import "testing"

// Summands are the logged indicators that a sum adds up in the end, each once.
func TestASumNamesWhatItAdds(t *testing.T) {
	byID := map[IndicatorID]Indicator{1: {ID: 1}, 2: {ID: 2}, 3: {ID: 3, SumOf: SumOf(1, 2)},
		4: {ID: 4, SumOf: SumOf(3, 5)}, 5: {ID: 5},
		6: {ID: 6, SumOf: SumOf(7)}, 7: {ID: 7, SumOf: SumOf(6)}, 8: {ID: 8, SumOf: SumOf(3, 1, 99)}}
	for id, want := range map[IndicatorID]Sum{1: "", 3: "1,2", 4: "1,2,5", 6: "", 8: "1,2"} {
		var ids []IndicatorID
		for _, i := range byID[id].Summands(byID) {
			ids = append(ids, i.ID)
		}
		if got := SumOf(ids...); got != want {
			t.Errorf("%d adds %q, want %q", id, got, want)
		}
	}
	if got := SumOf(byID[4].SumOf.IDs()...); got != byID[4].SumOf {
		t.Errorf("read as %q", got)
	}
}

// How an indicator's figures combine over units follows from its kind, its measure and its rule.
func TestWhatAnIndicatorDoesOverUnits(t *testing.T) {
	for _, c := range []struct {
		i                                Indicator
		adds, reaches, rated, isComputed bool
	}{
		{Indicator{Kind: Flow, Measure: "人"}, true, true, false, false},
		{Indicator{Kind: Flow, Measure: "%"}, false, true, true, false},
		{Indicator{Kind: Running, Measure: "户"}, true, true, false, false},
		{Indicator{Kind: Running, Measure: "%", Units: OwnValue}, false, false, true, false},
		{Indicator{Kind: Running, Measure: "%", Units: MeanOf}, false, true, true, false},
		{Indicator{Kind: Running, Measure: "户", Units: Highest}, false, true, true, false},
		{Indicator{Kind: Ratio, Measure: "天"}, false, false, true, true},
		{Indicator{Kind: Money, Measure: Yuan, SumOf: "1"}, true, true, false, true},
		{Indicator{Kind: Level, Measure: "%"}, false, false, false, false},
		{Indicator{Kind: Standard, Measure: "元/月"}, false, false, false, false},
	} {
		i := c.i
		if i.AddsUnits() != c.adds || i.Reaches() != c.reaches || i.Rated() != c.rated || i.Computed() != c.isComputed {
			t.Errorf("%+v: adds %v, reaches %v, rated %v, computed %v", i, i.AddsUnits(), i.Reaches(), i.Rated(), i.Computed())
		}
	}
}
