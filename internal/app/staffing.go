package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// StaffingView is a year's basic data besides its budget, as the page and the API show it.
type StaffingView struct {
	Year   kpi.YearInfo
	Unit   kpi.Unit // the whole office
	AsOf   kpi.AsOf
	Staff  []kpi.StaffCount // as stated
	Costs  []kpi.OfficialCost
	Basic  progress.BasicData
	MaySet bool // the actor may change it, and the year is open
}

// Staffing returns a year's staff and official costs. Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Staffing(ctx context.Context, actor kpi.Actor, q Query) (StaffingView, error) {
	if err := actor.MayReport(); err != nil {
		return StaffingView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v StaffingView, err error) {
		s, err := a.rootScope(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		v.Year, v.Unit, v.AsOf = s.year, s.unit, s.asOf
		v.MaySet = s.year.State == kpi.YearOpen && actor.MayPlan() == nil
		lines, err := cachedBudget(ctx, r, q.Year)
		if err != nil {
			return v, err
		}
		stated, err := readBasics(ctx, r, q.Year)
		v.Staff, v.Costs = stated.staff, stated.costs
		v.Basic = stated.beside(progress.Execute(lines, s.asOf, s.rules))
		return v, err
	})
}

// basics are a year's staff and official costs as stated, and the previous year's costs.
type basics struct {
	staff         []kpi.StaffCount
	costs, before []kpi.OfficialCost
}

func readBasics(ctx context.Context, r *store.Reader, y kpi.Year) (b basics, err error) {
	if b.staff, err = r.Staffing(ctx, y); err != nil {
		return b, err
	}
	if b.costs, err = r.OfficialCosts(ctx, y); err != nil {
		return b, err
	}
	b.before, err = r.OfficialCosts(ctx, y-1)
	return b, err
}

// beside returns the basic data computed for the year's budget.
func (b basics) beside(budget progress.Budget) progress.BasicData {
	return progress.Basic(b.staff, b.costs, b.before, budget)
}

// StaffingChange is a change to a year's basic data: each entry replaces the one of its kind.
type StaffingChange struct {
	Staff []kpi.StaffCount
	Costs []kpi.OfficialCost
}

// SetStaffing stores a year's staff and official costs; repeating it does no harm. Refusals: Forbidden,
// NotFound, Conflict for a closed year, Invalid with every mistake by field.
func (a *App) SetStaffing(ctx context.Context, actor kpi.Actor, y kpi.Year, n StaffingChange) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if err := n.check(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		for _, c := range n.Staff {
			if err := w.SetStaffing(ctx, y, c); err != nil {
				return err
			}
		}
		for _, c := range n.Costs {
			if err := w.SetOfficialCost(ctx, y, c); err != nil {
				return err
			}
		}
		return a.audit(ctx, w, actor, "staffing.set", yearSubject(y), n)
	})
}

func (n StaffingChange) check() error {
	var m kpi.Mistakes
	staff, costs := map[kpi.StaffKind]bool{}, map[kpi.OfficialKind]bool{}
	for _, c := range n.Staff {
		m.Merge(c.Check())
		if staff[c.Kind] {
			m.Add("staff", "staffing_twice", string(c.Kind))
		}
		staff[c.Kind] = true
	}
	for _, c := range n.Costs {
		m.Merge(c.Check())
		if costs[c.Kind] {
			m.Add("costs", "staffing_twice", string(c.Kind))
		}
		costs[c.Kind] = true
	}
	return m.Err()
}
