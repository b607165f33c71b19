package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// The trail of a figure is what it was added up from, on both databases: the standing entries, whoever
// logged them, or what each unit adds if there are many entries.
func TestTrailsHoldWhatTheFigureIsMadeOf(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		first := b.log("screened", "east", "2026-03-10", 80).ID
		b.log("screened", "west", "2026-05-01", 5)
		trail := func(month int) report.Trail {
			b.Helper()
			p := kpi.Period{Year: 2026, Month: month}
			in, err := b.app.Report(ctx, b.staff, app.Query{Year: 2026, AsOf: &p}, "zh-CN")
			b.must(err)
			for _, f := range in.Board.Figures() {
				if f.Indicator.Code == "screened" {
					return in.Trails[f.Indicator.ID]
				}
			}
			return report.Trail{}
		}
		if got := trail(3); len(got.Entries) != 1 || got.Entries[0].Quantity.Amount != kpi.Whole(80) {
			b.Errorf("to March: %+v", got)
		}
		if got := trail(5); len(got.Entries) != 2 {
			b.Errorf("to May: %+v", got)
		}
		for range report.TrailLimit {
			b.log("screened", "east", "2026-04-01", 1)
		}
		_, err := b.app.AttachEvidence(ctx, b.staff, first,
			app.NewEvidence{Name: "名单.pdf", Content: strings.NewReader("%PDF-1.4 x")})
		b.must(err)
		got := trail(5)
		sums := map[string]kpi.Amount{}
		for _, u := range got.Units {
			sums[u.Unit.Name] = u.Tally.Amount
		}
		values := slices.Sorted(maps.Values(sums))
		if len(got.Entries) != 0 || len(values) != 2 || values[0] != kpi.Whole(5) ||
			values[1] != kpi.Whole(80+report.TrailLimit) {
			b.Errorf("of many entries: %d listed, units %v", len(got.Entries), sums)
		}
		if len(got.Evidence) != 1 || got.Evidence[0].Name != "名单.pdf" {
			b.Errorf("evidence of many entries: %+v", got.Evidence)
		}
	})
}

func TestOutlooksAndTicksAreKeptOnBothDatabases(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		march := kpi.Period{Year: 2026, Month: 3}
		say := func(p kpi.Possibility, reason string) {
			b.Helper()
			_, err := b.app.SetOutlook(ctx, b.staff, 2026, app.NewOutlook{Indicator: "screened", Month: march, Possibility: p,
				Causes: []kpi.Cause{kpi.CauseFunds, kpi.CauseStaff}, Reason: reason})
			b.must(err)
		}
		say(kpi.Possible, "经费迟到")
		say(kpi.Impossible, "经费未到")
		v, err := b.app.Outlooks(ctx, b.staff, app.Query{Year: 2026, AsOf: &march})
		b.must(err)
		for _, o := range v.Outlooks {
			if o.Possibility != kpi.Impossible || o.Reason != "经费未到" || !o.Has(kpi.CauseStaff) || o.Has(kpi.CauseRules) {
				b.Errorf("kept: %+v", o)
			}
		}
		if len(v.Outlooks) != 1 {
			b.Errorf("%d outlooks", len(v.Outlooks))
		}
		b.must(b.app.Rekey(ctx, b.staff, 2026, report.SelfEvaluation, map[string]string{"1/screened": "80"}, nil))
		b.must(b.app.Rekey(ctx, b.staff, 2026, report.SelfEvaluation, map[string]string{"1/users": "5"},
			[]string{"1/screened"}))
		ticks, err := b.app.Rekeyed(ctx, b.staff, 2026, report.SelfEvaluation)
		b.must(err)
		if len(ticks) != 1 || ticks["1/users"].Printed != "5" {
			b.Errorf("ticks: %+v", ticks)
		}
	})
}
