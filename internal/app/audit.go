package app

import (
	"context"
	"time"

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
	return read(ctx, a, func(r *store.Reader) ([]kpi.AuditEntry, error) {
		entries, err := r.FilteredAudit(ctx, f, before, limit)
		if isRefusal(err, kpi.NotFound) {
			m.Check("unit", err)
			return nil, m.Err()
		}
		return entries, err
	})
}

// AuditBook is what a filter keeps of the audit log, to be written as a file.
type AuditBook struct {
	Filter kpi.AuditFilter
	Zone   *time.Location
	Names  map[string]string // full names by account
	// Each passes the entries to a function, newest first, and stops at the first error.
	Each func(func(kpi.AuditEntry) error) error
}

// auditPage is the number of entries in memory while the log is written out.
const auditPage = 2000

// AuditBook returns what Audit lists page by page, up to the newest entry at this moment. Refusals: those of Audit.
func (a *App) AuditBook(ctx context.Context, actor kpi.Actor, f kpi.AuditFilter) (AuditBook, error) {
	newest, err := a.Audit(ctx, actor, f, 0, 1)
	if err != nil {
		return AuditBook{}, err
	}
	book := AuditBook{Filter: f, Zone: a.zone, Names: map[string]string{}}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		accounts, err := r.Accounts(ctx)
		for _, x := range accounts {
			book.Names[x.Name] = x.FullName
		}
		return err
	})
	book.Each = func(fn func(kpi.AuditEntry) error) error {
		for before := int64(1); len(newest) > 0; {
			if before == 1 {
				before = newest[0].ID + 1
			}
			entries, err := a.Audit(context.Background(), actor, f, before, auditPage) // it outlives its request
			if err != nil {
				return err
			}
			for _, e := range entries {
				if err := fn(e); err != nil {
					return err
				}
			}
			if len(entries) < auditPage {
				return nil
			}
			before = entries[len(entries)-1].ID
		}
		return nil
	}
	return book, err
}

// CodeCheck is what the log says of a code.
type CodeCheck = store.HeadCheck

// CheckCode holds the audit log against a code that was printed, mailed or noted elsewhere. Refusals: Forbidden,
// Invalid code.
func (a *App) CheckCode(ctx context.Context, actor kpi.Actor, code string) (CodeCheck, error) {
	if err := actor.MayAudit(); err != nil {
		return CodeCheck{}, err
	}
	head, err := store.ParseHead(code)
	if err != nil {
		var m kpi.Mistakes
		m.Add("code", "audit_code_malformed", code)
		return CodeCheck{}, m.Err()
	}
	return read(ctx, a, func(r *store.Reader) (CodeCheck, error) { return r.CheckHead(ctx, head) })
}

// Given notes in the audit log that somebody was given a file, before he has it. It is about the unit whose code the
// detail tells, if it tells one.
func (a *App) Given(ctx context.Context, actor kpi.Actor, action, subject string, detail map[string]any) error {
	err := a.db.Write(ctx, func(w *store.Writer) error {
		if code, ok := detail["unit"].(string); ok && code != "" {
			unit, err := w.Unit(ctx, code)
			if err != nil {
				return err
			}
			w.About(unit.ID)
		}
		return a.audit(ctx, w, actor, action, subject, detail)
	})
	if store.Stopped(err) { // reading goes on; the server's own log has the request
		return nil
	}
	return err
}
