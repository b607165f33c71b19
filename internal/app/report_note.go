package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// ReportNotes lists what reviewers remarked on a year's report, settled or not. Refusals: Forbidden, NotFound.
func (a *App) ReportNotes(ctx context.Context, actor kpi.Actor, y kpi.Year) ([]kpi.ReportNote, error) {
	if err := actor.MayReport(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.ReportNote, error) {
		if _, err := r.Year(ctx, y); err != nil {
			return nil, err
		}
		return r.ReportNotes(ctx, y)
	})
}

// openNotes are the notes on a section, whichever language it was in, that nobody has settled.
func openNotes(ctx context.Context, r *store.Reader, p kpi.TextPlace) ([]kpi.ReportNote, error) {
	all, err := r.ReportNotes(ctx, p.Year)
	return slices.DeleteFunc(all, func(n kpi.ReportNote) bool { return !n.Open() || n.Section != p.Section }), err
}

// SettleNote records that a note has been dealt with, or that it is open again. Refusals: Forbidden;
// NotFound; Conflict for a closed year.
func (a *App) SettleNote(ctx context.Context, actor kpi.Actor, y kpi.Year, id kpi.ReportNoteID,
	done bool) (kpi.ReportNote, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.ReportNote{}, err
	}
	return write(ctx, a, func(w *store.Writer) (n kpi.ReportNote, err error) {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return n, err
		}
		if n, err = w.ReportNote(ctx, id); err != nil {
			return n, err
		}
		if n.Year != y {
			return n, kpi.Missing("report_note_not_found", int64(id))
		}
		if n.Open() == !done {
			return n, nil
		}
		n.DoneBy, n.DoneAt = "", 0
		if done {
			n.DoneBy, n.DoneAt = actor.Name, a.stamp()
		}
		if err := w.SetReportNoteDone(ctx, id, n.DoneBy, n.DoneAt); err != nil {
			return n, err
		}
		return n, a.audit(ctx, w, actor, "report.settle_note", yearSubject(y), map[string]any{"note": id, "done": done})
	})
}
