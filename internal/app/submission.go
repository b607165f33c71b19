package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// SubmitUpdate submits a draft, or resubmits a returned entry; only its author may. Without review it
// is approved at once. Refusals: NotFound; Forbidden; Conflict if it is neither, has been answered, or
// lies in a closed year or locked month.
func (a *App) SubmitUpdate(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, key string) (kpi.Update, error) {
	return a.once(ctx, actor, key, []any{"submit", id}, func(w *store.Writer) (kpi.Update, error) {
		u, err := w.Update(ctx, id)
		if err != nil {
			return u, err
		}
		rule, err := cachedReviewRule(ctx, &w.Reader)
		if err != nil {
			return u, err
		}
		if err := a.maySubmit(ctx, &w.Reader, actor, u); err != nil {
			return u, err
		}
		step := kpi.Review{Update: id, Act: kpi.ReviewSubmit, State: rule.Enters(), By: actor.Name, At: a.stamp()}
		if _, err := a.step(ctx, w, u, step); err != nil {
			return u, err
		}
		u.State = step.State
		return u, a.audit(ctx, w, actor, "review.submit", updatesSubject([]kpi.UpdateID{id}),
			map[string]any{"updates": []kpi.UpdateID{id}})
	})
}

func (a *App) maySubmit(ctx context.Context, r *store.Reader, actor kpi.Actor, u kpi.Update) error {
	lineage, err := r.Lineage(ctx, u.Unit)
	if err != nil {
		return err
	}
	if err := actor.MayLog(lineage); err != nil {
		return err
	}
	switch {
	case u.Author != actor.Name:
		return kpi.Denied("submit_not_yours", int64(u.ID))
	case u.AnsweredBy != 0:
		return kpi.Clash("review_answered", int64(u.ID))
	case u.State != kpi.StateDraft && u.State != kpi.StateReturned:
		return kpi.Clash("submit_twice", int64(u.ID))
	}
	return a.checkFactOpen(ctx, r, u)
}
