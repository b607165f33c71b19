package progress

import (
	"slices"
	"testing"

	"dabiao/internal/kpi"
)

func TestFiguresStandByTheirDistanceFromTheTarget(t *testing.T) {
	judged := func(code string, got, want kpi.LevelValue) Figure {
		return Measure(Input{Indicator: kpi.Indicator{Code: code, Kind: kpi.Level, Starts: 1}, Rules: kpi.DefaultRules,
			AsOf:   kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6}),
			Target: &kpi.Target{Sign: kpi.AtLeastSign, Level: want},
			Series: kpi.Series{5: {Amount: got.Rank(), Entries: 1, LastDate: "2026-06-20"}}})
	}
	free := standing("untargeted", kpi.Flow, kpi.AtLeastSign, 10, 1)
	free.Target, free.Light = nil, kpi.NoTarget
	got := codes(board(
		standing("met", kpi.Flow, kpi.AtLeastSign, 100, 100),
		standing("exceeded-by-far", kpi.Flow, kpi.AtLeastSign, 300, 100),
		standing("kept", kpi.Flow, kpi.AtMostSign, 3, 3),
		standing("nearly", kpi.Flow, kpi.AtLeastSign, 99, 100),
		standing("half", kpi.Flow, kpi.AtLeastSign, 50, 100),
		judged("judged-met", kpi.LevelMet, kpi.LevelMet),
		judged("judged-unmet", kpi.LevelMissed, kpi.LevelMet),
		standing("at-most-0", kpi.Flow, kpi.AtMostSign, 0, 0),
		standing("far-over", kpi.Flow, kpi.AtMostSign, 6, 3),
		standing("over", kpi.Flow, kpi.AtMostSign, 4, 3),
		standing("silent", kpi.Flow, kpi.AtLeastSign, -1, 100),
		standing("silent-ceiling", kpi.Flow, kpi.AtMostSign, -1, 3),
		standing("half-too", kpi.Flow, kpi.AtLeastSign, 50, 100),
		free,
	).ByTarget())
	want := []string{"far-over", "over", "judged-unmet", "silent", "half", "half-too", "nearly", "silent-ceiling",
		"met", "kept", "judged-met", "at-most-0", "exceeded-by-far"}
	if !slices.Equal(got, want) {
		t.Errorf("in the order\n%v, want\n%v", got, want)
	}
}
