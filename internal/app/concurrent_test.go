package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// Many people log, correct and withdraw at once, some send twice, some send nonsense: the roll-up
// equals the log, every hash of the audit log matches, and everyone who got an answer finds their entry
// once.
func TestRollUpEqualsTheLogUnderManyWriters(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		codes, units := []string{"screened", "users", "disputes"}, []string{"county", "east", "west"}
		var mu sync.Mutex
		notes := map[string]bool{}
		var all sync.WaitGroup
		for writer := range 12 {
			rng := rand.New(rand.NewPCG(7, uint64(writer)))
			all.Go(func() {
				var mine []kpi.Update
				for i := range 25 {
					n := entry(codes[rng.IntN(3)], units[rng.IntN(3)],
						kpi.Date(fmt.Sprintf("2026-%02d-%02d", 1+rng.IntN(5), 1+rng.IntN(28))), rng.Int64N(1000))
					n.Key = fmt.Sprintf("%d-%d", writer, i)
					n.Note = n.Key
					var u kpi.Update
					var err error
					switch kind := rng.IntN(10); {
					case kind == 0:
						n.Unit = "nowhere"
						if _, err := b.app.LogUpdate(ctx, b.staff, n); err == nil {
							b.Error("nonsense was taken")
						}
						continue
					case kind < 3 && len(mine) > 0:
						old := mine[rng.IntN(len(mine))]
						n.Indicator = codes[int(old.Indicator)-1]
						u, err = b.app.CorrectUpdate(ctx, b.staff, old.ID, n, "random")
					case kind == 3 && len(mine) > 0:
						_, err = b.app.WithdrawUpdate(ctx, b.staff, mine[rng.IntN(len(mine))].ID, "random", n.Key, kpi.FromForm)
						var refusal *kpi.Error
						if err != nil && !errors.As(err, &refusal) {
							b.Error(err)
						}
						continue
					default:
						u, err = b.app.LogUpdate(ctx, b.staff, n)
						if again, errAgain := b.app.LogUpdate(ctx, b.staff, n); err == nil && (errAgain != nil || again.ID != u.ID) {
							b.Errorf("sent twice: %v, %v", again.ID, errAgain)
						}
					}
					var refusal *kpi.Error
					if errors.As(err, &refusal) {
						continue
					}
					if err != nil {
						b.Error(err)
						continue
					}
					mine = append(mine, u)
					mu.Lock()
					notes[n.Note] = true
					mu.Unlock()
				}
			})
		}
		all.Wait()
		b.wantVerified()
		seen := map[string]int{}
		for before, more := kpi.UpdateID(0), true; more; {
			var page []app.LogEntry
			var err error
			page, more, err = b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026, Before: before})
			b.must(err)
			for _, e := range page {
				if e.Act != kpi.ActWithdraw {
					seen[e.Note]++
				}
				before = e.ID
			}
		}
		if len(seen) != len(notes) {
			b.Errorf("%d entries in the log, %d were acknowledged", len(seen), len(notes))
		}
		for note := range notes {
			if seen[note] != 1 {
				b.Errorf("%s is in the log %d times", note, seen[note])
			}
		}
	})
}

// The board of any unit and month is what the entries up to that month add up to.
func TestTheFigureOfAnyUnitAndMonth(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		rng := rand.New(rand.NewPCG(4, 4))
		units := []string{"county", "east", "west"}
		type said struct {
			unit  string
			month int
			n     int64
		}
		var flows, readings []said
		for range 60 {
			s := said{units[rng.IntN(3)], 1 + rng.IntN(5), rng.Int64N(100)}
			b.log("screened", s.unit, kpi.Date(fmt.Sprintf("2026-%02d-10", s.month)), s.n)
			flows = append(flows, s)
			s.n = rng.Int64N(100)
			b.log("users", s.unit, kpi.Date(fmt.Sprintf("2026-%02d-10", s.month)), s.n)
			readings = append(readings, s)
		}
		for _, unit := range units {
			for month := 1; month <= 5; month++ {
				sum, last, any := int64(0), map[string]said{}, false
				for _, s := range flows {
					if s.month <= month && (unit == "county" || s.unit == unit) {
						sum, any = sum+s.n, true
					}
				}
				for _, s := range readings {
					if s.month <= month && (unit == "county" || s.unit == unit) && s.month >= last[s.unit].month {
						last[s.unit] = s
					}
				}
				held := int64(0)
				for _, s := range last {
					held += s.n
				}
				board, err := b.app.Board(ctx, b.staff,
					app.Query{Year: 2026, Unit: unit, AsOf: &kpi.Period{Year: 2026, Month: month}})
				b.must(err)
				for _, a := range board.Areas {
					for _, f := range a.Figures {
						want, ok := map[string]int64{"screened": sum, "users": held}[f.Indicator.Code]
						if ok && any && f.Achievement.Value.Amount != kpi.Whole(want) {
							b.Errorf("%s at %s by month %d: %s, want %d", f.Indicator.Code, unit, month, f.Achievement.Value.Amount, want)
						}
					}
				}
			}
		}
	})
}

func TestManyEntriesAtOnceAreAsManyOneByOne(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		rng := rand.New(rand.NewPCG(9, 9))
		codes, units := []string{"screened", "users", "disputes", "settled"}, []string{"county", "east", "west"}
		many := func(n int) (out []kpi.NewUpdate) {
			for range n {
				out = append(out, entry(codes[rng.IntN(4)], units[rng.IntN(3)],
					kpi.Date(fmt.Sprintf("2026-%02d-%02d", 1+rng.IntN(5), 1+rng.IntN(28))), rng.Int64N(1000)))
			}
			return out
		}
		for _, n := range many(30) {
			_, err := b.app.LogUpdate(ctx, b.staff, n)
			b.must(err)
		}
		for _, n := range []int{450, 1, 0, 60} {
			refused, err := b.app.LogUpdates(ctx, b.staff, "list.xlsx", many(n))
			b.must(err)
			if len(refused) > 0 {
				b.Fatal(refused[0].Err)
			}
			b.wantVerified()
		}
		before := b.achieved("screened", "county")
		bad := many(5)
		bad[1].Dated, bad[3].Unit = "2027-01-01", "nowhere"
		refused, err := b.app.LogUpdates(ctx, b.staff, "list.xlsx", bad)
		b.must(err)
		if len(refused) != 2 || refused[0].Row != 1 || refused[1].Row != 3 {
			b.Errorf("refused: %+v", refused)
		}
		_, err = b.app.LogUpdates(ctx, b.account("boss", kpi.Leader, ""), "list.xlsx", many(1))
		b.must(err)
		b.wantAchieved("screened", "county", before)
		b.log("screened", "east", "2026-05-05", 1) // IDs continue from the end of the list
		b.wantVerified()
	})
}

func TestTheSelfCheckIsStoredAndReportsDifferences(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db)
		u := b.log("screened", "east", "2026-02-10", 5)
		if last, err := b.app.LastSelfCheck(ctx); err != nil || last.At != 0 {
			t.Fatalf("before the first: %+v, %v", last, err)
		}
		_, differences, err := b.app.CheckSelf(ctx)
		b.must(err)
		if len(differences) > 0 {
			t.Fatal(differences)
		}
		b.must(db.Write(ctx, func(w *store.Writer) error { // as if a disk had turned a bit
			return w.SetSeries(ctx, store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}, 2026, kpi.Series{})
		}))
		c, differences, err := b.app.CheckSelf(ctx)
		b.must(err)
		last, err := b.app.LastSelfCheck(ctx)
		b.must(err)
		if len(differences) != 1 || last.Differences != 1 || last != c {
			t.Errorf("%v; kept %+v", differences, last)
		}
	})
}
