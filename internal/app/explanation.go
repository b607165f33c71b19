package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewExplanation says why a figure lags and what is being done about it. Indicator and Unit are codes.
type NewExplanation struct {
	Indicator, Unit string
	Month           *kpi.Period // nil: the latest month of the year
	Reason, Next    string
	Planned         kpi.Date // "": no day
	Key             string   // idempotency key; empty: none
}

// ExplainIndicator adds an explanation of a unit's figure in a month; it is in force from now on.
// Whoever may log for the unit may explain. Refusals: Forbidden, NotFound, Conflict for a closed year,
// Invalid month, reason, next, planned.
func (a *App) ExplainIndicator(ctx context.Context, actor kpi.Actor, y kpi.Year,
	n NewExplanation) (kpi.Explanation, error) {
	var texts kpi.Mistakes
	readTexts(&texts, longText("reason", &n.Reason), longText("next", &n.Next))
	return once(ctx, a, answerKey{actor.Name, n.Key, []any{y, n}}, func(w *store.Writer) (kpi.Explanation, error) {
		e := kpi.Explanation{Reason: n.Reason, Next: n.Next, Planned: n.Planned, SetBy: actor.Name, SetAt: a.stamp()}
		at, err := unitFigure(ctx, w, actor, y, n.Indicator, n.Unit)
		if err != nil {
			return e, err
		}
		e.Indicator, e.Unit = at.indicator.ID, at.unit.ID
		mistakes := texts
		e.Month, err = a.explainedMonth(y, n.Month)
		mistakes.Merge(err)
		if err == nil {
			mistakes.Merge(e.Check())
		}
		if err := mistakes.Err(); err != nil {
			return e, err
		}
		if e.ID, err = w.InsertExplanation(ctx, e); err != nil {
			return e, err
		}
		if e.Author, err = cachedName(ctx, &w.Reader, actor.Name); err != nil {
			return e, err
		}
		return e, a.audit(ctx, w, actor, "indicator.explain", yearSubject(y)+" "+at.indicator.Code+" "+at.unit.Code, e)
	}, func(e kpi.Explanation) int64 { return e.ID },
		func(w *store.Writer, id int64) (kpi.Explanation, error) { return w.Explanation(ctx, id) })
}

// figureAt identifies one unit's figure.
type figureAt struct {
	place
	indicator kpi.Indicator
}

// unitFigure returns a figure of an open year at a unit for which the actor may log, or refuses.
func unitFigure(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year, indicator,
	unit string) (at figureAt, err error) {
	if at.indicator, err = w.Indicator(ctx, indicator); err != nil {
		return at, asField("indicator", err)
	}
	if at.place, err = cachedUnit(ctx, &w.Reader, actor, unit); err != nil {
		return at, asField("unit", err)
	}
	if err = actor.MayLog(at.lineage); err != nil {
		return at, err
	}
	if err = openYear(ctx, &w.Reader, y); err != nil {
		return at, err
	}
	in, err := w.InYear(ctx, y, at.indicator.ID)
	if err == nil && !in {
		err = asField("indicator", kpi.Missing("indicator_not_in_year", at.indicator.Name, int(y)))
	}
	return at, err
}

// explainedMonth checks the month asked for, which must lie in the year and not in the future; nil
// means the latest.
func (a *App) explainedMonth(y kpi.Year, month *kpi.Period) (kpi.Period, error) {
	last := kpi.AsOfToday(y, a.Today()).Period
	var m kpi.Mistakes
	switch {
	case month == nil:
		return last, nil
	case month.Year != y:
		m.Add("month", "as_of_other_year", month.String(), int(y))
	case month.Month > last.Month:
		m.Add("month", "explanation_month_to_come")
	}
	return *month, m.Err()
}

// cachedExplanations returns the explanations of a unit's figures; they are cached for the root only, as
// targets are.
func (s scope) cachedExplanations(ctx context.Context, r *store.Reader) ([]kpi.Explanation, error) {
	read := func() ([]kpi.Explanation, error) { return r.UnitExplanations(ctx, s.year.Year, s.unit.ID) }
	if s.unit.Parent != 0 {
		return read()
	}
	return store.Cached(ctx, r, explanationsOf(s.year.Year), read)
}
