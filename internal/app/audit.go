package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Audit lists up to limit entries of the audit log with IDs below before (0: from the newest), newest
// first. Refusal: Forbidden.
func (a *App) Audit(ctx context.Context, actor kpi.Actor, before int64, limit int) ([]kpi.AuditEntry, error) {
	if err := actor.MayAudit(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.AuditEntry, error) { return r.Audit(ctx, before, limit) })
}
