package store

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// Stamp identifies a state of the records: equal stamps mean equal records. Its parts are random
// numbers, written in the transaction that changes something, so that every process notices every
// write, and a restored database never passes for the earlier one.
type Stamp struct {
	Figures   int64 // everything that pages and answers are made from, including people's names and roles
	Access    int64 // accounts, sessions and tokens
	Structure int64 // all but the log, its figures, sessions and tokens: units, targets, budgets, people …
}

// stampOf is a set of parts of a Stamp.
type stampOf uint8

const (
	figures stampOf = 1 << iota
	access
	structure
)

// Stamp returns the present state of the records. It costs a few microseconds and is meant to be called
// for every request: what was made under the returned stamp may be shown, nothing else.
func (db *DB) Stamp(ctx context.Context) (s Stamp, err error) {
	ctx, cancel := db.dialect.within(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	err = db.patiently(ctx, func() error { return db.askStamp(ctx, &s) })
	if err != nil {
		return s, fmt.Errorf("read the stamp: %w", err)
	}
	return s, nil
}

const stampsQuery = `SELECT figures, access, structure FROM stamps`

func (db *DB) askStamp(ctx context.Context, s *Stamp) error {
	row := func(row scanner) error { return row.Scan(&s.Figures, &s.Access, &s.Structure) }
	switch {
	case db.stamps != nil:
		return row(db.stamps.QueryRowContext(ctx))
	case db.dialect.shared:
		return db.inOneTrip(ctx, query{text: stampsQuery, row: row})
	}
	return row(db.read.QueryRowContext(ctx, stampsQuery))
}

// newStamp returns the statements that change the given parts of the stamp.
func (w *Writer) newStamp(of stampOf) (out []query) {
	stamp := rand.Int64() //nolint:gosec // it names a state and keeps no secret
	for part, text := range map[stampOf]string{
		figures:   `UPDATE stamps SET figures = $1`,
		access:    `UPDATE stamps SET access = $1`,
		structure: `UPDATE stamps SET structure = $1`,
	} {
		if of&part == 0 {
			continue
		}
		out = append(out, query{text: text, args: []any{stamp}})
		w.tx.left.stamp = stamp
	}
	return out
}
