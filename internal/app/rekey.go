package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// Rekeyed returns which rows of a year's paper were typed into another system. Refusals: Forbidden,
// NotFound.
func (a *App) Rekeyed(ctx context.Context, actor kpi.Actor, y kpi.Year,
	f report.Paper) (map[string]kpi.Rekeyed, error) {
	if err := actor.MayReport(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) (map[string]kpi.Rekeyed, error) {
		if _, err := cachedYear(ctx, r, y); err != nil {
			return nil, err
		}
		return r.Rekeyed(ctx, y, string(f))
	})
}

// Rekey ticks rows as typed, with what they say now, and takes ticks away. Only what is named
// changes, so that two people at once do not undo each other. A closed year is typed too: that is
// when it is due. Refusals: Forbidden, NotFound.
func (a *App) Rekey(ctx context.Context, actor kpi.Actor, y kpi.Year, f report.Paper,
	done map[string]string, undone []string) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := w.Year(ctx, y); err != nil {
			return err
		}
		for row, printed := range done {
			if err := w.SetRekeyed(ctx, y, string(f),
				kpi.Rekeyed{Row: row, Printed: printed, By: actor.Name, At: a.stamp()}); err != nil {
				return err
			}
		}
		for _, row := range undone {
			if err := w.DropRekeyed(ctx, y, string(f), row); err != nil {
				return err
			}
		}
		return a.audit(ctx, w, actor, "report.rekey", yearSubject(y)+" "+string(f),
			map[string]any{"done": done, "undone": undone})
	})
}
