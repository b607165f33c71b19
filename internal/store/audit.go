package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"dabiao/internal/kpi"
)

// Audit lists audit entries, newest first, with IDs below before (0: from the newest).
func (r *Reader) Audit(ctx context.Context, before int64, limit int) ([]kpi.AuditEntry, error) {
	return all(ctx, r, scanAudit, `SELECT id, at, actor, action, subject, detail, hash FROM audit
		WHERE CAST($1 AS BIGINT) = 0 OR id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
}

// FilteredAudit lists the audit entries that the filter keeps, newest first, with IDs below before (0: from
// the newest).
func (r *Reader) FilteredAudit(ctx context.Context, f kpi.AuditFilter, before int64,
	limit int) ([]kpi.AuditEntry, error) {
	return all(ctx, r, scanAudit, `SELECT id, at, actor, action, subject, detail, hash FROM audit
		WHERE (CAST($1 AS BIGINT) = 0 OR id < $1)
			AND (CAST($2 AS TEXT) = '' OR action = $2)
			AND (CAST($3 AS TEXT) = '' OR actor = $3)
			AND (CAST($4 AS BIGINT) = 0 OR at >= $4)
			AND (CAST($5 AS BIGINT) = 0 OR at < $5)
			AND (CAST($6 AS TEXT) = '' OR subject = $6 OR SUBSTR(subject, 1, LENGTH($6) + 1) = $6 || ' ')
		ORDER BY id DESC LIMIT $7`, before, f.Action, f.Actor, f.From, f.To, f.Subject, limit)
}

// AuditOf lists all entries of one action, oldest first.
func (r *Reader) AuditOf(ctx context.Context, action string) ([]kpi.AuditEntry, error) {
	return all(ctx, r, scanAudit, `SELECT id, at, actor, action, subject, detail, hash FROM audit
		WHERE action = $1 ORDER BY id`, action)
}

func scanAudit(s scanner) (e kpi.AuditEntry, err error) {
	err = s.Scan(&e.ID, &e.At, &e.Actor, &e.Action, &e.Subject, &e.Detail, &e.Hash)
	return e, err
}

// InsertAudit adds an entry, chained to the one before.
func (w *Writer) InsertAudit(ctx context.Context, e kpi.AuditEntry) error {
	if w.tx.lastAudit == nil {
		newest, err := w.Audit(ctx, 0, 1)
		if err != nil {
			return err
		}
		w.tx.lastAudit = new(string)
		for _, n := range newest {
			*w.tx.lastAudit = n.Hash
		}
	}
	e.Hash = auditHash(*w.tx.lastAudit, e)
	err := w.exec(ctx, `INSERT INTO audit (at, actor, action, subject, detail, hash) VALUES ($1, $2, $3, $4, $5, $6)`,
		e.At, e.Actor, e.Action, e.Subject, e.Detail, e.Hash)
	if err == nil {
		w.tx.lastAudit = &e.Hash
	}
	return err
}

// BrokenAudit reads the whole audit log and lists the IDs of entries whose hash does not match.
func (r *Reader) BrokenAudit(ctx context.Context) ([]int64, error) {
	rows, err := r.tx.QueryContext(ctx, `SELECT id, at, actor, action, subject, detail, hash FROM audit ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var broken []int64
	previous := ""
	for rows.Next() {
		e, err := scanAudit(rows)
		if err != nil {
			return nil, err
		}
		if e.Hash != auditHash(previous, e) {
			broken = append(broken, e.ID)
		}
		previous = e.Hash
	}
	return broken, rows.Err()
}

// auditHash returns the hash of an entry and the previous hash, which is "" for the first entry.
func auditHash(previous string, e kpi.AuditEntry) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%q\n%q\n%q\n%q", previous, e.At, e.Actor,
		e.Action, e.Subject, e.Detail))
	return hex.EncodeToString(sum[:])
}
