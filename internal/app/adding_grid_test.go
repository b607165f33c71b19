package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// The grid shows a sum computed and not editable, and rates combined by their rule.
func TestTheGridShowsASumThatNobodyTypes(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.define(app.NewIndicator{Indicator: kpi.Indicator{Code: "all", Kind: kpi.Flow, Measure: "起"},
			SumOf: []string{"disputes", "settled"}})
		b.rateOf("mean", kpi.MeanOf)
		b.log("disputes", "east", "2026-03-10", 4)
		b.log("settled", "east", "2026-03-11", 3)
		b.log("mean", "east", "2026-03-11", 80)
		b.log("mean", "west", "2026-03-11", 90)
		for _, unit := range []string{"east", ""} {
			g, err := b.app.Grid(ctx, b.staff, app.GridQuery{Year: 2026, Unit: unit})
			b.must(err)
			for _, ind := range g.Indicators {
				c, _ := g.Cell(g.Unit.ID, ind.ID, 3)
				switch {
				case ind.Code == "rate":
					t.Error("a ratio is in the grid")
				case ind.Code == "all" && (c.State != app.GridComputed || c.State.Fillable() || c.Counts.Value != kpi.Whole(7)):
					t.Errorf("the sum at %q: %+v", unit, c)
				case ind.Code == "mean" && unit == "" && c.Counts.Value != kpi.Whole(85):
					t.Errorf("the mean: %+v", c)
				}
			}
		}
	})
}
