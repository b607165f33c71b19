package app

import (
	"context"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// PackageResult is what came of a package.
type PackageResult struct {
	Package                      kpi.TakenPackage
	Unit                         kpi.Unit
	Logged, Corrected, Withdrawn int
	Questions                    []PackageQuestion // why it waits
}

// TakePackage takes a package in, all of it or nothing: its figures become entries of the unit's log, changed ones
// correct the entries of the package before, and those that are no more withdraw them. One that was taken already
// changes nothing. Refusals: Forbidden, NotFound; Conflict package_decided if it was declined; Conflict
// package_refused or Invalid package_questions with every sentence as a field.
func (a *App) TakePackage(ctx context.Context, actor kpi.Actor, id kpi.PackageID,
	n PackageAnswers) (PackageResult, error) {
	if err := actor.MayTakeIn(); err != nil {
		return PackageResult{}, err
	}
	return write(ctx, a, func(w *store.Writer) (out PackageResult, err error) {
		t, p, err := openTaken(ctx, &w.Reader, id)
		if err != nil {
			return out, err
		}
		if t.State == kpi.PackageDeclined {
			return out, kpi.Clash("package_decided")
		}
		out, err = a.takePackage(ctx, w, actor, t, p, n)
		if err == nil && len(out.Questions) > 0 {
			err = questionsRefusal(out.Questions)
		}
		return out, err
	})
}

// PushPackage is what a program below does: it brings a package and takes it in, unless something is asked about it.
// Then it waits for somebody here. What would be refused is not kept. Refusals: those of BringPackage and TakePackage.
func (a *App) PushPackage(ctx context.Context, actor kpi.Actor, file []byte) (PackageResult, error) {
	if err := actor.MayBring(); err != nil {
		return PackageResult{}, err
	}
	sealed, err := handup.Open(file)
	if err != nil {
		return PackageResult{}, err
	}
	return write(ctx, a, func(w *store.Writer) (out PackageResult, err error) {
		t, err := a.bring(ctx, w, actor, sealed)
		if err != nil {
			return out, err
		}
		if t.State != kpi.PackageWaiting {
			out.Package = t
			out.Unit, err = w.UnitByID(ctx, t.Unit)
			return out, err
		}
		return a.takePackage(ctx, w, actor, t, sealed.Package, PackageAnswers{})
	})
}

func questionsRefusal(open []PackageQuestion) error {
	var m kpi.Mistakes
	for _, q := range open {
		m.Add(q.Kind, q.Text.Key, q.Text.Args...)
	}
	return m.Err()
}

// takePackage carries a plan out. It does nothing while a question is open, and says so.
func (a *App) takePackage(ctx context.Context, w *store.Writer, actor kpi.Actor, t kpi.TakenPackage, p handup.Package,
	n PackageAnswers) (out PackageResult, err error) {
	out.Package = t
	plan, err := a.planPackage(ctx, &w.Reader, actor, t, p, n)
	out.Unit = plan.Unit
	if err != nil || t.State == kpi.PackageTaken {
		return out, err
	}
	if len(plan.Refused) > 0 {
		refusal := &kpi.Error{Code: kpi.Conflict, Text: plan.Refused[0]}
		for _, text := range plan.Refused {
			refusal.Fields = append(refusal.Fields, kpi.Field{Name: "package", Text: text})
		}
		return out, refusal
	}
	if out.Questions = plan.open(n); len(out.Questions) > 0 {
		return out, nil
	}
	if err := a.writePackage(ctx, w, actor, plan, &out); err != nil {
		return out, err
	}
	out.Package.State, out.Package.DecidedBy, out.Package.DecidedAt = kpi.PackageTaken, actor.Name, a.stamp()
	if err := w.DecidePackage(ctx, t.ID, kpi.PackageTaken, actor.Name, out.Package.DecidedAt); err != nil {
		return out, err
	}
	err = w.SetPackageKey(ctx, kpi.PackageKey{Unit: t.Unit, Office: p.Office.ID, Key: t.Key, By: actor.Name,
		At: out.Package.DecidedAt})
	if err != nil {
		return out, err
	}
	detail := toldPackage(plan.Unit, p, t)
	detail["logged"], detail["corrected"], detail["withdrawn"] = out.Logged, out.Corrected, out.Withdrawn
	w.About(plan.Unit.ID)
	return out, a.audit(ctx, w, actor, "package.take", takenSubject(t.ID), detail)
}

// writePackage writes the entries.
func (a *App) writePackage(ctx context.Context, w *store.Writer, actor kpi.Actor, plan PackagePlan,
	out *PackageResult) error {
	var made []kpi.UpdateID
	var entries []kpi.Update
	for _, s := range plan.steps {
		switch {
		case s.withdraw:
			if _, err := a.withdraw(ctx, w, actor, s.entry.ID, plan.reason(), kpi.FromImport); err != nil {
				return err
			}
			out.Withdrawn++
		case s.entry.ID != 0:
			u, err := a.correct(ctx, w, actor, s.entry.ID, s.update, plan.reason())
			if err != nil {
				return err
			}
			made = append(made, u.ID)
			out.Corrected++
		default:
			u, err := plan.bulk.entry(s.update)
			if err != nil {
				return err
			}
			entries = append(entries, u)
			out.Logged++
		}
	}
	if err := plan.bulk.add(ctx, w, entries); err != nil {
		return err
	}
	for _, u := range entries {
		made = append(made, u.ID)
	}
	return w.InsertPackageEntries(ctx, plan.Taken.ID, made)
}
