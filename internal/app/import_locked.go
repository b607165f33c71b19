package app

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// monthLocked returns the refusal of a locked month, nil for others.
func monthLocked(err error) *kpi.Error {
	var e *kpi.Error
	if errors.As(err, &e) && e.Text.Key == "month_locked" {
		return e
	}
	return nil
}

// placeHeld refuses a figure of a locked month unless the log says so already, so that nothing of it would
// be logged: the same table again, the program's own export.
func (p *importPlan) placeHeld(ctx context.Context, f *ImportFigure, key store.FigureKey) error {
	there, err := p.saysSo(ctx, f, key)
	switch {
	case err != nil:
		return err
	case there:
		f.Same = true
	default:
		f.Figure.Mistakes = nil
		f.refuse(f.held)
		p.bad[f.Row] = true
	}
	return nil
}

// saysSo reports whether the log already adds up to a figure.
func (p *importPlan) saysSo(ctx context.Context, f *ImportFigure, key store.FigureKey) (bool, error) {
	month := f.Dated.Period().Month
	if f.Entry != 0 {
		return p.exported(f, key), nil
	}
	if f.Cumulative && f.Indicator.AddsUnits() {
		err := p.placeSum(ctx, f, key)
		return f.Same && len(f.Mistakes) == 0, err
	}
	had := p.had(f, key)
	if !f.Indicator.Kind.Sums() {
		if len(had) > 0 && had[len(had)-1].Quantity.Amount == f.Quantity.Amount && had[len(had)-1].Level == f.Level {
			return true, nil
		}
		if f.Indicator.Kind != kpi.Running || !f.Indicator.AddsUnits() {
			return false, nil
		}
		all, any, err := p.soFar(ctx, key, month)
		return any && all == f.Quantity.Amount, err
	}
	sum := sumOf(had)
	if f.Month && f.Indicator.AddsUnits() {
		below, err := p.below(ctx, key, month)
		if err != nil {
			return false, err
		}
		return sum+below == f.Quantity.Amount && (len(had) > 0 || below != 0), nil
	}
	return len(had) > 0 && sum == f.Quantity.Amount, nil
}
