package store

import (
	"context"
	"crypto/sha256"
	"fmt"
)

// Like is how to open other records as these are: under the same key.
func (db *DB) Like(dir string) Config { return Config{Dir: dir, KeyFile: db.keys.file, Free: db.free} }

// drillRows are what never changes once it is recorded: entries, whose state may, and evidence, which may be erased or
// marked.
var drillRows = []struct{ what, query string }{
	{"update", `SELECT id, indicator_id, unit_id, dated, amount, prec, wording, level, note, act, COALESCE(answers_id, 0),
		reason, origin, author, logged_at FROM updates ORDER BY id`},
	{"evidence", `SELECT id, update_id, name, media_type, size, sha256, added_by, added_at FROM evidence ORDER BY id`},
}

// Against holds these records against a copy of them from earlier, and returns a line for each difference: the audit
// log must begin with the copy's, and whatever the copy has must be here and the same.
func (db *DB) Against(ctx context.Context, copied *DB, head *Head) (out []string, err error) {
	var was [][]rowSum // read first: the transaction of these records does not wait for another file
	err = copied.Read(ctx, func(r *Reader) (err error) {
		for i := 0; i < len(drillRows) && err == nil; i++ {
			var sums []rowSum
			sums, err = r.rowSums(ctx, drillRows[i].query)
			was = append(was, sums)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = db.Read(ctx, func(r *Reader) error {
		if head == nil {
			out = append(out, "the copy's manifest has no code of the audit log")
		} else if check, err := r.CheckHead(ctx, *head); err != nil {
			return err
		} else if !check.Agrees {
			out = append(out, fmt.Sprintf("audit log: it does not begin with that of the copy (%s)", head))
		}
		for i, rows := range drillRows {
			is, err := r.rowSums(ctx, rows.query)
			if err != nil {
				return err
			}
			out = append(out, compareRows(rows.what, was[i], is)...)
		}
		return nil
	})
	return out, err
}

// rowSum is a row's number and a hash of all that is in it, short to be kept for millions.
type rowSum struct {
	id  int64
	sum [8]byte
}

func (r *Reader) rowSums(ctx context.Context, query string) ([]rowSum, error) {
	rows, err := r.tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	var out []rowSum
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		id, ok := values[0].(int64)
		if !ok {
			return nil, fmt.Errorf("a number is %v", values[0])
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%q", values))
		out = append(out, rowSum{id, [8]byte(sum[:8])})
	}
	return out, rows.Err()
}

// compareRows compares rows by their numbers, which ascend.
func compareRows(what string, was, is []rowSum) (out []string) {
	i := 0
	for _, w := range was {
		for i < len(is) && is[i].id < w.id {
			i++
			out = append(out, fmt.Sprintf("%s %d: it is in the records, and not in the copy", what, is[i-1].id))
		}
		switch {
		case i == len(is) || is[i].id != w.id:
			out = append(out, fmt.Sprintf("%s %d: it is in the copy, and not in the records", what, w.id))
		default:
			if is[i].sum != w.sum {
				out = append(out, fmt.Sprintf("%s %d: the records and the copy differ", what, w.id))
			}
			i++
		}
	}
	return out
}
