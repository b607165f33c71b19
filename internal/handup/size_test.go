package handup

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dabiao/internal/kpi"
)

// BenchmarkYear packs and reads a county's year: 28 indicators, 250 units, an entry a month each.
func BenchmarkYear(b *testing.B) {
	p := sample()
	p.First, p.Last, p.AsOf, p.Figures = 1, 12, "2026-12-31", nil
	r := rand.New(rand.NewPCG(1, 2))
	id := kpi.UpdateID(0)
	for i := range 28 {
		f := Figure{Indicator: Indicator{Code: fmt.Sprintf("i%d", i), Name: "指标", Kind: kpi.Flow, Measure: "人"},
			Own: Own{Code: "own", Name: "指标", Measure: "人"}}
		for month := 1; month <= 12; month++ {
			day := kpi.Period{Year: 2026, Month: month}.End()
			sum := Number(0)
			for unit := range 250 {
				id++
				n := Number(kpi.Whole(int64(r.IntN(300))))
				sum += n
				f.Entries = append(f.Entries, Entry{ID: id, Indicator: "own", Measure: "人", Unit: fmt.Sprintf("v%d", unit),
					UnitName: fmt.Sprintf("第%d村", unit), Dated: day, Amount: n, Evidence: r.IntN(3)})
			}
			f.Months = append(f.Months, Month{month, []Line{{Dated: day, Amount: sum}}})
		}
		p.Figures = append(p.Figures, f)
	}
	for b.Loop() {
		s, err := Seal(p, testKey)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Open(s.File); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(s.File))/1e6, "MB")
	}
}
