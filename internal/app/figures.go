package app

import (
	"context"
	"sync"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// figures computes the figures of the given indicators at the scope's unit.
func (s scope) figures(ctx context.Context, r *store.Reader, indicators []kpi.Indicator) ([]progress.Figure, error) {
	months, err := s.months(ctx, r)
	if err != nil {
		return nil, err
	}
	kept, err := s.keptFigures(ctx, r)
	if err != nil {
		return nil, err
	}
	figures := make([]progress.Figure, len(indicators))
	var changed []int
	for i, ind := range indicators {
		if !kept.find(ind.ID, months.of(ind), &figures[i]) {
			changed = append(changed, i)
		}
	}
	input, err := s.inputsOf(ctx, r, indicators, months)
	if err != nil {
		return nil, err
	}
	computed, err := measure(ctx, r, len(changed), func(n int) (progress.Input, error) { return input(changed[n]) })
	if err != nil {
		return nil, err
	}
	for n, i := range changed {
		figures[i] = computed[n]
		kept.keep(indicators[i].ID, months.of(indicators[i]), computed[n])
	}
	return figures, nil
}

// unitMonths are what a unit's figures rest on as it is stored: this year's and last year's months.
type unitMonths struct {
	year       kpi.Year
	this, last map[kpi.IndicatorID]store.Months
}

func (s scope) months(ctx context.Context, r *store.Reader) (m unitMonths, err error) {
	m.year = s.year.Year
	m.this, m.last, err = r.UnitMonths(ctx, s.unit.ID, m.year)
	return m, err
}

// figureMonths are what one figure rests on: the indicator's own months and, of a ratio, its parts'.
type figureMonths struct{ own, numerator, denominator, lastOwn, lastNumerator, lastDenominator store.Months }

func (m unitMonths) of(ind kpi.Indicator) figureMonths {
	return figureMonths{m.this[ind.ID], m.this[ind.Numerator], m.this[ind.Denominator],
		m.last[ind.ID], m.last[ind.Numerator], m.last[ind.Denominator]}
}

// fill reads the months into an input.
func (m unitMonths) fill(in *progress.Input) (err error) {
	of := m.of(in.Indicator)
	for _, part := range []struct {
		to     *kpi.Series
		months store.Months
		year   kpi.Year
	}{
		{&in.Series, of.own, m.year}, {&in.Numerator, of.numerator, m.year}, {&in.Denominator, of.denominator, m.year},
		{&in.Last.Series, of.lastOwn, m.year - 1}, {&in.Last.Numerator, of.lastNumerator, m.year - 1},
		{&in.Last.Denominator, of.lastDenominator, m.year - 1},
	} {
		if *part.to, err = part.months.Series(part.year); err != nil {
			return err
		}
	}
	return nil
}

// inputs is what the figures of the given indicators at the scope's unit are computed from, one by one.
func (s scope) inputs(ctx context.Context, r *store.Reader, indicators []kpi.Indicator) (func(i int) (progress.Input, error), error) {
	months, err := s.months(ctx, r)
	if err != nil {
		return nil, err
	}
	return s.inputsOf(ctx, r, indicators, months)
}

func (s scope) inputsOf(ctx context.Context, r *store.Reader, indicators []kpi.Indicator, months unitMonths) (func(i int) (progress.Input, error), error) {
	history, err := s.knownTargets(ctx, r)
	if err != nil {
		return nil, err
	}
	targets := map[kpi.IndicatorID]*kpi.Target{}
	for i, t := range history {
		targets[t.Indicator] = &history[i]
	}
	byID, err := knownByID(ctx, r)
	return func(i int) (progress.Input, error) {
		in := s.input(indicators[i], s.unit.ID, targets[indicators[i].ID])
		in.Divides = [2]kpi.Kind{byID[in.Indicator.Numerator].Kind, byID[in.Indicator.Denominator].Kind}
		err := months.fill(&in)
		return in, err
	}, err
}

// input is what a figure is computed from, but for its months.
func (s scope) input(ind kpi.Indicator, unit kpi.UnitID, target *kpi.Target) progress.Input {
	return progress.Input{Indicator: ind, Unit: unit, Target: target, AsOf: s.asOf, Rules: s.rules, ByMonth: s.wide}
}

// measure computes n figures, fetching together the entries that some are shown as. An input is some
// kilobytes and made where it is used.
func measure(ctx context.Context, r *store.Reader, n int, input func(int) (progress.Input, error)) ([]progress.Figure, error) {
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

// keptFigures are the root's figures of a year as they were last computed, each under the stored
// months it was computed from: an entry changes one of them, and the others are not computed again.
// All else that a figure rests on is part of the structure, under whose stamp they are remembered,
// or of figuresOf; an entry that a figure is shown as never changes. A nil one keeps nothing.
type keptFigures struct {
	mu sync.Mutex
	of map[kpi.IndicatorID]keptFigure
}

type keptFigure struct {
	from   figureMonths
	figure progress.Figure
}

// figuresOf is what the root's figures depend on beside the records.
type figuresOf struct {
	year kpi.Year
	asOf kpi.AsOf
	wide bool
}

// keptFigures are kept of the root today, which most people look at; of every unit and month they
// would be too many.
func (s scope) keptFigures(ctx context.Context, r *store.Reader) (*keptFigures, error) {
	if s.unit.Parent != 0 || !s.today {
		return nil, nil
	}
	return store.Remember(ctx, r, figuresOf{s.year.Year, s.asOf, s.wide}, func() (*keptFigures, error) {
		return &keptFigures{of: map[kpi.IndicatorID]keptFigure{}}, nil
	})
}

func (k *keptFigures) find(id kpi.IndicatorID, from figureMonths, f *progress.Figure) bool {
	if k == nil {
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	kept, ok := k.of[id]
	if !ok || kept.from != from {
		return false
	}
	*f = kept.figure
	return true
}

func (k *keptFigures) keep(id kpi.IndicatorID, from figureMonths, f progress.Figure) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.of[id] = keptFigure{from, f}
}
