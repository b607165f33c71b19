package app_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// Whatever happened, the board of today equals that of the current month, asked for by name.
func TestTodaysBoardIsThatOfItsMonth(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		rng := rand.New(rand.NewPCG(23, 11))
		b.indicator("level", kpi.Level, "")
		june := kpi.Period{Year: 2026, Month: 6}
		codes, units := []string{"screened", "users", "disputes", "settled"}, []string{"county", "east", "west"}
		var ids []kpi.UpdateID
		compare := func(what string) {
			for _, detail := range []bool{false, true} {
				today, err := b.app.Board(ctx, b.staff, app.Query{Year: 2026, Detail: detail})
				b.must(err)
				named, err := b.app.Board(ctx, b.staff, app.Query{Year: 2026, AsOf: &june, Detail: detail})
				b.must(err)
				if !reflect.DeepEqual(today, named) {
					t.Fatalf("after %s, with details %v:\ntoday %+v\nnamed %+v", what, detail, today.Figures(), named.Figures())
				}
			}
		}
		steps := map[string]func(){
			"an entry": func() {
				n := entry(codes[rng.IntN(len(codes))], units[rng.IntN(len(units))], june.On(1+rng.IntN(14)), rng.Int64N(300))
				if rng.IntN(3) == 0 {
					n.Quantity = kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast, Wording: "200余"}
				}
				if u, err := b.app.LogUpdate(ctx, b.staff, n); err == nil {
					ids = append(ids, u.ID)
				}
			},
			"a judgement": func() {
				n := kpi.NewUpdate{Indicator: "level", Unit: "county", Dated: june.On(1 + rng.IntN(14)), Level: kpi.LevelPartly,
					Origin: kpi.FromForm}
				b.app.LogUpdate(ctx, b.staff, n) //nolint:errcheck // it may be refused, and then changes nothing
			},
			"a withdrawal": func() {
				if len(ids) > 0 {
					b.app.WithdrawUpdate(ctx, b.staff, ids[rng.IntN(len(ids))], "random", "", kpi.FromForm) //nolint:errcheck // an answered entry is refused
				}
			},
			"a target":  func() { b.target(codes[rng.IntN(len(codes))], "county", 1+rng.Int64N(900), "random") }, //nolint:errcheck // the same again is refused
			"a new day": func() { b.clock = b.clock.AddDate(0, 0, 1) },
			"a name": func() {
				name := []string{"甲", "乙"}[rng.IntN(2)]
				_, err := b.app.EditIndicator(ctx, b.staff, "screened", app.IndicatorEdit{Name: &name})
				b.must(err)
			},
		}
		names := []string{"an entry", "an entry", "an entry", "a judgement", "a withdrawal", "a target", "a name",
			"a new day"}
		for range 60 {
			what := names[rng.IntN(len(names))]
			if what == "a new day" && b.clock.Day() > 28 {
				continue
			}
			steps[what]()
			compare(what)
		}
		if len(ids) < 10 {
			t.Fatalf("only %d entries were taken", len(ids))
		}
	})
}
