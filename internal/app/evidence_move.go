package app

import (
	"context"
	"fmt"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// MovedEvidence is what came of moving the contents of evidence.
type MovedEvidence struct {
	Files int      // that are in the new place
	Lacks []string // hashes of those that were missing or altered, and stay as they are
}

// MoveEvidence puts the contents of all evidence in another store and notes that they lie there from then on, in one
// step with all that is attached until then; remove removes them from where they were. Reading and attaching goes on
// meanwhile; servers that look at the former place are told so afterwards. Refusals: Conflict evidence_elsewhere,
// evidence_there, evidence_others.
func (a *App) MoveEvidence(ctx context.Context, to blob.Files, remove bool) (m MovedEvidence, err error) {
	if to.Place() == a.files.Place() {
		return m, kpi.Clash("evidence_there", to.Place())
	}
	if err := a.claim(ctx, to); err != nil {
		return m, err
	}
	carried := map[string]bool{}
	var held []string
	for noted := false; !noted; {
		noted, err = write(ctx, a, func(w *store.Writer) (bool, error) {
			if err := a.evidenceIsHere(ctx, &w.Reader); err != nil {
				return false, err
			}
			if held, err = w.EvidenceHeld(ctx); err != nil {
				return false, err
			}
			for _, sum := range held {
				if !carried[sum] {
					return false, nil
				}
			}
			if err := w.SetSetting(ctx, evidencePlaceSetting, to.Place()); err != nil {
				return false, err
			}
			return true, a.audit(ctx, w, kpi.Operator, "evidence.move", "evidence", map[string]any{
				"from": a.files.Place(), "to": to.Place(), "files": len(held), "lacks": len(m.Lacks)})
		})
		if err != nil || noted {
			break
		}
		var left []string
		for _, sum := range held {
			if !carried[sum] {
				left, carried[sum] = append(left, sum), true
			}
		}
		lacks, err := a.files.CarryTo(ctx, to, left)
		if m.Lacks = append(m.Lacks, lacks...); err != nil {
			return m, err
		}
	}
	if err != nil {
		return m, err
	}
	m.Files = len(held) - len(m.Lacks)
	return m, a.clearUp(ctx, to, held, carried, m.Lacks, remove)
}

// clearUp removes from the new place what was erased meanwhile, and from the former one what is in the new one if that
// is wanted.
func (a *App) clearUp(ctx context.Context, to blob.Files, held []string, carried map[string]bool, lacks []string,
	remove bool) error {
	for _, sum := range lacks {
		delete(carried, sum)
	}
	for _, sum := range held {
		if remove && carried[sum] {
			if err := a.files.Remove(ctx, sum); err != nil {
				return fmt.Errorf("remove what was moved: %w", err)
			}
		}
		delete(carried, sum)
	}
	for sum := range carried {
		if err := to.Remove(ctx, sum); err != nil {
			return fmt.Errorf("remove what was erased meanwhile: %w", err)
		}
	}
	return nil
}
