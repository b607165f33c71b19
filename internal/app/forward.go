package app

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// ForwardView is a year and what a new one may take over from it.
type ForwardView struct {
	From     kpi.YearInfo
	Year     kpi.Year // the first later year that does not exist
	Areas    []kpi.Area
	Rows     []ForwardRow
	MayClose bool // the actor may close the old year in the same step
}

// ForwardRow is an indicator with the old year's target and figure.
type ForwardRow struct {
	Indicator kpi.Indicator
	Target    *kpi.Target
	Figure    progress.Figure
}

// Forward returns what a new year can take over from a year. Refusals: Forbidden, NotFound.
func (a *App) Forward(ctx context.Context, actor kpi.Actor, from kpi.Year) (ForwardView, error) {
	if err := actor.MayPlan(); err != nil {
		return ForwardView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v ForwardView, err error) {
		s, err := a.scope(ctx, r, actor, Query{Year: from})
		if err != nil {
			return v, err
		}
		v.From, v.Year = s.year, from+1
		v.MayClose = actor.MayAdminister() == nil && s.year.State == kpi.YearOpen
		years, err := r.Years(ctx)
		if err != nil {
			return v, err
		}
		for taken := true; taken; {
			taken = false
			for _, y := range years {
				if y.Year == v.Year {
					v.Year, taken = v.Year+1, true
				}
			}
		}
		if v.Areas, err = r.Areas(ctx); err != nil {
			return v, err
		}
		indicators, err := r.YearIndicators(ctx, from)
		if err != nil {
			return v, err
		}
		figures, err := s.figures(ctx, r, indicators)
		for _, f := range figures {
			if f.Indicator.ArchivedAt == 0 {
				v.Rows = append(v.Rows, ForwardRow{Indicator: f.Indicator, Target: f.Target, Figure: f})
			}
		}
		return v, err
	})
}

// NewForward is a year to be opened from an old one.
type NewForward struct {
	From, Year  kpi.Year
	Items       []ForwardItem
	Document    string // document of all new targets
	Issuer      string
	Dated       kpi.Date
	CloseFrom   bool // close the old year in the same step; administrators only
	CloseReason string
}

// ForwardItem is an indicator to be taken over. Target is for the whole office; nil: none yet.
type ForwardItem struct {
	Code   string
	Target *kpi.Target
}

// RollForward opens a year with indicators and targets taken over from an old one, all or nothing,
// including the numerators and denominators of ratios.
//
// Refusals: Forbidden; Conflict if the year exists or an indicator is archived; Invalid by field: year,
// items, value.CODE, sign.CODE, weight.CODE, level.CODE, close_reason.
func (a *App) RollForward(ctx context.Context, actor kpi.Actor, n NewForward) (kpi.YearInfo, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.YearInfo{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("document", &n.Document), oneLine("issuer", &n.Issuer), longText("close_reason", &n.CloseReason))
	if len(n.Items) == 0 {
		m.Add("items", "forward_nothing")
	}
	if n.CloseFrom {
		if err := actor.MayAdminister(); err != nil {
			return kpi.YearInfo{}, err
		}
		if n.CloseReason == "" {
			m.Add("close_reason", "reason_missing")
		}
	}
	return write(ctx, a, func(w *store.Writer) (kpi.YearInfo, error) {
		if _, err := w.Year(ctx, n.From); err != nil {
			return kpi.YearInfo{}, err
		}
		info, err := a.openYear(ctx, w, actor, NewYear{Year: n.Year})
		if err != nil && !isRefusal(err, kpi.Invalid) {
			return info, err
		}
		m.Merge(err)
		if err != nil {
			return info, m.Err()
		}
		from := NewYear{Year: n.Year, From: n.From}
		if err := copyRules(ctx, w, from, actor, a.stamp()); err != nil {
			return info, err
		}
		if err := copyOutline(ctx, w, from, actor, a.stamp()); err != nil {
			return info, err
		}
		if err := a.fillForward(ctx, w, actor, n, &m); err != nil {
			return info, err
		}
		if err := m.Err(); err != nil {
			return info, err
		}
		if !n.CloseFrom {
			return info, nil
		}
		old, err := w.Year(ctx, n.From)
		if err != nil {
			return info, err
		}
		return info, a.changeYearState(ctx, w, actor, old, kpi.YearClosed, n.CloseReason)
	})
}

func (a *App) fillForward(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewForward, m *kpi.Mistakes) error {
	root, err := w.Root(ctx)
	if err != nil {
		return err
	}
	for _, item := range n.Items {
		ind, err := w.Indicator(ctx, item.Code)
		if err != nil {
			return asField("items", err)
		}
		if err := ind.CheckActive(); err != nil {
			return err
		}
		for _, id := range []kpi.IndicatorID{ind.ID, ind.Numerator, ind.Denominator} {
			if id != 0 {
				if err := w.InsertYearIndicator(ctx, n.Year, id, a.stamp()); err != nil {
					return err
				}
			}
		}
		if item.Target == nil {
			continue
		}
		t := *item.Target
		t.Year, t.Document, t.Issuer, t.Dated, t.Reason = n.Year, n.Document, n.Issuer, n.Dated, ""
		var e *kpi.Error
		var wrong kpi.Mistakes
		wrong.Merge(t.Check(ind))
		wrong.Merge(t.CheckFloor())
		if errors.As(wrong.Err(), &e) {
			for _, f := range e.Fields {
				m.Add(f.Name+"."+ind.Code, f.Text.Key, f.Text.Args...)
			}
			continue
		}
		if _, err := a.setTarget(ctx, w, actor, ind, root, t); err != nil {
			return err
		}
	}
	return nil
}
