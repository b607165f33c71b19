package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// OutlookView is a month's indicators with the office's assessment of their chances.
type OutlookView struct {
	Board    progress.Board
	Outlooks map[kpi.IndicatorID]kpi.Outlook
	Expected map[kpi.IndicatorID]kpi.Expectation // the unit's own estimates for the year
	MaySet   bool                                // the actor may set outlooks, and the year is open
}

// Outlooks returns what a month's monitoring table shows besides the figures. Refusals: NotFound,
// Forbidden, Invalid as_of.
func (a *App) Outlooks(ctx context.Context, actor kpi.Actor, q Query) (OutlookView, error) {
	if err := actor.MayReport(); err != nil {
		return OutlookView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v OutlookView, err error) {
		s, board, err := a.rootBoard(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		v.Board = board
		v.MaySet = s.year.State == kpi.YearOpen && actor.MayPlan() == nil
		if v.Outlooks, err = outlooks(ctx, r, s.asOf.Period); err != nil {
			return v, err
		}
		v.Expected, err = s.expected(ctx, r)
		return v, err
	})
}

func outlooks(ctx context.Context, r *store.Reader, p kpi.Period) (map[kpi.IndicatorID]kpi.Outlook, error) {
	list, err := r.Outlooks(ctx, p)
	out := map[kpi.IndicatorID]kpi.Outlook{}
	for _, o := range list {
		out[o.Indicator] = o
	}
	return out, err
}

// expected returns the estimates for the year that the scope's unit gave in the month.
func (s scope) expected(ctx context.Context, r *store.Reader) (map[kpi.IndicatorID]kpi.Expectation, error) {
	list, err := r.Expectations(ctx, s.unit.ID, s.asOf.Period)
	out := map[kpi.IndicatorID]kpi.Expectation{}
	for _, e := range list {
		out[e.Indicator] = e
	}
	return out, err
}

// NewOutlook is an indicator's outlook at the end of a month.
type NewOutlook struct {
	Indicator   string // code
	Month       kpi.Period
	Possibility kpi.Possibility
	Causes      []kpi.Cause
	Reason      string
	Remark      string
}

// SetOutlook stores an outlook, replacing an earlier one for the same month; repeating it does no harm.
// Refusals: Forbidden, NotFound, Conflict for a closed year, Invalid by field.
func (a *App) SetOutlook(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewOutlook) (kpi.Outlook, error) {
	o := kpi.Outlook{Year: y, Month: n.Month.Month, Possibility: n.Possibility, Causes: n.Causes,
		SetBy: actor.Name, SetAt: a.stamp()}
	if err := actor.MayPlan(); err != nil {
		return o, err
	}
	var m kpi.Mistakes
	readTexts(&m, longText("reason", &n.Reason), longText("remark", &n.Remark))
	o.Reason, o.Remark = n.Reason, n.Remark
	switch {
	case n.Month.Year != y:
		m.Add("month", "as_of_other_year", n.Month.String(), int(y))
	case n.Month.Start() > a.Today():
		m.Add("month", "date_in_future", string(n.Month.Start()))
	}
	m.Merge(o.Check())
	if err := m.Err(); err != nil {
		return o, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Outlook, error) {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return o, err
		}
		ind, err := w.Indicator(ctx, n.Indicator)
		if err != nil {
			return o, asField("indicator", err)
		}
		if in, err := w.InYear(ctx, y, ind.ID); err != nil {
			return o, err
		} else if !in {
			return o, asField("indicator", kpi.Missing("indicator_not_in_year", ind.Name, int(y)))
		}
		o.Indicator = ind.ID
		if err := w.SetOutlook(ctx, o); err != nil {
			return o, err
		}
		return o, a.audit(ctx, w, actor, "outlook.set", yearSubject(y)+" "+n.Indicator, o)
	})
}
