package store

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// Stamp names a state of the records: while it is the same, they are. All parts are random
// numbers, written in the transaction that changes something, so that whoever writes is seen by
// all, from whichever process, and a restored database never passes for the one before.
type Stamp struct {
	Figures   int64 // all that pages and answers are made from, people's names and roles among it
	Access    int64 // accounts, sessions and tokens
	Structure int64 // all but the log, its figures, sessions and tokens: units, indicators, targets, budgets, people
}

// stampOf says which parts of a Stamp a write changes.
type stampOf uint8

const (
	figures stampOf = 1 << iota
	access
	structure
)

// Stamp is the state of the records now. It costs a few microseconds and is meant to be asked for
// at every request: what was made before the answer came may be shown under it, nothing else.
func (db *DB) Stamp(ctx context.Context) (s Stamp, err error) {
	err = db.stamps.QueryRowContext(context.WithoutCancel(ctx)).Scan(&s.Figures, &s.Access, &s.Structure)
	if err != nil {
		return s, fmt.Errorf("read the stamp: %w", err)
	}
	return s, nil
}

// newStamp gives what was changed a new stamp.
func (w *Writer) newStamp(ctx context.Context, of stampOf) error {
	for part, text := range map[stampOf]string{
		figures:   `UPDATE stamps SET figures = $1`,
		access:    `UPDATE stamps SET access = $1`,
		structure: `UPDATE stamps SET structure = $1`,
	} {
		if of&part == 0 {
			continue
		}
		if err := w.exec(ctx, text, rand.Int64()); err != nil { //nolint:gosec // it names a state and keeps no secret
			return fmt.Errorf("stamp: %w", err)
		}
	}
	return nil
}
