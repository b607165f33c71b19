package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// EvidenceMarks are what an actor may do with the files of an entry beside adding some.
type EvidenceMarks struct{ Mark, Unmark, OpenSensitive, Erase bool }

// EvidenceMarks returns what the actor may do with the files of an entry; nothing, if they may not read it.
func (a *App) EvidenceMarks(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) (EvidenceMarks, error) {
	return read(ctx, a, func(r *store.Reader) (out EvidenceMarks, err error) {
		update, err := r.Update(ctx, id)
		if err != nil {
			return out, err
		}
		lineage, err := r.Lineage(ctx, update.Unit)
		if err != nil {
			return out, err
		}
		return EvidenceMarks{actor.MayLog(lineage) == nil, actor.MayReview(lineage) == nil,
			actor.MayRead(lineage) == nil && actor.MayOpenSensitive() == nil, actor.MayAdminister() == nil}, nil
	})
}

// MarkEvidence marks a file as sensitive, even in a closed year, because this is about people and not figures.
// Refusals: NotFound, Forbidden.
func (a *App) MarkEvidence(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID) (kpi.Evidence, error) {
	return a.setSensitive(ctx, actor, id, true, "")
}

// UnmarkEvidence takes the mark off again, which opens the file to everybody who reads the unit's figures: that needs
// somebody who reviews, and a reason. Refusals: NotFound, Forbidden, Invalid reason_missing.
func (a *App) UnmarkEvidence(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID,
	reason string) (kpi.Evidence, error) {
	return a.setSensitive(ctx, actor, id, false, reason)
}

func (a *App) setSensitive(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID, sensitive bool,
	reason string) (kpi.Evidence, error) {
	may, action := kpi.Actor.MayLog, "evidence.mark"
	if !sensitive {
		may, action = kpi.Actor.MayReview, "evidence.unmark"
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Evidence, error) {
		e, err := w.Evidence(ctx, id)
		if err != nil {
			return e, err
		}
		lineage, err := w.Lineage(ctx, e.Unit)
		if err != nil {
			return e, err
		}
		if err := may(actor, lineage); err != nil || e.Sensitive == sensitive {
			return e, err
		}
		if !sensitive {
			if err := readReason(&reason); err != nil {
				return e, err
			}
		}
		e.Sensitive = sensitive
		if err := w.SetSensitive(ctx, id, sensitive); err != nil {
			return e, err
		}
		if sensitive {
			return e, a.auditFile(ctx, w, actor, action, e)
		}
		return e, a.auditFile(ctx, w, actor, action, e, "reason", reason)
	})
}

// auditFile logs what was done with a file, with names and values of what else there is to say.
func (a *App) auditFile(ctx context.Context, w *store.Writer, actor kpi.Actor, action string, e kpi.Evidence,
	more ...any) error {
	detail := map[string]any{"update": e.Update, "name": e.Name, "sha256": e.SHA256}
	for i := 0; i+1 < len(more); i += 2 {
		detail[fmt.Sprint(more[i])] = more[i+1]
	}
	return a.audit(ctx, w, actor, action, fmt.Sprintf("evidence %d", e.ID), detail)
}
