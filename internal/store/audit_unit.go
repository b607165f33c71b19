package store

import (
	"maps"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// An audit entry about one thing is found by that thing's unit. One about many says which units they are of: those of
// the records that were written since the entry before, and those that a use case names (docs/adr/0091).

// About has the next audit entry, or the one that waits, be about units too.
func (w *Writer) About(units ...kpi.UnitID) {
	if w.tx.about == nil {
		w.tx.about = map[kpi.UnitID]bool{}
	}
	for _, u := range units {
		w.tx.about[u] = true
	}
}

// aboutRow notes the unit of a row that was written.
func (w *Writer) aboutRow(of *witnessed, row []any) {
	at := of.unit()
	if at < 0 {
		return
	}
	if id, ok := row[at].(int64); ok && id != 0 {
		w.About(kpi.UnitID(id))
	}
}

// unit returns which of a table's columns names a unit; -1 if none does.
func (t *witnessed) unit() int {
	if t.table == "units" {
		return 0
	}
	return slices.Index(t.columns, "unit_id")
}

// foundByThing are the subjects and actions whose unit FilteredAudit knows from the thing itself.
var foundByThing = []string{"update ", "evidence ", "question ", "unit "}

func foundAlone(e kpi.AuditEntry) bool {
	return slices.ContainsFunc(foundByThing, func(s string) bool { return strings.HasPrefix(e.Subject, s) }) ||
		slices.Contains(unitLast, e.Action)
}

// unitsOf returns which units an audit entry is about, where more than its subject says, and forgets them.
func (w *Writer) unitsOf(e kpi.AuditEntry) []kpi.UnitID {
	about := w.tx.about
	w.tx.about = nil
	if len(about) == 1 && foundAlone(e) {
		return nil
	}
	return slices.Sorted(maps.Keys(about))
}

// sayUnits keeps which units an audit entry is about. The entry says so too (see unitsLine).
func (w *Writer) sayUnits(id int64, units []kpi.UnitID) {
	const most = 500 // placeholders of a statement are limited
	for part := range slices.Chunk(units, most) {
		marks, args := list(part)
		w.tx.work.own.others = append(w.tx.work.own.others, query{text: `INSERT INTO audit_units (unit_id, audit_id) SELECT u.id, a.id FROM units u, audit a
			WHERE u.id IN (` + marks + `) AND a.id = ` + w.tx.dialect.mark(len(args)+1), args: append(args, id)})
	}
}
