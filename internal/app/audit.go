package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Audit lists the entries of the audit log that the filter keeps, newest first, with IDs below before
// (0: from the newest), at most limit entries. Refusals: Forbidden, Invalid for a filter that fits nothing.
func (a *App) Audit(ctx context.Context, actor kpi.Actor, f kpi.AuditFilter, before int64,
	limit int) ([]kpi.AuditEntry, error) {
	if err := actor.MayAudit(); err != nil {
		return nil, err
	}
	var m kpi.Mistakes
	f.Check(&m)
	if err := m.Err(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.AuditEntry, error) { return r.FilteredAudit(ctx, f, before, limit) })
}
