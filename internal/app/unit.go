package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewUnit is a unit to be added; Parent is a code, empty for the root.
type NewUnit struct {
	Code, Name, NameEn, Parent string
}

// Units lists the units the actor may read, siblings in their order.
func (a *App) Units(ctx context.Context, actor kpi.Actor) ([]kpi.Unit, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.Unit, error) {
		units, err := r.Units(ctx)
		if err != nil || actor.Unit == 0 {
			return units, err
		}
		return below(units, actor.Unit), nil
	})
}

// below returns top and everything under it.
func below(units []kpi.Unit, top kpi.UnitID) []kpi.Unit {
	inside := map[kpi.UnitID]bool{top: true}
	for grown := true; grown; {
		grown = false
		for _, u := range units {
			if inside[u.Parent] && !inside[u.ID] {
				inside[u.ID], grown = true, true
			}
		}
	}
	var out []kpi.Unit
	for _, u := range units {
		if inside[u.ID] {
			out = append(out, u)
		}
	}
	return out
}

// CreateUnit adds a unit to the tree. Refusals: Forbidden; Invalid code, name, parent.
func (a *App) CreateUnit(ctx context.Context, actor kpi.Actor, n NewUnit) (kpi.Unit, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.Unit{}, err
	}
	trim(&n.Code, &n.Parent)
	return write(ctx, a, func(w *store.Writer) (kpi.Unit, error) { return a.createUnit(ctx, w, actor, n) })
}

func (a *App) createUnit(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewUnit) (kpi.Unit, error) {
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &n.Name), oneLine("name_en", &n.NameEn))
	u := kpi.Unit{Code: n.Code, Name: n.Name, NameEn: n.NameEn, AddedAt: a.stamp()}
	m.Check("code", u.Check())
	if n.Parent != "" {
		parent, err := w.Unit(ctx, n.Parent)
		if err = asField("parent", err); !m.Check("parent", err) && !isRefusal(err, kpi.Invalid) {
			return u, err
		}
		u.Parent = parent.ID
	} else if _, err := w.Root(ctx); err == nil {
		m.Add("parent", "parent_missing")
	}
	if _, err := w.Unit(ctx, n.Code); err == nil {
		m.Add("code", "code_exists", n.Code)
	}
	siblings, err := w.Children(ctx, u.Parent)
	if err != nil {
		return u, err
	}
	checkUnitName(&m, siblings, u)
	if err := m.Err(); err != nil {
		return u, err
	}
	u.Sort = len(siblings) + 1
	if u.ID, err = w.InsertUnit(ctx, u); err != nil {
		return u, err
	}
	return u, a.audit(ctx, w, actor, "unit.create", "unit "+u.Code, n)
}
