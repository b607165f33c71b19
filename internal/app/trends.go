package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// Trends is a year's board with what stands beside it: the units below by indicator, and the years.
type Trends struct {
	Board progress.Board
	Units progress.Matrix
	Years progress.History
}

// historyYears bounds the years that are held against each other: more do not fit beside each other.
const historyYears = 5

// Trends returns a board, the units directly below it by indicator, and the years up to its own. Refusals:
// those of Board.
func (a *App) Trends(ctx context.Context, actor kpi.Actor, q Query) (Trends, error) {
	return read(ctx, a, func(r *store.Reader) (t Trends, err error) {
		s, err := a.scope(ctx, r, actor, q)
		if err != nil {
			return t, err
		}
		if t.Board, err = s.board(ctx, r); err != nil {
			return t, err
		}
		s.wide = false
		if t.Units, err = s.matrix(ctx, r); err != nil {
			return t, err
		}
		t.Years, err = a.history(ctx, r, actor, q, t.Board)
		return t, err
	})
}

// matrix computes all figures of the units directly below together.
func (s scope) matrix(ctx context.Context, r *store.Reader) (progress.Matrix, error) {
	units, figures, err := s.below(ctx, r)
	return progress.NewMatrix(units, figures), err
}

// below returns the units directly below with all their figures, unit by unit.
func (s scope) below(ctx context.Context, r *store.Reader) ([]kpi.Unit, []progress.Figure, error) {
	units, err := cachedChildren(ctx, r, s.unit.ID)
	if err != nil || len(units) == 0 {
		return nil, nil, err
	}
	of, err := s.family(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	var inputs []progress.Input
	for _, u := range units {
		inputs = append(inputs, of(u)...)
	}
	figures, err := measure(ctx, r, len(inputs), func(i int) (progress.Input, error) { return inputs[i], nil })
	return units, figures, err
}

// history returns the figures of the board's indicators in the years up to its own, each at its end or as of
// today.
func (a *App) history(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query,
	b progress.Board) (h progress.History, err error) {
	years, err := cachedYears(ctx, r)
	if err != nil {
		return h, err
	}
	h.Add(b.Year.Year, b.Figures())
	for _, y := range years { // the latest first
		if y.Year >= b.Year.Year || len(h.Years) == historyYears {
			continue
		}
		s, err := a.scope(ctx, r, actor, Query{Year: y.Year, Unit: q.Unit})
		if err != nil {
			return h, err
		}
		indicators, err := cachedIndicators(ctx, r, y.Year)
		if err != nil {
			return h, err
		}
		figures, err := s.figures(ctx, r, indicators)
		if err != nil {
			return h, err
		}
		h.Add(y.Year, figures)
	}
	return h, nil
}
