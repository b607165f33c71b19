package app

import (
	"context"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// ImportOutlook is a forecast for the year in a row of a table.
type ImportOutlook struct {
	intake.Figure
	unit kpi.UnitID
}

// outlooks holds what a table says of the year's end to what its figures are held to: a unit the actor
// may log for, a month that has come.
func (p *importPlan) outlooks(figures []intake.Figure) []ImportOutlook {
	out := make([]ImportOutlook, len(figures))
	for i, f := range figures {
		fig := ImportFigure{Figure: f}
		if p.check(&fig); len(fig.Mistakes) > 0 {
			p.bad[f.Row] = true
		}
		out[i] = ImportOutlook{fig.Figure, fig.unit}
	}
	return out
}

// keepOutlooks keeps what the good rows say of the year's end.
func (a *App) keepOutlooks(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year,
	result ImportResult) (kept []kpi.Expectation, err error) {
	good := result.GoodRows()
	for _, o := range result.Expected {
		if !good[o.Row] {
			continue
		}
		e := kpi.Expectation{Year: y, Month: o.Dated.Period().Month, Indicator: o.Indicator.ID,
			Unit: o.unit, Quantity: o.Quantity,
			SetBy: actor.Name, SetAt: a.stamp()}
		if err := w.SetExpectation(ctx, e); err != nil {
			return nil, err
		}
		kept = append(kept, e)
	}
	return kept, nil
}
