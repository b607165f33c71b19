package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// SetBudget keeps lines of a year's budget in place of earlier ones with the same fund and nature.
// Refusals: Forbidden, NotFound, Conflict for a closed year, Invalid by field.
func (a *App) SetBudget(ctx context.Context, actor kpi.Actor, y kpi.Year, lines []kpi.BudgetLine) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		for _, l := range lines {
			l.Year = y
			if err := l.Check(); err != nil {
				return err
			}
			if err := w.SetBudgetLine(ctx, l); err != nil {
				return err
			}
		}
		return a.audit(ctx, w, actor, "budget.set", yearSubject(y), lines)
	})
}
