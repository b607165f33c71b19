package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// village adds a unit below a township.
func (b *bureau) village(code, parent string) {
	b.Helper()
	_, err := b.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: code, Name: code, Parent: parent})
	b.must(err)
}

func (b *bureau) move(unit, parent string, history kpi.MoveHistory, since string) error {
	n := app.UnitMove{Unit: unit, Parent: parent, History: history}
	if since != "" {
		p, err := kpi.ParsePeriod(since)
		b.must(err)
		n.Since = &p
	}
	_, err := b.app.MoveUnit(ctx, kpi.Operator, n)
	return err
}

// achievedBy returns the achievement at the end of a month.
func (b *bureau) wantAchievedBy(month, code, unit, want string) {
	b.Helper()
	p, err := kpi.ParsePeriod(month)
	b.must(err)
	v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026, Unit: unit, AsOf: &p}, code)
	b.must(err)
	got := ""
	if v.Figure.Achievement.Ok() {
		got = v.Figure.Achievement.Value.Amount.String()
	}
	if got != want {
		b.Errorf("%s at %s by %s: %q, want %q", code, unit, month, got, want)
	}
}

func TestWhenAUnitMovesWhatItCountedStays(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("v", "east")
		b.log("screened", "v", "2026-02-10", 10)
		b.log("users", "v", "2026-02-10", 70)
		b.log("users", "east", "2026-01-10", 5)
		b.log("screened", "v", "2026-05-10", 4)
		b.must(b.move("v", "west", kpi.HistoryStay, "2026-04"))
		b.wantAchieved("screened", "east", "10") // logged while it belonged there
		b.wantAchieved("screened", "west", "4")
		b.wantAchieved("screened", "v", "14")
		b.wantAchieved("screened", "county", "14")
		b.wantAchievedBy("2026-03", "users", "east", "75") // a stock belongs to the parent its unit has now
		b.wantAchieved("users", "east", "5")
		b.wantAchievedBy("2026-03", "users", "west", "")
		b.wantAchieved("users", "west", "70")
		b.wantAchieved("users", "county", "75")
		b.wantVerified()

		b.log("screened", "v", "2026-01-20", 1) // logged late for a month that it spent with east
		b.log("users", "v", "2026-05-20", 80)
		b.wantAchieved("screened", "east", "11")
		b.wantAchieved("users", "west", "80")
		b.wantVerified()
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026, Unit: "east"})
		b.must(err)
		if len(log) != 4 {
			t.Errorf("east's log holds %d entries, want the 3 of v from its time there and its own", len(log))
		}
	})
}

func TestWhenAUnitMovesWithItsCounts(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("v", "east")
		b.log("screened", "v", "2026-02-10", 10)
		b.log("users", "v", "2026-02-10", 70)
		b.must(b.move("v", "west", kpi.HistoryMove, ""))
		b.wantAchieved("screened", "east", "")
		b.wantAchieved("screened", "west", "10")
		b.wantAchieved("users", "west", "70")
		b.wantAchieved("screened", "county", "10")
		b.wantVerified()
	})
}

func TestAClosedYearNeverChangesWhenAUnitMoves(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("v", "east")
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2025, From: 2026})
		b.must(err)
		b.log("screened", "v", "2025-02-10", 10)
		b.log("screened", "v", "2026-02-10", 3)
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2025, "signed"))
		wantRefusal(t, b.move("v", "west", kpi.HistoryStay, "2025-06"), kpi.Invalid, "move_in_closed")
		wantRefusal(t, b.move("v", "west", kpi.HistoryStay, "2026-07"), kpi.Invalid, "move_in_future")
		b.must(b.move("v", "west", kpi.HistoryMove, ""))
		v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2025, Unit: "east"}, "screened")
		b.must(err)
		if got := v.Figure.Achievement.Value.Amount; got != kpi.Whole(10) {
			t.Errorf("2025 at east: %s", got)
		}
		b.wantAchieved("screened", "west", "3")
		b.wantVerified()
	})
}

func TestMovesThatMakeNoTreeAreRefused(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.village("v", "east")
		wantRefusal(t, b.move("east", "v", kpi.HistoryMove, ""), kpi.Invalid, "move_cycle")
		wantRefusal(t, b.move("east", "east", kpi.HistoryMove, ""), kpi.Invalid, "move_cycle")
		wantRefusal(t, b.move("county", "v", kpi.HistoryMove, ""), kpi.Invalid, "move_root")
		wantRefusal(t, b.move("v", "east", kpi.HistoryMove, ""), kpi.Invalid, "move_nowhere")
		wantRefusal(t, b.move("v", "north", kpi.HistoryMove, ""), kpi.Invalid, "unit_not_found")
		wantRefusal(t, b.move("v", "west", "", ""), kpi.Invalid, "history_unknown")
		wantRefusal(t, b.move("north", "west", kpi.HistoryMove, ""), kpi.NotFound, "unit_not_found")
		_, err := b.app.MoveUnit(ctx, b.staff, app.UnitMove{Unit: "v", Parent: "west", History: kpi.HistoryMove})
		wantRefusal(t, err, kpi.Forbidden)
	})
}

// anySequence logs, corrects, withdraws and moves at random, holds the sums to the log every twenty steps, and returns
// how many units were moved.
func (b *bureau) anySequence(rng *rand.Rand, steps int, codes, units []string) (moves int) {
	b.Helper()
	day := func() kpi.Date { return kpi.Date(fmt.Sprintf("2026-%02d-%02d", 1+rng.IntN(5), 1+rng.IntN(28))) }
	var ids []kpi.UpdateID
	for step := range steps {
		n := entry(codes[rng.IntN(len(codes))], units[rng.IntN(len(units))], day(), rng.Int64N(1000))
		switch what := rng.IntN(10); {
		case what < 2:
			history, since := kpi.MoveHistories[rng.IntN(2)], ""
			if history == kpi.HistoryStay {
				since = fmt.Sprintf("2026-%02d", 1+rng.IntN(6))
			}
			if b.move(units[1+rng.IntN(len(units)-1)], units[rng.IntN(len(units))], history, since) == nil {
				moves++
			}
		case what < 4 && len(ids) > 5:
			id := ids[rng.IntN(len(ids))]
			old, err := b.app.Entry(ctx, b.staff, id)
			b.must(err)
			n.Indicator = old.Indicator.Code
			if u, err := b.app.CorrectUpdate(ctx, b.staff, id, n, "random"); err == nil {
				ids = append(ids, u.ID)
			}
		case what < 6 && len(ids) > 5:
			b.app.WithdrawUpdate(ctx, b.staff, ids[rng.IntN(len(ids))], "random", "", kpi.FromForm) //nolint:errcheck // an answered entry is refused
		default:
			u, err := b.app.LogUpdate(ctx, b.staff, n)
			b.must(err)
			ids = append(ids, u.ID)
		}
		if step%20 == 19 {
			b.wantVerified()
		}
		if b.Failed() {
			b.Fatalf("after step %d", step)
		}
	}
	return moves
}

// Any sequence of entries, corrections, withdrawals and both kinds of moves leaves the roll-up equal to
// what the log adds up to.
func TestRollUpEqualsTheLogAfterAnySequenceWithMoves(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		units := []string{"county", "east", "west"}
		for _, v := range []struct{ code, parent string }{{"e1", "east"}, {"e2", "east"}, {"w1", "west"}, {"e11", "e1"}} {
			b.village(v.code, v.parent)
			units = append(units, v.code)
		}
		moves := b.anySequence(rand.New(rand.NewPCG(2026, 11)), 260, []string{"screened", "users"}, units)
		if moves < 20 {
			t.Errorf("only %d moves", moves)
		}
		b.wantVerified()
	})
}
