package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// EraseEvidence deletes the content of a file for good, in open years and closed ones: one that should not have been
// handed in. Its record stays, with its number, name, size and hash, so that the log and signed reports still agree.
// Refusals: NotFound; Forbidden for all but administrators; Invalid reason_missing, with the record.
func (a *App) EraseEvidence(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID,
	reason string) (kpi.Evidence, error) {
	var file kpi.Evidence
	_, err := a.erase(ctx, actor, reason, func(r *store.Reader) (files []kpi.Evidence, err error) {
		file, err = r.Evidence(ctx, id)
		return []kpi.Evidence{file}, err
	})
	if err != nil {
		return file, err
	}
	return read(ctx, a, func(r *store.Reader) (kpi.Evidence, error) { return r.Evidence(ctx, id) })
}

// EraseYear deletes the content of a closed year's files for good, of the sensitive ones or of all, when the time is
// over for which the office keeps them. It returns how many it erased. Refusals: NotFound; Forbidden for all but
// administrators; Conflict erase_year_open; Invalid reason_missing.
func (a *App) EraseYear(ctx context.Context, actor kpi.Actor, y kpi.Year, onlySensitive bool,
	reason string) (int, error) {
	return a.erase(ctx, actor, reason, func(r *store.Reader) (files []kpi.Evidence, err error) {
		year, err := r.Year(ctx, y)
		if err != nil {
			return nil, err
		}
		if year.State == kpi.YearOpen {
			return nil, kpi.Clash("erase_year_open", int(y))
		}
		all, err := r.YearEvidence(ctx, y)
		for _, f := range all {
			if f.Sensitive || !onlySensitive {
				files = append(files, f)
			}
		}
		return files, err
	})
}

// erase deletes the contents of the files that find returns. The records say so before anything is deleted: a fault in
// between leaves a file that verify names and another try deletes.
func (a *App) erase(ctx context.Context, actor kpi.Actor, reason string,
	find func(*store.Reader) ([]kpi.Evidence, error)) (erased int, err error) {
	if err := actor.MayAdminister(); err != nil {
		return 0, err
	}
	var files []kpi.Evidence
	err = a.db.Write(ctx, func(w *store.Writer) (err error) {
		erased = 0
		if files, err = find(&w.Reader); err != nil {
			return err
		}
		if err := a.evidenceIsHere(ctx, &w.Reader); err != nil {
			return err
		}
		if err := readReason(&reason); err != nil {
			return err
		}
		for _, f := range files {
			if f.Erased() {
				continue
			}
			if err := w.EraseEvidence(ctx, f.ID, a.stamp(), actor.Name, reason); err != nil {
				return err
			}
			const action = "evidence.erase"
			if err := a.auditFile(ctx, w, actor, action, f, "size", f.Size, "reason", reason); err != nil {
				return err
			}
			erased++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		if err := a.removeUnused(ctx, f.SHA256); err != nil {
			return erased, fmt.Errorf("erase evidence %d: %w", f.ID, notErased(f, err))
		}
	}
	return erased, nil
}
