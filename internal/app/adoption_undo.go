package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// UndoAdoption takes back all that was made of an old report, as long as nothing was built on it: entries are
// withdrawn, targets, new areas, units, staff and budget taken out, texts put back, indicators out of use. What was
// read becomes a draft again, so that it can be mended and made anew. The same idempotency key once more undoes
// nothing.
//
// Refusals: Forbidden; NotFound; Conflict key_reused or, in one sentence that says all that was built on it,
// adoption_built.
func (a *App) UndoAdoption(ctx context.Context, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID, reason,
	key string) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	_, err := once(ctx, a, answerKey{actor.Name, key, []any{"undo", y, id}},
		func(w *store.Writer) (kpi.AdoptionID, error) { return id, a.undoAdoption(ctx, w, actor, y, id, reason) },
		func(id kpi.AdoptionID) int64 { return int64(id) },
		func(_ *store.Writer, id int64) (kpi.AdoptionID, error) { return kpi.AdoptionID(id), nil })
	return err
}

func (a *App) undoAdoption(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID,
	reason string) error {
	if err := openYear(ctx, &w.Reader, y); err != nil {
		return err
	}
	adoption, err := w.Adoption(ctx, y, id)
	if err != nil {
		return err
	}
	if err := a.mayUndo(ctx, &w.Reader, adoption); err != nil {
		return err
	}
	made, err := madeOf(adoption)
	if err != nil {
		return err
	}
	if err := a.undo(ctx, w, actor, y, made, reason); err != nil {
		return err
	}
	adoption.State, adoption.Author, adoption.At, adoption.Made = kpi.AdoptionUndone, actor.Name, a.stamp(), ""
	if err := w.SetAdoption(ctx, adoption); err != nil {
		return err
	}
	return a.audit(ctx, w, actor, "plan.adopt_undo", yearSubject(y), made)
}

// mayUndo refuses what can no longer be undone.
func (a *App) mayUndo(ctx context.Context, r *store.Reader, adoption kpi.Adoption) error {
	if adoption.State != kpi.AdoptionMade {
		return kpi.Clash("adoption_not_made")
	}
	y := adoption.Year
	if err := openYear(ctx, r, y); err != nil {
		return err
	}
	made, err := madeOf(adoption)
	if err != nil {
		return err
	}
	return a.builtOn(ctx, r, adoption, made)
}

func madeOf(adoption kpi.Adoption) (made AdoptionMade, err error) {
	if err = json.Unmarshal([]byte(adoption.Made), &made); err != nil {
		err = fmt.Errorf("adoption %d: %w", adoption.ID, err)
	}
	return made, err
}

// MadeOf is what was made of it; zero before.
func (a Adopting) MadeOf() (made AdoptionMade) {
	if a.Made != "" {
		made, _ = madeOf(a.Adoption) //nolint:errcheck // it was read when it was shown to be undone
	}
	return made
}

func (a *App) undo(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year, made AdoptionMade,
	reason string) error {
	for _, id := range made.Entries {
		if _, err := a.withdraw(ctx, w, actor, id, reason, kpi.FromForm); err != nil {
			return err
		}
	}
	for _, id := range made.Targets {
		if err := w.DeleteTarget(ctx, id); err != nil {
			return err
		}
	}
	for _, id := range slices.Concat(made.Indicators, made.Joined) {
		if err := w.DeleteYearIndicator(ctx, y, id); err != nil {
			return err
		}
	}
	for _, id := range made.Indicators {
		if err := w.ArchiveIndicator(ctx, id, a.stamp()); err != nil {
			return err
		}
	}
	for _, id := range made.Areas {
		if err := w.DeleteArea(ctx, id); err != nil {
			return err
		}
	}
	for _, id := range slices.Backward(made.Units) {
		if err := w.DeleteUnit(ctx, id); err != nil {
			return err
		}
	}
	for i, t := range made.Texts {
		t.ID, t.Body, t.Author, t.At = 0, made.Before[i], actor.Name, a.stamp()
		if _, err := w.InsertTextVersion(ctx, t); err != nil {
			return err
		}
	}
	for _, c := range made.Staff {
		if err := w.DeleteStaffing(ctx, y, c.Kind); err != nil {
			return err
		}
	}
	for _, l := range made.Budget {
		if err := w.DeleteBudgetLine(ctx, l); err != nil {
			return err
		}
	}
	return nil
}
