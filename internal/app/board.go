package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// Query says which figures are wanted.
type Query struct {
	Year kpi.Year
	Unit string      // code; empty: the actor's own unit, or the root
	AsOf *kpi.Period // nil: today, or the year's end

	// Detail asks for what only pages show: each month's light and, for a board, the units of its worst
	// indicator.
	Detail bool
}

// Board returns a unit's year. Its cost does not depend on the length of the log, because it reads the
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

// scope is what all figures of one query have in common.
type scope struct {
	year    kpi.YearInfo
	unit    kpi.Unit
	lineage []kpi.UnitID
	asOf    kpi.AsOf
	rules   kpi.RuleSet
	wide    bool // Query.Detail
	begun   beginnings
	until   kpi.UnixMilli // trails are those of that moment; 0: of now
}

func (a *App) scope(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query) (s scope, err error) {
	s.wide = q.Detail
	at, err := cachedUnit(ctx, r, actor, q.Unit)
	if err != nil {
		return s, err
	}
	s.unit, s.lineage = at.unit, at.lineage
	if err = actor.MayRead(s.lineage); err != nil {
		return s, err
	}
	if s.year, err = cachedYear(ctx, r, q.Year); err != nil {
		return s, err
	}
	if s.begun, err = a.beginnings(ctx, r, s.year); err != nil {
		return s, err
	}
	if s.asOf, err = asOf(q, a.Today()); err != nil {
		return s, err
	}
	if s.year.State == kpi.YearOpen { // in a closed year nothing awaits review
		if s.asOf.Counting, err = cachedReviewRule(ctx, r); err != nil {
			return s, err
		}
	}
	rules, err := r.Rules(ctx, q.Year)
	s.rules = rules.RuleSet
	return s, err
}

// asOf returns the date a query asks for; a month to come counts as today.
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
	areas, err := cachedAreas(ctx, r)
	if err != nil {
		return b, err
	}
	indicators, err := cachedBoardIndicators(ctx, r, s.year.Year)
	if err != nil {
		return b, err
	}
	figures, err := s.figures(ctx, r, indicators)
	if err != nil {
		return b, err
	}
	b.Areas, b.Summary = progress.Arrange(areas, figures), progress.Summarize(figures)
	said, err := s.cachedExplanations(ctx, r)
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
		return b, nil // budget and score belong to the whole office
	}
	lines, err := cachedBudget(ctx, r, s.year.Year)
	if err != nil {
		return b, err
	}
	b.Budget = progress.Execute(lines, s.asOf, s.rules)
	b.Alarm = progress.LatestAlarm(lines, s.asOf, s.rules)
	b.Score, err = s.score(ctx, r, b, figures, lines)
	return b, err
}
