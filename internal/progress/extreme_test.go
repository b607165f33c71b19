package progress_test

import (
	"math/rand/v2"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// The highest and the lowest at the end of each month are those of the readings in force then.
func TestTheHighestIsTheHighestReadingThatStands(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		var list []kpi.Series
		readings := make([][12]kpi.Amount, 1+rng.IntN(5)) // -1: none yet
		for i := range readings {
			held := kpi.Amount(-1)
			var s kpi.Series
			for m := range 12 {
				if rng.IntN(3) == 0 {
					next := kpi.Whole(rng.Int64N(100))
					s[m] = kpi.Tally{Amount: next - max(held, 0), LastDate: kpi.Period{Year: 2026, Month: m + 1}.On(5)}
					if held < 0 {
						s[m].Entries = 1
					}
					held = next
				}
				readings[i][m] = held
			}
			list = append(list, s)
		}
		for _, rule := range []kpi.UnitsRule{kpi.Highest, kpi.Lowest} {
			got := progress.Extreme(rule, list)
			for m := range 12 {
				want, n := kpi.Amount(0), int64(0)
				for _, r := range readings {
					if r[m] < 0 {
						continue
					}
					if n == 0 || rule == kpi.Highest && r[m] > want || rule == kpi.Lowest && r[m] < want {
						want = r[m]
					}
					n++
				}
				if through := progress.Through(got, m+1); through.Amount != want || through.Entries != n {
					t.Fatalf("%s by month %d of %v: %v of %d, want %v of %d", rule, m+1, readings, through.Amount,
						through.Entries, want, n)
				}
			}
		}
	}
}
