package store

import (
	"context"

	"dabiao/internal/kpi"
)

// reviewReads are the queries of a page of entries awaiting review.
func reviewReads(ctx context.Context) map[string]func(*Reader) error {
	units, indicators := []kpi.UnitID{1, 2}, []kpi.IndicatorID{1, 2}
	return map[string]func(*Reader) error{
		"FiguresSeries":  func(r *Reader) error { _, err := r.FiguresSeries(ctx, 2026, units, indicators); return err },
		"FiguresTargets": func(r *Reader) error { _, err := r.FiguresTargets(ctx, 2026, units, indicators); return err },
	}
}
