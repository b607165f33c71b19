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
// withdrawn, targets, new areas, staff and budget taken out, texts put back, indicators out of use. What was read
// becomes a draft again, so that it can be mended and made anew.
//
// Refusals: Forbidden; NotFound; Conflict, in one sentence that says what was built on it.
func (a *App) UndoAdoption(ctx context.Context, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID, reason string) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
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
	})
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
	for _, check := range []func(context.Context, *store.Reader, kpi.Year, AdoptionMade) error{undoJudged,
		undoEntries, undoTargets, undoTexts, undoMoney} {
		if err := check(ctx, r, y, made); err != nil {
			return err
		}
	}
	return nil
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

// undoJudged refuses when the year's report has been signed, or somebody has scored one of the indicators.
func undoJudged(ctx context.Context, r *store.Reader, y kpi.Year, made AdoptionMade) error {
	signings, err := r.ReportSignings(ctx, y)
	if err != nil {
		return err
	}
	if len(signings) > 0 {
		return kpi.Clash("adoption_built_signing", int(y))
	}
	scores, err := r.Scores(ctx, y)
	if err != nil {
		return err
	}
	for _, s := range scores {
		if !slices.Contains(made.Indicators, s.Indicator) {
			continue
		}
		ind, err := r.IndicatorByID(ctx, s.Indicator)
		if err != nil {
			return err
		}
		return kpi.Clash("adoption_built_score", ind.Names())
	}
	return nil
}

// undoEntries refuses when somebody has logged, corrected or proved something of the indicators since.
func undoEntries(ctx context.Context, r *store.Reader, y kpi.Year, made AdoptionMade) error {
	locks, err := cachedLocks(ctx, r, y)
	if err != nil {
		return err
	}
	for _, id := range slices.Concat(made.Indicators, made.Joined) {
		ind, err := r.IndicatorByID(ctx, id)
		if err != nil {
			return err
		}
		var later error
		err = r.EachUpdate(ctx, y, id, func(u kpi.Update) {
			switch {
			case later != nil:
			case len(made.Entries) > 0 && u.ID < made.Entries[0]: // from before, withdrawn or not
			case !slices.Contains(made.Entries, u.ID):
				later = kpi.Clash("adoption_built_entry", ind.Names())
			default:
				later = locks.CheckOpen(u.Dated)
			}
		})
		if err = firstError(err, later); err != nil {
			return err
		}
	}
	files, err := r.EvidenceOf(ctx, made.Entries)
	if err == nil && len(files) > 0 {
		err = kpi.Clash("adoption_built_evidence", len(files))
	}
	return err
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// undoTargets refuses when a target was revised or given out since.
func undoTargets(ctx context.Context, r *store.Reader, y kpi.Year, made AdoptionMade) error {
	for _, id := range slices.Concat(made.Indicators, made.Joined) {
		targets, err := r.IndicatorTargets(ctx, y, id)
		if err != nil {
			return err
		}
		for _, t := range targets {
			if !slices.Contains(made.Targets, t.ID) && len(made.Targets) > 0 && t.ID > made.Targets[0] {
				ind, err := r.IndicatorByID(ctx, id)
				return firstError(err, kpi.Clash("adoption_built_target", ind.Names()))
			}
		}
	}
	return nil
}

// undoTexts refuses when somebody has gone on writing.
func undoTexts(ctx context.Context, r *store.Reader, _ kpi.Year, made AdoptionMade) error {
	for _, t := range made.Texts {
		latest, err := r.TextVersions(ctx, t.TextPlace, 1)
		if err != nil {
			return err
		}
		if len(latest) > 0 && latest[0].ID != t.ID {
			return kpi.Clash("adoption_built_text", latest[0].Author)
		}
	}
	return nil
}

// undoMoney refuses when staff or budget say something else by now.
func undoMoney(ctx context.Context, r *store.Reader, y kpi.Year, made AdoptionMade) error {
	same := func(a, b any) bool {
		x, err := json.Marshal(a)
		z, other := json.Marshal(b)
		return err == nil && other == nil && string(x) == string(z)
	}
	staff, err := r.Staffing(ctx, y)
	if err != nil {
		return err
	}
	for _, c := range made.Staff {
		if !slices.ContainsFunc(staff, func(now kpi.StaffCount) bool { return same(now, c) }) {
			return kpi.Clash("adoption_built_staff")
		}
	}
	lines, err := r.BudgetLines(ctx, y)
	if err != nil {
		return err
	}
	for _, l := range made.Budget {
		if !slices.ContainsFunc(lines, func(now kpi.BudgetLine) bool { return same(now, l) }) {
			return kpi.Clash("adoption_built_budget")
		}
	}
	return nil
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
