package app

import (
	"context"
	"fmt"
	"slices"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// BringPackage keeps a package that came from below, so that somebody can look at it: nothing counts by that. The same
// content again is the package that is there. Refusals: those of [handup.Open]; Forbidden; Invalid package_elsewhere if
// it is for another office, package_unit_unknown, package_unit_silent if no unit hands up as the one it names,
// or for a year that is not kept here.
func (a *App) BringPackage(ctx context.Context, actor kpi.Actor, file []byte) (kpi.TakenPackage, error) {
	if err := actor.MayBring(); err != nil {
		return kpi.TakenPackage{}, err
	}
	sealed, err := handup.Open(file)
	if err != nil {
		return kpi.TakenPackage{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.TakenPackage, error) { return a.bring(ctx, w, actor, sealed) })
}

func (a *App) bring(ctx context.Context, w *store.Writer, actor kpi.Actor, s handup.Sealed) (kpi.TakenPackage, error) {
	p := s.Package
	unit, err := a.unitOfPackage(ctx, w, actor, p)
	if err != nil {
		return kpi.TakenPackage{}, err
	}
	was, err := w.TakenBefore(ctx, s.SHA256)
	if err == nil || !isRefusal(err, kpi.NotFound) {
		return was, err
	}
	if _, err := w.Year(ctx, p.Year); err != nil {
		return was, asField("package", err)
	}
	brought := kpi.TakenPackage{Unit: unit.ID, Year: p.Year, Number: p.Version, First: p.First, Last: p.Last,
		SHA256: s.SHA256, Key: s.Key, State: kpi.PackageWaiting, By: actor.Name, At: a.stamp()}
	if brought.ID, err = w.InsertTakenPackage(ctx, brought, s.File); err != nil {
		return brought, err
	}
	w.About(unit.ID)
	return brought, a.audit(ctx, w, actor, "package.bring", takenSubject(brought.ID), toldPackage(unit, p, brought))
}

// unitOfPackage returns which unit a package is of.
func (a *App) unitOfPackage(ctx context.Context, w *store.Writer, actor kpi.Actor, p handup.Package) (unit kpi.Unit,
	err error) {
	own, err := handupOffice(ctx, &w.Reader)
	if err != nil {
		return unit, err
	}
	if p.To.Office.ID != own.ID {
		return unit, kpi.Refuse(kpi.Invalid, "package_elsewhere", p.To.Office.Names(), own.Names())
	}
	unit, err = w.Unit(ctx, p.To.Unit.Code)
	if isRefusal(err, kpi.NotFound) {
		return unit, kpi.Refuse(kpi.Invalid, "package_unit_unknown", p.Office.Names(), p.To.Unit.Code)
	} else if err != nil {
		return unit, err
	}
	lineage, err := w.Lineage(ctx, unit.ID)
	if err != nil {
		return unit, err
	}
	if err := actor.MayLog(lineage); err != nil {
		return unit, err
	}
	reports, _, err := reporting(ctx, &w.Reader)
	if err == nil && !slices.ContainsFunc(reports, func(u kpi.Unit) bool { return u.ID == unit.ID }) {
		err = kpi.Refuse(kpi.Invalid, "package_unit_silent", unit.Names())
	}
	return unit, err
}

func takenSubject(id kpi.PackageID) string { return fmt.Sprintf("package %d", id) }

// toldPackage is what the audit log says of a package: its file is held by digest beside it.
func toldPackage(unit kpi.Unit, p handup.Package, t kpi.TakenPackage) map[string]any {
	return map[string]any{"unit": unit.Code, "office": p.Office, "year": p.Year, "version": p.Version,
		"months": [2]int{p.First, p.Last}, "sha256": t.SHA256, "key": handup.Print(t.Key)}
}

// DeclinePackage leaves a package that waits for good; it is kept. Refusals: Forbidden, NotFound, Conflict
// package_decided.
func (a *App) DeclinePackage(ctx context.Context, actor kpi.Actor, id kpi.PackageID) error {
	if err := actor.MayTakeIn(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		t, p, err := openTaken(ctx, &w.Reader, id)
		if err != nil {
			return err
		}
		if t.State != kpi.PackageWaiting {
			return kpi.Clash("package_decided")
		}
		if err := w.DecidePackage(ctx, id, kpi.PackageDeclined, actor.Name, a.stamp()); err != nil {
			return err
		}
		unit, err := w.UnitByID(ctx, t.Unit)
		if err != nil {
			return err
		}
		w.About(unit.ID)
		return a.audit(ctx, w, actor, "package.decline", takenSubject(id), toldPackage(unit, p, t))
	})
}

// openTaken reads a package that came from below. One that is not what came is refused.
func openTaken(ctx context.Context, r *store.Reader, id kpi.PackageID) (t kpi.TakenPackage,
	p handup.Package, err error) {
	if t, err = r.TakenPackage(ctx, id); err != nil {
		return t, p, err
	}
	file, err := r.TakenFile(ctx, id)
	if err != nil {
		return t, p, err
	}
	p, ok := handup.Kept(file, t.SHA256)
	if !ok {
		err = kpi.Clash("package_damaged")
	}
	return t, p, err
}
