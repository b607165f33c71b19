package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Views lists the actor's saved comparisons and those shared by others.
func (a *App) Views(ctx context.Context, actor kpi.Actor) ([]kpi.View, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.View, error) { return r.Views(ctx, actor.ID) })
}

// SaveView saves a comparison under a name, replacing the actor's own of the same name. Refusals:
// Forbidden for strangers and programs without an account, Invalid name.
func (a *App) SaveView(ctx context.Context, actor kpi.Actor, v kpi.View) error {
	if !actor.Role.Known() || actor.ID == 0 {
		return kpi.Denied("sign_in_first")
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &v.Name))
	m.Merge(v.Check())
	if err := m.Err(); err != nil {
		return err
	}
	v.Account, v.SavedAt = actor.ID, a.stamp()
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := w.SetView(ctx, v); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "view.save", "view "+v.Name, v)
	})
}

// DeleteView deletes a saved comparison: one's own, or for administrators any shared one.
func (a *App) DeleteView(ctx context.Context, actor kpi.Actor, id int64) error {
	return a.db.Write(ctx, func(w *store.Writer) error {
		v, err := w.View(ctx, id)
		if err != nil {
			return err
		}
		if v.Account != actor.ID && (!v.Shared || actor.MayAdminister() != nil) {
			return kpi.Missing("view_not_found", id) // whether it exists is nobody else's business
		}
		if err := w.DeleteView(ctx, id); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "view.delete", fmt.Sprintf("view %d", id), v)
	})
}
