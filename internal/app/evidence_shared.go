package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// EvidenceElsewhere returns, for each file, the other entries to which an identical file is attached,
// among those the actor may read. The entry that the file's own entry answers, and its direct
// answers, do not count.
func (a *App) EvidenceElsewhere(ctx context.Context, actor kpi.Actor,
	files []kpi.Evidence) (map[kpi.EvidenceID][]kpi.UpdateID, error) {
	out := map[kpi.EvidenceID][]kpi.UpdateID{}
	if len(files) == 0 {
		return out, nil
	}
	return out, a.db.Read(ctx, func(r *store.Reader) error {
		all, err := r.EvidenceWith(ctx, files)
		if err != nil || len(all) == len(files) {
			return err
		}
		entries := map[kpi.UpdateID]kpi.Update{}
		may := map[kpi.UnitID]bool{}
		for _, e := range all {
			entries[e.Update] = kpi.Update{}
			if _, known := may[e.Unit]; !known {
				lineage, err := r.Lineage(ctx, e.Unit)
				if err != nil {
					return err
				}
				may[e.Unit] = actor.MayRead(lineage) == nil
			}
		}
		if entries, err = r.UpdatesByID(ctx, keysOf(entries)); err != nil {
			return err
		}
		for _, f := range files {
			for _, e := range all {
				if e.SHA256 != f.SHA256 || e.Update == f.Update || !may[e.Unit] {
					continue
				}
				if own, other := entries[f.Update], entries[e.Update]; own.Answers != other.ID && other.Answers != own.ID {
					out[f.ID] = append(out[f.ID], e.Update)
				}
			}
		}
		return nil
	})
}

func keysOf(m map[kpi.UpdateID]kpi.Update) (out []kpi.UpdateID) {
	for id := range m {
		out = append(out, id)
	}
	return out
}
