package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestWhatTownshipsLogAddsUpToTheCounty(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-01-10", 100)
		b.log("screened", "west", "2026-02-10", 50)
		b.log("screened", "east", "2026-03-10", 7)
		b.wantAchieved("screened", "east", "107")
		b.wantAchieved("screened", "west", "50")
		b.wantAchieved("screened", "county", "157")
		b.wantVerified()
	})
}

func TestARunningTotalIsItsLastReadingNeverASum(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("users", "east", "2026-01-31", 100)
		b.log("users", "east", "2026-03-31", 130)
		b.log("users", "west", "2026-02-28", 40)
		b.log("users", "east", "2026-02-28", 120) // logged late, dated before the last reading
		b.wantAchieved("users", "east", "130")
		b.wantAchieved("users", "county", "170")
		b.wantVerified()
	})
}

func TestARatioDividesSumsAndIsNoMeanOfRates(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("disputes", "east", "2026-01-31", 200)
		b.log("settled", "east", "2026-01-31", 190)
		b.log("disputes", "west", "2026-01-31", 23)
		b.log("settled", "west", "2026-01-31", 20)
		b.wantAchieved("rate", "county", "94.17")
	})
}

func TestACorrectionTakesThePlaceAndKeepsTheOldEntry(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		u := b.log("screened", "east", "2026-03-10", 100)
		fixed, err := b.app.CorrectUpdate(ctx, b.staff, u.ID, entry("screened", "east", "2026-02-10", 90),
			"two were counted twice")
		b.must(err)
		b.wantAchieved("screened", "county", "90")
		_, err = b.app.CorrectUpdate(ctx, b.staff, u.ID, entry("screened", "east", "2026-02-10", 80), "again")
		wantRefusal(t, err, kpi.Conflict, "update_answered")
		_, err = b.app.WithdrawUpdate(ctx, b.staff, fixed.ID, "was another county's", "", kpi.FromForm)
		b.must(err)
		b.wantAchieved("screened", "county", "")
		b.wantVerified()
		log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026})
		b.must(err)
		if len(log) != 3 {
			t.Errorf("the log holds %d entries, want all 3", len(log))
		}
	})
}

func TestApproximateFiguresKeepTheirWording(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		n := entry("screened", "county", "2026-03-31", 200)
		n.Quantity = kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast, Wording: "200余人"}
		_, err := b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		q := func() kpi.Quantity {
			v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, "screened")
			b.must(err)
			return v.Figure.Achievement.Value
		}
		if got := q(); got.Precision != kpi.AtLeast || got.Wording != "200余人" {
			t.Errorf("alone: %+v", got)
		}
		b.log("screened", "east", "2026-04-30", 5)
		if got := q(); got.Precision != kpi.AtLeast || got.Wording != "" || got.Amount != kpi.Whole(205) {
			t.Errorf("in a sum: %+v", got)
		}
	})
}

func TestBadUpdatesAreRefusedWithEveryMistakeAndChangeNothing(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for name, c := range map[string]struct {
			update kpi.NewUpdate
			actor  kpi.Actor
			code   kpi.Code
			keys   []string
		}{
			"unknown indicator": {entry("nothing", "", "2026-01-01", 1), b.staff, kpi.NotFound, []string{"indicator_not_found"}},
			"unknown unit": {entry("screened", "north", "2026-01-01", 1), b.staff, kpi.NotFound,
				[]string{"unit_not_found"}},
			"two mistakes": {entry("screened", "", "2026-06-16", -1), b.staff, kpi.Invalid,
				[]string{"date_in_future", "number_negative"}},
			"no such year": {entry("screened", "", "2025-01-01", 1), b.staff, kpi.Invalid,
				[]string{"year_of_date_not_found"}},
			"a ratio":        {entry("rate", "", "2026-01-01", 1), b.staff, kpi.Invalid, []string{"ratio_not_logged"}},
			"another's unit": {entry("screened", "west", "2026-01-01", 1), b.east, kpi.Forbidden, []string{"unit_not_yours"}},
			"a leader": {entry("screened", "", "2026-01-01", 1), b.account("boss", kpi.Leader, ""), kpi.Forbidden,
				[]string{"role_may_not_log"}},
			"a stranger": {entry("screened", "", "2026-01-01", 1), kpi.Actor{}, kpi.Forbidden, nil},
		} {
			_, err := b.app.LogUpdate(ctx, c.actor, c.update)
			t.Log(name, err)
			wantRefusal(t, err, c.code, c.keys...)
		}
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		_, err := b.app.LogUpdate(ctx, b.staff, entry("screened", "", "2026-01-01", 1))
		wantRefusal(t, err, kpi.Conflict, "year_closed")
		b.wantAchieved("screened", "county", "")
	})
}

func TestTheSameSubmissionTwiceIsOneEntry(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		n := entry("screened", "", "2026-01-01", 5)
		n.Key = "form-1"
		first, err := b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		second, err := b.app.LogUpdate(ctx, b.staff, n)
		b.must(err)
		if first.ID != second.ID {
			t.Errorf("two entries: %d and %d", first.ID, second.ID)
		}
		b.wantAchieved("screened", "county", "5")
		n.Quantity = kpi.Exactly(kpi.Whole(6))
		_, err = b.app.LogUpdate(ctx, b.staff, n)
		wantRefusal(t, err, kpi.Conflict, "key_reused")
	})
}

// Any sequence of entries, corrections and withdrawals leaves the roll-up equal to what the log
// adds up to.
func TestRollUpEqualsTheLogAfterAnySequence(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		rng := rand.New(rand.NewPCG(2026, 7))
		var ids []kpi.UpdateID
		codes, units := []string{"screened", "users", "disputes"}, []string{"county", "east", "west"}
		precisions := []kpi.Precision{kpi.Exact, kpi.Exact, kpi.AtLeast, kpi.Below, kpi.About}
		for range 150 {
			n := entry(codes[rng.IntN(3)], units[rng.IntN(3)],
				kpi.Date(fmt.Sprintf("2026-%02d-%02d", 1+rng.IntN(5), 1+rng.IntN(28))), rng.Int64N(1000))
			n.Quantity.Precision = precisions[rng.IntN(5)]
			switch {
			case len(ids) > 5 && rng.IntN(4) == 0:
				id := ids[rng.IntN(len(ids))]
				old, err := b.app.Entry(ctx, b.staff, id)
				b.must(err)
				n.Indicator = old.Indicator.Code
				if u, err := b.app.CorrectUpdate(ctx, b.staff, id, n, "random"); err == nil {
					ids = append(ids, u.ID)
				}
			case len(ids) > 5 && rng.IntN(5) == 0:
				b.app.WithdrawUpdate(ctx, b.staff, ids[rng.IntN(len(ids))], "random", "", kpi.FromForm) //nolint:errcheck // an answered entry is refused
			default:
				u, err := b.app.LogUpdate(ctx, b.staff, n)
				b.must(err)
				ids = append(ids, u.ID)
			}
		}
		b.wantVerified()
	})
}
