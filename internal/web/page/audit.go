package page

import (
	"fmt"

	"dabiao/internal/kpi"
)

// AuditPageSize is how many entries one page shows.
const AuditPageSize = 100

// auditPage is the audit log, newest first.
type auditPage struct {
	Layout
	Rows  []auditRow
	Older string // address of the page before; "" on the last
}

// auditRow is one line: who did what to what, when. Account is the sign-in name, which the entry's hash
// holds.
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
