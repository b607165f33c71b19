package app

import (
	"context"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// AdoptedUnits are the units an old report names: those that are there already, and those to be made.
type AdoptedUnits struct{ New, Known []intake.OldUnit }

// unitsOf compares units with those there are, by name: a village below its township, a township anywhere.
func unitsOf(ctx context.Context, r *store.Reader, read []intake.OldUnit) (out AdoptedUnits, err error) {
	if len(read) == 0 {
		return out, nil
	}
	units, err := r.Units(ctx)
	if err != nil {
		return out, err
	}
	names := map[kpi.UnitID]string{}
	for _, u := range units {
		names[u.ID] = intake.PlainName(u.Name)
	}
	for _, read := range read {
		known := slices.ContainsFunc(units, func(u kpi.Unit) bool {
			return names[u.ID] == intake.PlainName(read.Name) &&
				(read.Parent == "" || names[u.Parent] == intake.PlainName(read.Parent))
		})
		if known {
			out.Known = append(out.Known, read)
		} else {
			out.New = append(out.New, read)
		}
	}
	return out, nil
}

// adoptUnits makes the units that are not there yet, below the office or the unit that is named. Only who may
// administer makes units: for others they are left out.
func (a *App) adoptUnits(ctx context.Context, w *store.Writer, actor kpi.Actor, b AdoptionBody,
	made *AdoptionMade) error {
	if b.NoUnits || len(b.Units) == 0 || actor.MayAdminister() != nil {
		return nil
	}
	read, err := unitsOf(ctx, &w.Reader, b.Units)
	if err != nil || len(read.New) == 0 {
		return err
	}
	root, err := w.Root(ctx)
	if err != nil {
		return err
	}
	units, err := w.Units(ctx)
	if err != nil {
		return err
	}
	codes, byName := map[string]bool{}, map[string]string{}
	for _, u := range units {
		codes[u.Code], byName[intake.PlainName(u.Name)] = true, u.Code
	}
	var order []NewUnit
	for _, u := range read.New {
		n := NewUnit{Code: FreshCode("unit", codes), Name: u.Name, Parent: root.Code}
		if parent := byName[intake.PlainName(u.Parent)]; u.Parent != "" && parent != "" {
			n.Parent = parent
		}
		codes[n.Code] = true
		if u.Parent == "" {
			byName[intake.PlainName(u.Name)] = n.Code
		}
		order = append(order, n)
	}
	if err := a.insertUnits(ctx, w, actor, units, order); err != nil {
		return err
	}
	for _, n := range order {
		u, err := w.Unit(ctx, n.Code)
		if err != nil {
			return err
		}
		made.Units = append(made.Units, u.ID)
	}
	return nil
}
