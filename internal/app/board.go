package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// Query says which figures are asked for.
type Query struct {
	Year kpi.Year
	Unit string      // code; empty: the actor's own unit, or the root
	AsOf *kpi.Period // nil: today, or the year's end

	// Detail asks for what only pages show: each month's light and, of a board, the units of its worst
	// indicator.
	Detail bool
}

// Board is a year of one unit. Its cost does not depend on the length of the log: it reads the
// roll-up. Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Board(ctx context.Context, actor kpi.Actor, q Query) (progress.Board, error) {
	return read(ctx, a, func(r *store.Reader) (progress.Board, error) {
		s, err := a.scope(ctx, r, actor, q)
		if err != nil {
			return progress.Board{}, err
		}
		return s.board(ctx, r)
	})
}

// scope is what all figures of one query share.
type scope struct {
	year  kpi.YearInfo
	unit  kpi.Unit
	line  []kpi.UnitID
	asOf  kpi.AsOf
	rules kpi.RuleSet
	wide  bool // Query.Detail
}

func (a *App) scope(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query) (s scope, err error) {
	s.wide = q.Detail
	at, err := knownUnit(ctx, r, actor, q.Unit)
	if err != nil {
		return s, err
	}
	s.unit, s.line = at.unit, at.line
	if err = actor.MayRead(s.line); err != nil {
		return s, err
	}
	if s.year, err = knownYear(ctx, r, q.Year); err != nil {
		return s, err
	}
	if s.asOf, err = asOf(q, a.Today()); err != nil {
		return s, err
	}
	if s.year.State == kpi.YearOpen { // in a closed one nothing waits
		if s.asOf.Counting, err = knownReview(ctx, r); err != nil {
			return s, err
		}
	}
	rules, err := r.Rules(ctx, q.Year)
	s.rules = rules.RuleSet
	return s, err
}

// asOf is the moment a query asks for; a month that has not come is taken as today.
func asOf(q Query, today kpi.Date) (kpi.AsOf, error) {
	if q.AsOf == nil {
		return kpi.AsOfToday(q.Year, today), nil
	}
	if q.AsOf.Year != q.Year {
		var m kpi.Mistakes
		m.Add("as_of", "as_of_other_year", q.AsOf.String(), int(q.Year))
		return kpi.AsOf{}, m.Err()
	}
	if q.AsOf.Start() > today {
		return kpi.AsOfToday(q.Year, today), nil
	}
	return kpi.AsOfMonth(*q.AsOf, today), nil
}

func (s scope) board(ctx context.Context, r *store.Reader) (b progress.Board, err error) {
	b = progress.Board{Year: s.year, Unit: s.unit, AsOf: s.asOf, Rules: s.rules}
	areas, err := knownAreas(ctx, r)
	if err != nil {
		return b, err
	}
	indicators, err := knownIndicators(ctx, r, s.year.Year)
	if err != nil {
		return b, err
	}
	figures, err := s.figures(ctx, r, indicators)
	if err != nil {
		return b, err
	}
	b.Areas, b.Summary = progress.Arrange(areas, figures), progress.Summarize(figures)
	said, err := s.knownExplanations(ctx, r)
	if err != nil {
		return b, err
	}
	b.Said = kpi.LatestExplanations(said, s.asOf.Period)
	if s.wide {
		if b.Worst, err = s.worstUnits(ctx, r, b); err != nil {
			return b, err
		}
	}
	if s.unit.Parent != 0 {
		return b, nil // the budget and the score are the whole office's
	}
	lines, err := knownBudget(ctx, r, s.year.Year)
	if err != nil {
		return b, err
	}
	b.Budget = progress.Execute(lines, s.asOf, s.rules)
	b.Alarm = progress.LatestAlarm(lines, s.asOf, s.rules)
	b.Score, err = s.score(ctx, r, b, lines)
	return b, err
}

// figures computes the figures of the given indicators at the scope's unit.
func (s scope) figures(ctx context.Context, r *store.Reader, indicators []kpi.Indicator) ([]progress.Figure, error) {
	input, err := s.inputs(ctx, r, indicators)
	if err != nil {
		return nil, err
	}
	return measure(ctx, r, len(indicators), input)
}

// inputs is what the figures of the given indicators at the scope's unit are computed from, one by one.
func (s scope) inputs(ctx context.Context, r *store.Reader, indicators []kpi.Indicator) (func(i int) progress.Input, error) {
	series, err := r.UnitSeries(ctx, s.year.Year, s.unit.ID)
	if err != nil {
		return nil, err
	}
	last, err := r.UnitSeries(ctx, s.year.Year-1, s.unit.ID)
	if err != nil {
		return nil, err
	}
	history, err := s.knownTargets(ctx, r)
	if err != nil {
		return nil, err
	}
	targets := map[kpi.IndicatorID]*kpi.Target{}
	for i, t := range history {
		targets[t.Indicator] = &history[i]
	}
	return func(i int) progress.Input {
		ind := indicators[i]
		in := s.input(ind, s.unit.ID, targets[ind.ID], func(id kpi.IndicatorID) kpi.Series { return series[id] })
		in.Last = progress.LastYear{Series: last[ind.ID], Numerator: last[ind.Numerator], Denominator: last[ind.Denominator]}
		return in
	}, nil
}

func (s scope) input(ind kpi.Indicator, unit kpi.UnitID, target *kpi.Target, series func(kpi.IndicatorID) kpi.Series) progress.Input {
	return progress.Input{Indicator: ind, Unit: unit, Target: target, AsOf: s.asOf, Rules: s.rules, ByMonth: s.wide,
		Series: series(ind.ID), Numerator: series(ind.Numerator), Denominator: series(ind.Denominator)}
}

// measure computes n figures, fetching together the entries that some are shown as. An input is some
// kilobytes and made where it is used.
func measure(ctx context.Context, r *store.Reader, n int, input func(int) progress.Input) ([]progress.Figure, error) {
	var ids []kpi.UpdateID
	for i := range n {
		in := input(i)
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
		in := input(i)
		in.Entries = entries
		figures[i] = progress.Measure(in)
	}
	return figures, nil
}
