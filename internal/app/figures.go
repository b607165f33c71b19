package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// figures computes the figures of the given indicators at the scope's unit.
func (s scope) figures(ctx context.Context, r *store.Reader, indicators []kpi.Indicator) ([]progress.Figure, error) {
	input, err := s.inputs(ctx, r, indicators)
	if err != nil {
		return nil, err
	}
	return measure(ctx, r, len(indicators), input)
}

// unitMonths are the stored months of a unit's figures, of this year and the last.
type unitMonths struct {
	year       kpi.Year
	this, last map[kpi.IndicatorID]store.Months
}

func (s scope) months(ctx context.Context, r *store.Reader) (m unitMonths, err error) {
	m.year = s.year.Year
	m.this, m.last, err = r.UnitMonths(ctx, s.unit.ID, m.year)
	return m, err
}

// fill reads the months an input needs: the indicator's own and, for a ratio, its parts'.
func (m unitMonths) fill(in *progress.Input) (err error) {
	ind := in.Indicator
	for _, part := range []struct {
		to     *kpi.Series
		months store.Months
		year   kpi.Year
	}{
		{&in.Series, m.this[ind.ID], m.year},
		{&in.Numerator, m.this[ind.Numerator], m.year},
		{&in.Denominator, m.this[ind.Denominator], m.year},
		{&in.Last.Series, m.last[ind.ID], m.year - 1},
		{&in.Last.Numerator, m.last[ind.Numerator], m.year - 1},
		{&in.Last.Denominator, m.last[ind.Denominator], m.year - 1},
	} {
		if *part.to, err = part.months.Series(part.year); err != nil {
			return err
		}
	}
	return nil
}

// inputs returns a function that gives the input of each indicator's figure at the scope's unit.
func (s scope) inputs(ctx context.Context, r *store.Reader,
	indicators []kpi.Indicator) (func(i int) (progress.Input, error), error) {
	months, err := s.months(ctx, r)
	if err != nil {
		return nil, err
	}
	history, err := s.cachedTargets(ctx, r)
	if err != nil {
		return nil, err
	}
	targets := heldIn(s, history, func(t kpi.Target) kpi.IndicatorID { return t.Indicator })
	byID, err := cachedIndicatorsByID(ctx, r)
	return func(i int) (progress.Input, error) {
		in := s.input(indicators[i], s.unit, targets[indicators[i].ID])
		in.Divides = [2]kpi.Kind{byID[in.Indicator.Numerator].Kind, byID[in.Indicator.Denominator].Kind}
		err := months.fill(&in)
		return in, err
	}, err
}

// input returns what a figure is computed from, except its months.
func (s scope) input(ind kpi.Indicator, unit kpi.Unit, h held) progress.Input {
	return progress.Input{Indicator: ind, Unit: unit.ID, Target: h.target, AsOf: s.asOf, Rules: s.rules, ByMonth: s.wide,
		Begun: s.begun.of(ind, unit, h), Revised: h.revised(s.begun.zone)}
}

// measure computes n figures. Those that are shown as their only entry was written need it: all such entries are read
// in one query. Inputs are large, so each is built twice rather than kept.
func measure(ctx context.Context, r *store.Reader, n int,
	input func(int) (progress.Input, error)) ([]progress.Figure, error) {
	var ids []kpi.UpdateID
	for i := range n {
		in, err := input(i)
		if err != nil {
			return nil, err
		}
		if id, ok := in.NeedsEntry(); ok {
			ids = append(ids, id)
		}
	}
	entries, err := r.UpdatesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	figures := make([]progress.Figure, n)
	for i := range figures {
		in, err := input(i)
		if err != nil {
			return nil, err
		}
		in.Entries = entries
		figures[i] = progress.Measure(in)
	}
	return figures, nil
}
