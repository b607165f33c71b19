package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// StaffingView is what the page and the API show of a year's basic data beside its budget.
type StaffingView struct {
	Year   kpi.YearInfo
	Unit   kpi.Unit // the whole office
	AsOf   kpi.AsOf
	Staff  []kpi.StaffCount // as they were stated
	Costs  []kpi.OfficialCost
	Basic  progress.BasicData
	MaySet bool // the actor may change it and the year is open
}

// Staffing is a year's staff and official costs. Refusals: NotFound, Forbidden, Invalid as_of.
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
		lines, err := knownBudget(ctx, r, q.Year)
		if err != nil {
			return v, err
		}
		if v.Staff, err = r.Staffing(ctx, q.Year); err != nil {
			return v, err
		}
		if v.Costs, err = r.OfficialCosts(ctx, q.Year); err != nil {
			return v, err
		}
		v.Basic, err = basicData(ctx, r, q.Year, progress.Execute(lines, s.asOf, s.rules))
		return v, err
	})
}

// basicData computes what a year's basic data says beside its budget.
func basicData(ctx context.Context, r *store.Reader, y kpi.Year, b progress.Budget) (d progress.BasicData, err error) {
	staff, err := r.Staffing(ctx, y)
	if err != nil {
		return d, err
	}
	costs, err := r.OfficialCosts(ctx, y)
	if err != nil {
		return d, err
	}
	before, err := r.OfficialCosts(ctx, y-1)
	return progress.Basic(staff, costs, before, b), err
}

// StaffingChange is what is set of a year's basic data: each entry in place of the one of its kind.
type StaffingChange struct {
	Staff []kpi.StaffCount
	Costs []kpi.OfficialCost
}

// SetStaffing states staff and official costs of a year; saying the same twice does no harm.
// Refusals: Forbidden, NotFound, Conflict for a closed year, Invalid with every mistake by field.
func (a *App) SetStaffing(ctx context.Context, actor kpi.Actor, y kpi.Year, n StaffingChange) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if err := n.check(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := openYear(ctx, &w.Reader, y); err != nil {
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
