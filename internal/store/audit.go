package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"dabiao/internal/kpi"
)

// Audit lists audit entries, newest first, with IDs below before (0: from the newest).
func (r *Reader) Audit(ctx context.Context, before int64, limit int) ([]kpi.AuditEntry, error) {
	return all(ctx, r, scanAudit, `SELECT `+listedAudit+` FROM audit
		WHERE CAST($1 AS BIGINT) = 0 OR id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
}

// FilteredAudit lists the audit entries that the filter keeps, newest first, with IDs below before (0: from
// the newest).
func (r *Reader) FilteredAudit(ctx context.Context, f kpi.AuditFilter, before int64,
	limit int) ([]kpi.AuditEntry, error) {
	unit, args := "", []any{before, f.Action, f.Actor, f.From, f.To, f.Subject, limit}
	if f.Unit != "" {
		of, err := r.Unit(ctx, f.Unit)
		if err != nil {
			return nil, err
		}
		unit, args = strings.ReplaceAll(auditOfUnit, "(below)", fmt.Sprintf(subtreeOf, len(args)+1)), append(args, of.ID)
	}
	return all(ctx, r, scanAudit, `SELECT `+listedAudit+` FROM audit
		WHERE (CAST($1 AS BIGINT) = 0 OR id < $1)
			AND (CAST($2 AS TEXT) = '' OR action = $2)
			AND (CAST($3 AS TEXT) = '' OR actor = $3)
			AND (CAST($4 AS BIGINT) = 0 OR at >= $4)
			AND (CAST($5 AS BIGINT) = 0 OR at < $5)
			AND (CAST($6 AS TEXT) = '' OR subject = $6 OR SUBSTR(subject, 1, LENGTH($6) + 1) = $6 || ' ')`+unit+`
		ORDER BY id DESC LIMIT $7`, args...)
}

// unitLast are the actions whose subject ends with a unit.
var unitLast = []string{"target.set", "indicator.explain"}

// auditOfUnit keeps the entries about a thing of a unit or of one below it, and those about many things of which one
// is.
const auditOfUnit = ` AND (id IN (SELECT audit_id FROM audit_units WHERE unit_id IN (below))
		OR subject IN (
			SELECT 'unit ' || code FROM units WHERE id IN (below)
			UNION ALL SELECT 'account ' || name FROM accounts WHERE unit_id IN (below)
			UNION ALL SELECT 'update ' || id FROM updates WHERE unit_id IN (below)
			UNION ALL SELECT 'evidence ' || e.id FROM evidence e JOIN updates u ON u.id = e.update_id WHERE u.unit_id IN (below)
			UNION ALL SELECT 'question ' || id FROM questions WHERE unit_id IN (below))
		OR action IN ('target.set', 'indicator.explain') AND EXISTS (SELECT 1 FROM units
			WHERE id IN (below) AND SUBSTR(subject, LENGTH(subject) - LENGTH(code)) = ' ' || code))`

// AuditOf lists all entries of one action, oldest first.
func (r *Reader) AuditOf(ctx context.Context, action string) ([]kpi.AuditEntry, error) {
	return all(ctx, r, scanAudit, `SELECT `+listedAudit+` FROM audit
		WHERE action = $1 ORDER BY id`, action)
}

// The columns of an audit entry as scanAudit reads them, and with its records as scanWholeAudit does.
const (
	listedAudit = `id, at, actor, action, subject, detail, hash, packed`
	wholeAudit  = listedAudit + `, records`
)

// scanAudit reads an entry without its records.
func scanAudit(s scanner) (e kpi.AuditEntry, err error) {
	var packed []byte
	err = s.Scan(&e.ID, &e.At, &e.Actor, &e.Action, &e.Subject, &e.Detail, &e.Hash, &packed)
	unpack(&e, packed)
	e.Records = ""
	return e, err
}

func scanWholeAudit(s scanner) (e kpi.AuditEntry, err error) {
	var packed []byte
	err = s.Scan(&e.ID, &e.At, &e.Actor, &e.Action, &e.Subject, &e.Detail, &e.Hash, &packed, &e.Records)
	unpack(&e, packed)
	return e, err
}

// programEntry is an audit entry of what the program does by itself.
func programEntry(action string) kpi.AuditEntry {
	return kpi.AuditEntry{At: kpi.UnixMilli(now().UnixMilli()), Actor: kpi.Program, Action: action, Subject: "records",
		Detail: "{}"}
}

// InsertAudit adds an entry, chained to the one before, when the change ends or adds another. It holds what the
// records are now that were written since the last entry; the last one of a change holds all the rest.
func (w *Writer) InsertAudit(ctx context.Context, e kpi.AuditEntry) error {
	if err := w.say(ctx); err != nil {
		return err
	}
	w.tx.audit = &e
	return nil
}

// say writes the audit entry that waits, if one does.
func (w *Writer) say(ctx context.Context) error {
	if w.tx.audit == nil {
		return nil
	}
	e := *w.tx.audit
	if w.tx.audit = nil; w.Rehearses() {
		return nil
	}
	if w.tx.lastAudit == nil {
		var hash string
		var last int64
		err := w.tx.before(func() (err error) { hash, last, err = w.newestAudit(ctx); return err })
		if err != nil {
			return err
		}
		w.tx.chainFrom(hash, last)
	}
	if w.tx.keys != nil && w.tx.key.none() {
		var err error
		if w.tx.key, err = w.tx.keys.make(w.tx.firstAfter); err != nil {
			return err
		}
	}
	units := w.unitsOf(e)
	e.Records = w.tx.drain(units)
	e.Hash = auditHash(w.tx.key, *w.tx.lastAudit, e)
	packed, err := packAudit(e)
	if err != nil {
		return err
	}
	id, err := w.number(ctx, func(n *lastIDs) *int64 { return &n.audit })
	if err != nil {
		return err
	}
	w.tx.work.own.audits = append(w.tx.work.own.audits, []any{id, int64(e.At), e.Actor, e.Action, e.Subject, "",
		keptHash(e.Hash), "", packed})
	w.tx.lastAudit, w.tx.left.audit, w.tx.left.at = &e.Hash, e.Hash, e.At
	w.sayUnits(id, units)
	return nil
}

// chainFrom says which entry the next one follows.
func (c *conn) chainFrom(hash string, id int64) { c.lastAudit, c.firstAfter = &hash, id }

// newestAudit returns the hash and number of the newest entry, "" and 0 if there is none.
func (r *Reader) newestAudit(ctx context.Context) (hash string, id int64, err error) {
	err = r.tx.QueryRowContext(ctx, newestAuditQuery).Scan(&hash, &id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return fullHash(hash), id, err
}

const newestAuditQuery = `SELECT hash, id FROM audit ORDER BY id DESC LIMIT 1`

// auditHash returns the hash of an entry and the previous hash, which is "" for the first entry. An entry that
// holds no records is hashed as before there were any; one made with a key takes over the hash of one without.
func auditHash(k auditKey, previous string, e kpi.AuditEntry) string {
	text := fmt.Appendf(nil, "%s\n%d\n%q\n%q\n%q\n%q", previous, e.At, e.Actor, e.Action, e.Subject, e.Detail)
	if e.Records != "" {
		text = fmt.Appendf(text, "\n%q", e.Records)
	}
	return k.hash(text)
}
