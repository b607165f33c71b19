package app

import (
	"context"

	"dabiao/internal/kpi"
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
		if other := sameEntry(log, u); other != nil {
			same, ok = *other, true
		}
		return err
	})
	return same, ok, err
}

// sameEntry returns the latest entry of a figure's log that repeats u, or nil.
func sameEntry(log []kpi.Update, u kpi.Update) (same *kpi.Update) {
	for i, other := range log {
		stands := other.AnsweredBy == 0 && other.Act != kpi.ActWithdraw &&
			(other.State == kpi.StateApproved || other.State == kpi.StateSubmitted)
		if stands && other.ID != u.ID && other.Dated == u.Dated && other.Quantity.Amount == u.Quantity.Amount &&
			other.Quantity.Precision == u.Quantity.Precision && other.Note == u.Note {
			same = &log[i]
		}
	}
	return same
}
