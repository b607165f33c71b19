package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

func BenchmarkMeasureByMonth(b *testing.B) {
	in := Input{Indicator: kpi.Indicator{ID: 1, Kind: kpi.Flow, Measure: "人", Starts: 1},
		AsOf:  kpi.MonthEnd(kpi.Period{Year: 2025, Month: 12}),
		Rules: kpi.DefaultRules, ByMonth: true, Target: &kpi.Target{Amount: kpi.Whole(2000), Sign: kpi.AtLeastSign}}
	for m := range in.Series {
		in.Series[m] = kpi.Tally{Amount: kpi.Whole(int64(100 + m)), Entries: 4, EntrySum: 99,
			LastDate: kpi.Period{Year: 2025, Month: m + 1}.On(12)}
	}
	in.Last.Series = in.Series
	b.ReportAllocs()
	for b.Loop() {
		Measure(in)
	}
}
