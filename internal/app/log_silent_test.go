package app_test

import (
	"slices"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// A township whose villages fell silent early in the year still finds its newest entries, page by page
// and in order, behind thousands logged since by others.
func TestTheLogOfAUnitThatFellSilentIsWhole(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for _, v := range []string{"e1", "e2", "e3"} {
			b.village(v, "east")
		}
		many := func(n int, units []string, day kpi.Date) {
			updates := make([]kpi.NewUpdate, n)
			for i := range updates {
				updates[i] = entry([]string{"screened", "users", "disputes"}[i%3], units[i%len(units)], day, int64(i))
				updates[i].Origin = kpi.FromImport
			}
			refused, err := b.app.LogUpdates(ctx, b.staff, "many", updates)
			if err != nil || len(refused) > 0 {
				b.Fatal(refused, err)
			}
		}
		many(170, []string{"east", "e1", "e2", "e3"}, "2026-01-20")
		many(12_000, []string{"west", "county"}, "2026-05-20")

		for _, c := range []struct {
			indicator string
			state     kpi.State
			want      int
		}{{"", "", 170}, {"users", "", 57}, {"", kpi.StateApproved, 170}, {"users", kpi.StateApproved, 57}} {
			var ids []kpi.UpdateID
			for q := (app.LogQuery{Year: 2026, Unit: "east", Indicator: c.indicator, State: c.state}); ; {
				page, more, err := b.app.Log(ctx, b.staff, q)
				b.must(err)
				for _, e := range page {
					if e.Dated != "2026-01-20" || c.indicator != "" && e.Indicator.Code != c.indicator {
						t.Fatalf("%s of %s on %s is not of the question", e.Indicator.Code, e.Unit.Code, e.Dated)
					}
					ids = append(ids, e.ID)
					q.Before = e.ID
				}
				if !more {
					break
				}
			}
			if len(slices.Compact(slices.Clone(ids))) != c.want ||
				!slices.IsSortedFunc(ids, func(a, b kpi.UpdateID) int { return int(b - a) }) {
				t.Errorf("%+v: %d entries: %v", c, len(ids), ids)
			}
		}
	})
}
