package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// earlierYears is how far back an indicator's months are shown.
const earlierYears = 10

// Indicator returns everything known about one indicator at one unit. Refusals: NotFound, Forbidden,
// Invalid as_of.
func (a *App) Indicator(ctx context.Context, actor kpi.Actor, q Query, code string) (IndicatorView, error) {
	return read(ctx, a, func(r *store.Reader) (v IndicatorView, err error) {
		s, err := a.scope(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		ind, err := yearIndicator(ctx, r, q.Year, code)
		if err != nil {
			return v, err
		}
		v.Year, v.Unit, v.Rules = s.year, s.unit, s.rules
		v.MayLog = s.year.State == kpi.YearOpen && actor.MayLog(s.lineage) == nil && ind.ArchivedAt == 0
		v.MayAsk = actor.MayAsk(s.lineage) == nil
		v.MayPlan = s.year.State == kpi.YearOpen && actor.MayPlan() == nil
		if err := v.fillFigure(ctx, r, s, ind); err != nil {
			return v, err
		}
		if q.Detail {
			if v.Earlier, err = a.earlier(ctx, r, actor, q, ind); err != nil {
				return v, err
			}
		}
		said, err := s.cachedExplanations(ctx, r)
		if err != nil {
			return v, err
		}
		for _, e := range slices.Backward(said) {
			if e.Indicator == ind.ID {
				v.Said = append(v.Said, e)
			}
		}
		if err := v.fillRelatives(ctx, r, ind); err != nil {
			return v, err
		}
		if len(v.Parts) > 0 {
			if v.PartsOf, err = s.figures(ctx, r, v.Parts); err != nil {
				return v, err
			}
		}
		if ind.Kind.OverUnits() || ind.Kind == kpi.Ratio {
			if v.Children, err = s.children(ctx, r, ind); err != nil {
				return v, err
			}
		}
		indicators, err := loggedFor(ctx, r, ind)
		if err != nil {
			return v, err
		}
		v.Log, v.LogMore, err = logPage(ctx, r, actor, s.logFilter(0, 0), indicators...)
		return v, err
	})
}

func (v *IndicatorView) fillFigure(ctx context.Context, r *store.Reader, s scope, ind kpi.Indicator) error {
	figures, err := s.figures(ctx, r, []kpi.Indicator{ind})
	if err != nil {
		return err
	}
	v.Figure = figures[0]
	history, err := r.UnitTargets(ctx, s.year.Year, s.unit.ID)
	for _, t := range history {
		if t.Indicator == ind.ID {
			v.Targets = append(v.Targets, t)
		}
	}
	return err
}

// earlier computes an indicator's figures at the same unit in the years before, the oldest first.
func (a *App) earlier(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query,
	ind kpi.Indicator) (figures []progress.Figure, err error) {
	years, err := cachedYears(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, y := range slices.Backward(years) { // the latest first
		if y.Year >= q.Year || y.Year < q.Year-earlierYears {
			continue
		}
		s, err := a.scope(ctx, r, actor, Query{Year: y.Year, Unit: q.Unit})
		if err != nil {
			return nil, err
		}
		of, err := s.figures(ctx, r, []kpi.Indicator{ind})
		if err != nil {
			return nil, err
		}
		figures = append(figures, of...)
	}
	return figures, nil
}

func (v *IndicatorView) fillRelatives(ctx context.Context, r *store.Reader, ind kpi.Indicator) error {
	areas, err := r.Areas(ctx)
	if err != nil {
		return err
	}
	for _, area := range areas {
		if area.ID == ind.Area {
			v.Area = area
		}
	}
	others, err := r.YearIndicators(ctx, v.Year.Year)
	for _, o := range others {
		switch {
		case ind.PartOf != 0 && o.ID == ind.PartOf:
			v.PartOf = &o
		case o.PartOf == ind.ID:
			v.Parts = append(v.Parts, o)
		}
	}
	if err != nil {
		return err
	}
	for _, id := range []kpi.IndicatorID{ind.Numerator, ind.Denominator} {
		for _, o := range others {
			if id != 0 && o.ID == id {
				v.Inputs = append(v.Inputs, o)
			}
		}
	}
	byID, err := cachedIndicatorsByID(ctx, r)
	for _, id := range ind.SumOf.IDs() {
		part := byID[id]
		switch here := slices.ContainsFunc(others, func(o kpi.Indicator) bool { return o.ID == id }); {
		case here:
			v.Inputs, v.Parts = append(v.Inputs, part), append(v.Parts, part)
		default: // archived, or of other years
			v.Absent = append(v.Absent, part)
		}
	}
	return err
}

// worstUnits returns the units of the worst late figure that is counted by units.
func (s scope) worstUnits(ctx context.Context, r *store.Reader, b progress.Board) (*progress.UnitFigures, error) {
	s.wide = false
	for _, f := range b.Late() {
		if !f.Indicator.Kind.OverUnits() {
			continue
		}
		targets, err := s.childTargets(ctx, r, f.Indicator)
		if err != nil {
			return nil, err
		}
		if len(targets) < 2 { // without targets no unit has a rate
			continue
		}
		units, err := s.children(ctx, r, f.Indicator)
		if err != nil {
			return nil, err
		}
		out := progress.UnitFigures{Whole: f, Units: units}
		if len(out.Ranked()) > 1 {
			return &out, nil
		}
	}
	return nil, nil
}

// children returns the figures of the units directly below, each measured by its own target.
func (s scope) children(ctx context.Context, r *store.Reader, ind kpi.Indicator) ([]progress.UnitFigure, error) {
	units, err := cachedChildren(ctx, r, s.unit.ID)
	if err != nil || len(units) == 0 {
		return nil, err
	}
	series, last := map[kpi.IndicatorID]map[kpi.UnitID]kpi.Series{}, map[kpi.IndicatorID]map[kpi.UnitID]kpi.Series{}
	for _, id := range []kpi.IndicatorID{ind.ID, ind.Numerator, ind.Denominator} {
		if id == 0 {
			continue
		}
		if series[id], err = r.ChildSeries(ctx, s.year.Year, id, s.unit.ID); err != nil {
			return nil, err
		}
		if last[id], err = r.ChildSeries(ctx, s.year.Year-1, id, s.unit.ID); err != nil {
			return nil, err
		}
	}
	targets, err := s.childTargets(ctx, r, ind)
	if err != nil {
		return nil, err
	}
	byID, err := cachedIndicatorsByID(ctx, r)
	if err != nil {
		return nil, err
	}
	figures, err := measure(ctx, r, len(units), func(i int) (progress.Input, error) {
		u := units[i].ID
		in := s.input(ind, units[i], targets[u])
		in.Divides = [2]kpi.Kind{byID[ind.Numerator].Kind, byID[ind.Denominator].Kind}
		in.Series, in.Numerator, in.Denominator = series[ind.ID][u], series[ind.Numerator][u], series[ind.Denominator][u]
		in.Last = progress.LastYear{Series: last[ind.ID][u], Numerator: last[ind.Numerator][u],
			Denominator: last[ind.Denominator][u]}
		return in, nil
	})
	out := make([]progress.UnitFigure, len(figures))
	for i := range figures {
		out[i] = progress.UnitFigure{Unit: units[i], Figure: figures[i]}
	}
	return out, err
}

// childTargets returns the targets in force of the units directly below.
func (s scope) childTargets(ctx context.Context, r *store.Reader,
	ind kpi.Indicator) (map[kpi.UnitID]held, error) {
	history, err := s.cachedChildTargets(ctx, r, ind.ID)
	return heldIn(s, history, func(t kpi.Target) kpi.UnitID { return t.Unit }), err
}
