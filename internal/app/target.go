package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewTarget is a target to be set. Indicator and Unit are codes; an empty unit is the root.
type NewTarget struct {
	Indicator, Unit string
	Target          kpi.Target // without ID, references and author
}

// SetTarget adds to the history of a target; the new one holds from now on. Refusals: Forbidden,
// NotFound, Conflict for a closed year, Invalid by field.
func (a *App) SetTarget(ctx context.Context, actor kpi.Actor, n NewTarget) (kpi.Target, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.Target{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Target, error) {
		t := n.Target
		if _, err := openYear(ctx, &w.Reader, t.Year); err != nil {
			return t, err
		}
		ind, err := w.Indicator(ctx, n.Indicator)
		if err != nil {
			return t, err
		}
		unit, _, err := unitFor(ctx, &w.Reader, actor, n.Unit)
		if err != nil {
			return t, asField("unit", err)
		}
		if in, err := w.InYear(ctx, t.Year, ind.ID); err != nil {
			return t, err
		} else if !in {
			return t, kpi.Missing("indicator_not_in_year", ind.Name, int(t.Year))
		}
		if err := t.Check(ind); err != nil {
			return t, err
		}
		t.Indicator, t.Unit, t.SetBy, t.SetAt = ind.ID, unit.ID, actor.Name, a.stamp()
		if t.ID, err = w.InsertTarget(ctx, t); err != nil {
			return t, err
		}
		return t, a.audit(ctx, w, actor, "target.set", yearSubject(t.Year)+" "+ind.Code+" "+unit.Code, t)
	})
}
