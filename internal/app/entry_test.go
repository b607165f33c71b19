package app_test

import (
	"slices"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestANewEntryBeginsWithWhatThePersonLoggedLast(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("users", "west", "2026-05-02", 90)
		byProgram := entry("screened", "east", "2026-05-03", 9)
		byProgram.Origin = kpi.FromAPI
		_, err := b.app.LogUpdate(ctx, b.staff, byProgram)
		b.must(err)
		_, err = b.app.LogUpdate(ctx, b.east, entry("disputes", "east", "2026-05-04", 3))
		b.must(err)
		for _, c := range []struct {
			actor           kpi.Actor
			q               app.EntryQuery
			indicator, unit string
		}{
			{b.staff, app.EntryQuery{Year: 2026}, "users", "west"},
			{b.east, app.EntryQuery{Year: 2026}, "disputes", "east"},
			{b.staff, app.EntryQuery{Year: 2026, Indicator: "settled"}, "settled", "county"},
			{b.account("new", kpi.Staff, ""), app.EntryQuery{Year: 2026}, "", "county"},
		} {
			v, err := b.app.Entering(ctx, c.actor, c.q)
			b.must(err)
			if v.Indicator.Code != c.indicator || v.Unit.Code != c.unit || v.Dated != "2026-06-15" {
				b.Errorf("%s: %q at %q on %s, want %q at %q today", c.actor.Name, v.Indicator.Code, v.Unit.Code, v.Dated,
					c.indicator, c.unit)
			}
			if slices.ContainsFunc(v.Indicators, func(i kpi.Indicator) bool { return i.Kind == kpi.Ratio }) ||
				len(v.Indicators) != 4 {
				b.Errorf("%d indicators can be chosen, want all but the ratio", len(v.Indicators))
			}
		}
		_, err = b.app.Entering(ctx, b.staff, app.EntryQuery{Year: 2026, Indicator: "rate"})
		wantRefusal(b.T, err, kpi.Invalid, "ratio_not_logged")
		_, err = b.app.Entering(ctx, b.east, app.EntryQuery{Year: 2026, Indicator: "users", Unit: "west"})
		wantRefusal(b.T, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.Entering(ctx, b.account("chair", kpi.Leader, ""), app.EntryQuery{Year: 2026})
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_log")
	})
}

func TestBesideTheFieldStandsWhatTheUnitLoggedBefore(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2025, From: 2026})
		b.must(err)
		b.log("screened", "east", "2025-06-10", 41)
		for month, n := range []int64{5, 8, 6, 7} {
			b.log("screened", "east", kpi.Period{Year: 2026, Month: month + 1}.End(), n)
		}
		wrong := b.log("screened", "east", "2026-05-10", 700)
		_, err = b.app.WithdrawUpdate(ctx, b.staff, wrong.ID, "typed twice", "", kpi.FromForm)
		b.must(err)
		v, err := b.app.Entering(ctx, b.east, app.EntryQuery{Year: 2026, Indicator: "screened"})
		b.must(err)
		if n := len(v.Latest); n != 5 || v.Latest[0].Quantity.Amount != kpi.Whole(41) ||
			v.Latest[n-1].Quantity.Amount != kpi.Whole(7) {
			b.Errorf("beside the field stand %d entries: %+v", n, v.Latest)
		}
		if v.LastYear.Value != kpi.Whole(41) || !v.LastYear.Ok() {
			b.Errorf("last June is %+v, want 41", v.LastYear)
		}
		for n, want := range map[int64]string{83: "entry_ask_large", 82: ""} {
			question, ask, err := b.app.DoubtOf(ctx, b.east, entry("screened", "east", "2026-06-15", n), 0)
			b.must(err)
			if question.Key != want || ask != (want != "") {
				b.Errorf("%d is asked about: %v, %+v", n, ask, question)
			}
		}
		county, err := b.app.Entering(ctx, b.staff, app.EntryQuery{Year: 2026, Indicator: "screened"})
		b.must(err)
		if county.Below.Value.Amount != kpi.Whole(26) || len(county.Latest) != 0 {
			b.Errorf("the county's figure is not told to come from below: %+v", county.Latest)
		}
		earlier, err := b.app.Entering(ctx, b.east, app.EntryQuery{Year: 2026, Indicator: "screened", Dated: "2026-02-28"})
		b.must(err)
		if len(earlier.Latest) != 3 || earlier.LastYear.Ok() {
			b.Errorf("in February %d entries stand beside the field, last year %+v", len(earlier.Latest), earlier.LastYear)
		}
	})
}

func TestMineIsWhatOneHasTakenOnOrWhatOnesUnitReports(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.CreateIndicator(ctx, b.staff, app.NewIndicator{Indicator: kpi.Indicator{Code: "named", Name: "named",
			Kind: kpi.Flow, Measure: "人", Owner: "clerk、办公室"}})
		b.must(err)
		codes := func(actor kpi.Actor) (out []string) {
			m, err := b.app.Mine(ctx, actor, 2026)
			b.must(err)
			for _, ind := range m.Indicators {
				out = append(out, ind.Figure.Indicator.Code)
			}
			return out
		}
		want := func(actor kpi.Actor, codes, want []string) {
			b.Helper()
			if !slices.Equal(codes, want) {
				b.Errorf("%s has %v, want %v", actor.Name, codes, want)
			}
		}
		want(b.staff, codes(b.staff), []string{"named"})
		want(b.east, codes(b.east), nil)
		b.must(b.app.SetOwned(ctx, b.staff, 2026, []string{"users", "screened"}))
		want(b.staff, codes(b.staff), []string{"screened", "users", "named"})
		b.must(b.app.SetOwned(ctx, b.staff, 2026, []string{"users"}))
		want(b.staff, codes(b.staff), []string{"users", "named"})
		wantRefusal(b.T, b.app.SetOwned(ctx, b.staff, 2026, []string{"users", "unknown"}), kpi.NotFound,
			"indicator_not_found")
		wantRefusal(b.T, b.app.SetOwned(ctx, b.east, 2026, []string{"users"}), kpi.Forbidden, "unit_not_yours")

		b.log("disputes", "east", "2026-05-04", 3)
		m, err := b.app.Mine(ctx, b.east, 2026)
		b.must(err)
		if len(m.Indicators) != 1 || !slices.Equal(m.Indicators[0].Duty.Late, []int{1, 2, 3, 4}) ||
			m.Indicators[0].Duty.Done || m.Due != (kpi.Period{Year: 2026, Month: 6}) || m.DueDate != "2026-07-05" {
			b.Errorf("the reporter's page: %+v, due %s on %s", m.Indicators, m.Due, m.DueDate)
		}
	})
}

// An entry logged without a question, as by a program, is flagged as unusual by the same rule.
func TestALoggedEntryIsDoubtedByWhatWasUsualBefore(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for month, n := range []int64{10, 12, 14} {
			b.log("screened", "east", kpi.Period{Year: 2026, Month: month + 1}.End(), n)
		}
		for n, want := range map[int64]string{29: "entry_ask_large", 4: "entry_ask_small", 28: ""} {
			e, err := b.app.EnterUpdate(ctx, b.staff, entry("screened", "east", "2026-05-10", n))
			b.must(err)
			if e.Doubt == nil != (want == "") || e.Doubt != nil && e.Doubt.Key != want {
				b.Errorf("%d: asked %v, want %q", n, e.Doubt, want)
			}
			_, err = b.app.WithdrawUpdate(ctx, b.staff, e.ID, "a trial", "", kpi.FromForm)
			b.must(err)
		}
	})
}
