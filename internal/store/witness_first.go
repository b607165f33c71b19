package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// How the log begins to hold records that were there before it could.

// eachRow calls fn with each row of a witnessed table, in the order of its key.
func (r *Reader) eachRow(ctx context.Context, t *witnessed, fn func(row []any) error) error {
	columns := strings.Join(t.columns, ", ")
	keys := strings.Join(t.columns[:t.keys], ", ")
	rows, err := r.tx.QueryContext(ctx, `SELECT `+columns+` FROM `+t.table+` ORDER BY `+keys)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanRow(rows, len(t.columns))
		if err != nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// witnessFirst lets the log of a database from before it held records say how it found them, once. What
// became of them earlier only the log's own sentences tell.
func witnessFirst(ctx context.Context, db *sql.DB, d dialect) error {
	var done string
	if err := db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = 'records_witnessed'`).
		Scan(&done); err != nil || done == "yes" {
		return err
	}
	tx, err := d.beginWriting(ctx, db)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	w := &Writer{Reader{&conn{tx: tx.Tx, dialect: &d, known: newStatements(db, false), bound: map[string]statement{},
		work: newWorkingSet()}}}
	if err := w.holdAll(ctx); err != nil {
		return err
	}
	if err := w.SetSetting(ctx, "records_witnessed", "yes"); err != nil {
		return err
	}
	if err := w.sayAll(ctx); err != nil {
		return err
	}
	if err := w.tx.ahead(ctx, nil); err != nil {
		return err
	}
	return tx.Commit()
}

// holdAll adds an audit entry that holds every record by its digest. A log that holds records already is
// left alone, whatever the setting says: somebody may have changed both.
func (w *Writer) holdAll(ctx context.Context) error {
	var held int
	err := w.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM audit WHERE records <> '' OR packed IS NOT NULL`).Scan(&held)
	if err != nil || held > 0 {
		return err
	}
	for i := range witnesses {
		t := &witnesses[i]
		p := newBatch(t.table)
		err := w.eachRow(ctx, t, func(row []any) error {
			switch {
			case t.ours != nil && !t.ours(row):
			case t.grows:
				p.add(row[0].(int64), markOf(t.line("", row))) // it grows by its number
			default:
				line := t.line("~", row[:t.keys])
				w.tx.packed = append(w.tx.packed,
					fmt.Appendf(line[:len(line)-1], `,%d,"%s"]`, len(row), markOf(t.line("", row))))
			}
			return nil
		})
		if err != nil {
			return err
		}
		w.tx.packed = append(w.tx.packed, p.lines()...)
	}
	p := newBatch("updates")
	err = w.eachEntry(ctx, func(id int64, m mark) { p.add(id, m) })
	if w.tx.packed = append(w.tx.packed, p.lines()...); err != nil || len(w.tx.packed) == 0 {
		return err
	}
	return w.InsertAudit(ctx, programEntry(begun))
}

// begun is the action of the audit entry that says how the program found what was there before its log held
// records.
const begun = "records.begin"
