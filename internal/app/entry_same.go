package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// SameEntry returns an entry that repeats u exactly: same unit, indicator, day, value and note,
// approved or submitted. ok is false if there is none.
func (a *App) SameEntry(ctx context.Context, u kpi.Update) (same kpi.Update, ok bool, err error) {
	if u.Level != "" || u.Act != kpi.ActLog {
		return same, false, nil // repeating a judgement adds nothing, and a correction is intended
	}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		log, err := r.FigureUpdates(ctx, u.Dated.Year(), u.Indicator, u.Unit)
		if other := progress.Same(log, u); other != nil {
			same, ok = *other, true
		}
		return err
	})
	return same, ok, err
}
