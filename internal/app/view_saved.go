package app

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Views lists the actor's saved comparisons and those shared by others, without what others compare of units that the
// actor may not read.
func (a *App) Views(ctx context.Context, actor kpi.Actor) ([]kpi.View, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.View, error) {
		views, err := r.Views(ctx, actor.ID)
		if err != nil || actor.Unit == 0 {
			return views, err
		}
		units, err := r.Units(ctx)
		if err != nil {
			return nil, err
		}
		foreign := map[string]bool{}
		for _, u := range units {
			foreign[u.Code] = true
		}
		for _, u := range below(units, actor.Unit) {
			delete(foreign, u.Code)
		}
		return slices.DeleteFunc(views, func(v kpi.View) bool {
			return v.Account != actor.ID && queryHas(v.Query, foreign)
		}), nil
	})
}

// queryHas reports whether a query has one of some values. One that cannot be read may have any.
func queryHas(query string, values map[string]bool) bool {
	read, err := url.ParseQuery(query)
	if err != nil {
		return true
	}
	for _, all := range read {
		if slices.ContainsFunc(all, func(v string) bool { return values[v] }) {
			return true
		}
	}
	return false
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
