package app_test

import (
	"fmt"
	"slices"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func codes(c app.Comparison) (out []string) {
	for _, r := range c.Rows {
		out = append(out, r.Code)
	}
	return out
}

// Rows are sorted by a column's completion, rows without it come last, pinned ones stay on top; the
// numbers are the boards' own.
func TestCompareReturnsFiguresSideBySide(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for code, n := range map[string]int64{"screened": 100, "users": 1000, "disputes": 10} {
			b.mustTarget(code, "", n)
			b.mustTarget(code, "east", n/2)
		}
		b.log("screened", "east", "2026-03-10", 30)
		b.log("users", "east", "2026-03-10", 450)
		b.log("users", "west", "2026-03-10", 450)
		compare := func(q app.CompareQuery) app.Comparison {
			b.Helper()
			q.Year = 2026
			c, err := b.app.Compare(ctx, b.staff, q)
			b.must(err)
			return c
		}
		c := compare(app.CompareQuery{Second: "east", Sort: 1, Pinned: []string{"disputes"}})
		if got := codes(c); !slices.Equal(got[:3], []string{"disputes", "users", "screened"}) || !c.Rows[0].Pinned ||
			len(c.Columns) != 2 {
			b.Errorf("rows %v, %d columns", got, len(c.Columns))
		}
		if f := c.Rows[2].Cells[1]; f.Completion.Value != 60_00 || f.Unit == c.Rows[2].Cells[0].Unit {
			b.Errorf("east's screening is at %s", f.Completion.Value)
		}
		c = compare(app.CompareQuery{ByUnit: true, Indicators: []string{"screened", "users"}, Sort: 1})
		if got := codes(c); !slices.Equal(got, []string{"east", "county", "west"}) {
			b.Errorf("units %v", got)
		}
		if c = compare(app.CompareQuery{ByUnit: true}); len(c.Columns) != 2 || c.Columns[0].Indicator.Code != "screened" {
			b.Errorf("nobody chose: %d columns", len(c.Columns))
		}
		if c = compare(app.CompareQuery{Indicators: []string{"users"}}); len(c.Rows) != 1 {
			b.Errorf("one was chosen: %v", codes(c))
		}
		_, err := b.app.Compare(ctx, b.east, app.CompareQuery{Query: app.Query{Year: 2026}, Second: "west"})
		wantRefusal(t, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.Compare(ctx, b.staff, app.CompareQuery{Query: app.Query{Year: 2026}, With: 1999})
		wantRefusal(t, err, kpi.NotFound)
	})
}

// The indicators that stand worst are often the office's own: a table of them would have no unit's figure in it.
func TestCompareShowsByDefaultWhatUnitsReport(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for i := range 20 {
			code := fmt.Sprintf("own-%d", i)
			b.indicator(code, kpi.Flow, "人")
			b.mustTarget(code, "", 100)
			b.log(code, "county", "2026-03-10", 1)
		}
		b.mustTarget("users", "", 10)
		b.log("users", "east", "2026-03-10", 450)
		c, err := b.app.Compare(ctx, b.staff, app.CompareQuery{Query: app.Query{Year: 2026}, ByUnit: true})
		b.must(err)
		if len(c.Columns) != 1 || c.Columns[0].Indicator.Code != "users" {
			b.Errorf("%d columns: %v", len(c.Columns), codes(c))
		}
	})
}

func TestSavedComparisonsAreOnesOwnUnlessShared(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		save := func(who kpi.Actor, name, query string, shared bool) {
			b.Helper()
			b.must(b.app.SaveView(ctx, who, kpi.View{Name: name, Query: query, Shared: shared}))
		}
		names := func(who kpi.Actor) (out []string) {
			b.Helper()
			views, err := b.app.Views(ctx, who)
			b.must(err)
			for _, v := range views {
				out = append(out, v.Name+" "+v.Query)
			}
			return out
		}
		save(b.staff, "A", "sort=1", false)
		save(b.staff, "B", "rows=units", true)
		save(b.east, "A", "second=west", false)
		save(b.staff, "A", "sort=2", false)
		if got := names(b.staff); !slices.Equal(got, []string{"A sort=2", "B rows=units"}) {
			b.Errorf("the clerk sees %q", got)
		}
		if got := names(b.east); !slices.Equal(got, []string{"A second=west", "B rows=units"}) {
			b.Errorf("east sees %q", got)
		}
		views, err := b.app.Views(ctx, b.staff)
		b.must(err)
		wantRefusal(t, b.app.DeleteView(ctx, b.east, views[1].ID), kpi.NotFound, "view_not_found")
		b.must(b.app.DeleteView(ctx, b.staff, views[1].ID))
		if got := names(b.east); len(got) != 1 {
			b.Errorf("the shared one was deleted, east sees %q", got)
		}
		wantRefusal(t, b.app.SaveView(ctx, b.staff, kpi.View{Name: " "}), kpi.Invalid, "name_missing")
		wantRefusal(t, b.app.SaveView(ctx, kpi.Operator, kpi.View{Name: "C"}), kpi.Forbidden)
	})
}
