package page

import (
	"fmt"

	"dabiao/internal/kpi"
)

// AuditPageSize is the number of entries on a page.
const AuditPageSize = 100

// auditPage shows the audit log, newest first.
type auditPage struct {
	Layout
	Rows  []auditRow
	Older string // address of the page with older entries; "" on the last page
}

// auditRow is an entry: who did what to what, when. Account is the sign-in name, which is part of the
// entry's hash.
type auditRow struct{ ID, At, Actor, Account, Action, Subject, Detail, Hash string }

func NewAudit(pc Context, entries []kpi.AuditEntry, older string) auditPage {
	page := auditPage{Layout: NewLayout(pc, pc.Printer.T("audit.title"), partAudit, ""), Older: older}
	for _, e := range entries {
		hash := e.Hash
		if len(hash) > 12 {
			hash = hash[:12]
		}
		page.Rows = append(page.Rows, auditRow{
			ID: fmt.Sprint(e.ID), At: pc.Printer.Time(e.At, pc.zone()), Actor: pc.person(e.Actor), Account: e.Actor,
			Action: e.Action, Subject: e.Subject, Detail: e.Detail, Hash: hash,
		})
	}
	return page
}
