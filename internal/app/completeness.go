package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// Completeness reports which of the units directly below a unit have logged what was due. If q names no
// unit, it is the actor's own or the root. What villages log counts for their township. Refusals:
// NotFound, Forbidden.
func (a *App) Completeness(ctx context.Context, actor kpi.Actor, q Query) (progress.Completeness, error) {
	return read(ctx, a, func(r *store.Reader) (c progress.Completeness, err error) {
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return c, err
		}
		c = progress.Completeness{Year: s.year, Unit: s.unit, Today: a.Today(), DueDay: s.rules.DueDay}
		units, err := r.Children(ctx, s.unit.ID)
		if err != nil {
			return c, err
		}
		input, err := s.family(ctx, r)
		if err != nil {
			return c, err
		}
		waiting, err := s.waiting(ctx, r)
		if err != nil {
			return c, err
		}
		for _, u := range units {
			c.Units = append(c.Units, progress.CompletenessOf(u, input(u), c.Today, func(i kpi.IndicatorID, month int) bool {
				return waiting[store.WaitingFigure{Unit: u.ID, Indicator: i, Month: month}]
			}))
		}
		return c, nil
	})
}

// family returns a function that gives, for each unit directly below the scope's, the inputs of its
// figures.
func (s scope) family(ctx context.Context, r *store.Reader) (func(kpi.Unit) []progress.Input, error) {
	indicators, err := loggable(ctx, r, s.year.Year)
	if err != nil {
		return nil, err
	}
	series, err := r.FamilySeries(ctx, s.year.Year, s.unit.ID)
	if err != nil {
		return nil, err
	}
	last, err := r.FamilySeries(ctx, s.year.Year-1, s.unit.ID)
	if err != nil {
		return nil, err
	}
	history, err := r.FamilyTargets(ctx, s.year.Year, s.unit.ID)
	if err != nil {
		return nil, err
	}
	targets := heldIn(s, history, func(t kpi.Target) store.FigureKey {
		return store.FigureKey{Unit: t.Unit, Indicator: t.Indicator}
	})
	return func(u kpi.Unit) []progress.Input {
		out := make([]progress.Input, len(indicators))
		for i, ind := range indicators {
			key := store.FigureKey{Unit: u.ID, Indicator: ind.ID}
			out[i] = s.input(ind, u, targets[key])
			out[i].Series, out[i].Last.Series = series[key], last[key]
		}
		return out
	}, nil
}

// waiting returns the figures with entries awaiting review, at their units and all units above.
func (s scope) waiting(ctx context.Context, r *store.Reader) (map[store.WaitingFigure]bool, error) {
	found, err := r.WaitingFigures(ctx, s.year.Year)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	tree, err := r.Tree(ctx)
	out := map[store.WaitingFigure]bool{}
	for _, f := range found {
		for _, u := range tree.Lineage(f.Unit, kpi.Period{Year: s.year.Year, Month: f.Month}.Start()) {
			f.Unit = u
			out[f] = true
		}
	}
	return out, err
}

// Reminders returns what reminder letters and the bulletin are made from; callers set the language.
// Refusals: those of Completeness, Forbidden for reporters, and Conflict for a closed year, which nobody is
// reminded of.
func (a *App) Reminders(ctx context.Context, actor kpi.Actor, q Query) (report.Reminders, error) {
	if err := actor.MayReport(); err != nil {
		return report.Reminders{}, err
	}
	c, err := a.Completeness(ctx, actor, q)
	if err != nil {
		return report.Reminders{}, err
	}
	if c.Year.State == kpi.YearClosed {
		return report.Reminders{}, kpi.Clash("letter_year_closed", int(c.Year.Year))
	}
	return read(ctx, a, func(r *store.Reader) (out report.Reminders, err error) {
		o, err := office(ctx, r)
		if err != nil {
			return out, err
		}
		out = report.Reminders{Office: report.Office{Name: o.Name, NameEn: o.NameEn}, Completeness: c}
		out.Cover, err = coverOf(ctx, r, c.Year.Year)
		return out, err
	})
}
