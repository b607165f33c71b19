package app

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// monthLocked is the refusal of a locked month, nil for others.
func monthLocked(err error) *kpi.Error {
	var e *kpi.Error
	if errors.As(err, &e) && e.Text.Key == "month_locked" {
		return e
	}
	return nil
}

// placeHeld refuses a figure of a locked month unless the log says so already, so that nothing of it would
// be logged: the same table again, the program's own export.
func (p *importPlan) placeHeld(ctx context.Context, l *ImportLine, key store.FigureKey) error {
	there, err := p.saysSo(ctx, l, key)
	switch {
	case err != nil:
		return err
	case there:
		l.Same = true
	default:
		l.Figure.Mistakes = nil
		l.refuse(l.held)
		p.bad[l.Row] = true
	}
	return nil
}

// saysSo reports whether the log comes to what a figure says.
func (p *importPlan) saysSo(ctx context.Context, l *ImportLine, key store.FigureKey) (bool, error) {
	month := l.Dated.Period().Month
	if l.Entry != 0 {
		return p.exported(l, key), nil
	}
	if l.Cumulative && l.Indicator.AddsUnits() {
		err := p.placeSum(ctx, l, key)
		return l.Same && len(l.Mistakes) == 0, err
	}
	had := p.had(l, key)
	if !l.Indicator.Kind.Sums() {
		if len(had) > 0 && had[len(had)-1].Quantity.Amount == l.Quantity.Amount && had[len(had)-1].Level == l.Level {
			return true, nil
		}
		if l.Indicator.Kind != kpi.Running || !l.Indicator.AddsUnits() {
			return false, nil
		}
		all, any, err := p.soFar(ctx, key, month)
		return any && all == l.Quantity.Amount, err
	}
	sum := sumOf(had)
	if l.Month && l.Indicator.AddsUnits() {
		below, err := p.below(ctx, key, month)
		if err != nil {
			return false, err
		}
		return sum+below == l.Quantity.Amount && (len(had) > 0 || below != 0), nil
	}
	return len(had) > 0 && sum == l.Quantity.Amount, nil
}
