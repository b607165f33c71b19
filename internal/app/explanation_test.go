package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (b *bureau) said(month int) (string, bool) {
	b.Helper()
	at := kpi.Period{Year: 2026, Month: month}
	board, err := b.app.Board(ctx, b.staff, app.Query{Year: 2026, AsOf: &at})
	b.must(err)
	v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026, AsOf: &at}, "screened")
	b.must(err)
	e, ok := board.Said[v.Figure.Indicator.ID]
	return e.Reason, ok
}

// The last explanation of the latest month is in force; a board of an earlier month shows what was
// known then.
func TestALateFigureIsExplainedMonthByMonth(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.SetTarget(ctx, b.staff,
			app.NewTarget{Indicator: "screened", Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(1200)}})
		b.must(err)
		b.log("screened", "east", "2026-03-10", 30)
		explain := func(month int, reason string) {
			b.Helper()
			at := kpi.Period{Year: 2026, Month: month}
			_, err := b.app.ExplainIndicator(ctx, b.staff, 2026, app.NewExplanation{Indicator: "screened", Month: &at,
				Reason: reason, Next: "two more sessions", Planned: "2026-07-10"})
			b.must(err)
		}
		if _, ok := b.said(6); ok {
			b.Error("somebody explained before anybody did")
		}
		explain(5, "the van is late")
		explain(6, "the van broke down")
		explain(6, "the van is being mended")
		explain(4, "found later")
		for month, want := range map[int]string{4: "found later", 5: "the van is late", 6: "the van is being mended"} {
			if got, _ := b.said(month); got != want {
				b.Errorf("in month %d: %q, want %q", month, got, want)
			}
		}
		if _, ok := b.said(3); ok {
			b.Error("March was explained by what came after")
		}
		v, err := b.app.Indicator(ctx, b.staff, app.Query{Year: 2026}, "screened")
		b.must(err)
		if len(v.Said) != 4 || v.Said[0].Reason != "found later" || v.Said[0].Author != "clerk" {
			b.Errorf("the history: %+v", v.Said)
		}
		b.wantVerified()
	})
}

func TestAnExplanationIsHeldToItsRules(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		next, other := kpi.Period{Year: 2026, Month: 7}, kpi.Period{Year: 2025, Month: 12}
		for name, c := range map[string]struct {
			actor kpi.Actor
			year  kpi.Year
			n     app.NewExplanation
			code  kpi.Code
			keys  []string
		}{
			"empty": {b.staff, 2026, app.NewExplanation{Indicator: "screened"}, kpi.Invalid,
				[]string{"explanation_reason_missing", "explanation_next_missing"}},
			"to come": {b.staff, 2026, app.NewExplanation{Indicator: "screened", Month: &next, Reason: "r", Next: "n"},
				kpi.Invalid, []string{"explanation_month_to_come"}},
			"another year": {b.staff, 2026, app.NewExplanation{Indicator: "screened", Month: &other, Reason: "r", Next: "n"},
				kpi.Invalid, []string{"as_of_other_year"}},
			"planned before": {b.staff, 2026, app.NewExplanation{Indicator: "screened", Reason: "r", Next: "n",
				Planned: "2026-05-31"}, kpi.Invalid, []string{"explanation_planned_past"}},
			"unknown": {b.staff, 2026, app.NewExplanation{Indicator: "nothing", Reason: "r", Next: "n"}, kpi.Invalid,
				[]string{"indicator_not_found"}},
			"not hers": {b.east, 2026, app.NewExplanation{Indicator: "screened", Unit: "county", Reason: "r", Next: "n"},
				kpi.Forbidden, []string{"unit_not_yours"}},
			"no such year": {b.staff, 2031, app.NewExplanation{Indicator: "screened", Reason: "r", Next: "n"},
				kpi.NotFound, nil},
		} {
			_, err := b.app.ExplainIndicator(ctx, c.actor, c.year, c.n)
			if err == nil {
				b.Errorf("%s: accepted", name)
				continue
			}
			wantRefusal(t, err, c.code, c.keys...)
		}
		n := app.NewExplanation{Indicator: "screened", Reason: "r", Next: "n", Key: "once"}
		first, err := b.app.ExplainIndicator(ctx, b.east, 2026, n)
		b.must(err)
		again, err := b.app.ExplainIndicator(ctx, b.east, 2026, n)
		b.must(err)
		if first != again || first.Month.Month != 6 {
			b.Errorf("sent twice: %+v, then %+v", first, again)
		}
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		n.Key = ""
		_, err = b.app.ExplainIndicator(ctx, b.staff, 2026, n)
		wantRefusal(t, err, kpi.Conflict, "year_closed")
	})
}

// The log of a month is found by date, at the county and at a township, including a ratio's parts.
func TestAMonthsExplanationsAndEntries(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-10", 1)
		b.log("screened", "west", "2026-03-31", 2)
		b.log("screened", "east", "2026-04-01", 3)
		b.log("disputes", "east", "2026-03-01", 9)
		b.log("settled", "west", "2026-03-02", 8)
		count := func(indicator, unit string, month int) int {
			b.Helper()
			at := kpi.Period{Year: 2026, Month: month}
			log, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026, Unit: unit, Indicator: indicator, Month: &at})
			b.must(err)
			return len(log)
		}
		for _, c := range []struct {
			indicator, unit string
			month, want     int
		}{{"screened", "", 3, 2}, {"screened", "east", 3, 1}, {"screened", "", 4, 1}, {"screened", "", 5, 0},
			{"rate", "", 3, 2}, {"rate", "west", 3, 1}} {
			if got := count(c.indicator, c.unit, c.month); got != c.want {
				b.Errorf("%s at %q in month %d: %d entries, want %d", c.indicator, c.unit, c.month, got, c.want)
			}
		}
		at := kpi.Period{Year: 2026, Month: 3}
		_, _, err := b.app.Log(ctx, b.staff, app.LogQuery{Year: 2026, Month: &at})
		wantRefusal(t, err, kpi.Invalid, "month_needs_indicator")
	})
}
