package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"
)

// waits counts changes since the program began and how long they waited for their turn.
type waits struct{ changes, commits, nanoseconds atomic.Int64 }

// now times waiting; it dates nothing.
func now() time.Time { return time.Now() }

// begin counts a group whose turn has come.
func (w *waits) begin(group []*change) {
	turn := now()
	for _, c := range group {
		w.nanoseconds.Add(int64(turn.Sub(c.since)))
	}
	w.changes.Add(int64(len(group)))
	w.commits.Add(1)
}

// Stats are figures of the database itself, for who watches over it.
type Stats struct {
	Entries int64         // of the log, all there ever were
	Bytes   int64         // of the database
	Changes int64         // begun since the program began
	Commits int64         // they shared
	Waited  time.Duration // all changes together, for their turn
	Waiting int           // changes that wait now
}

// Stats costs no walk of a table.
func (db *DB) Stats(ctx context.Context) (s Stats, err error) {
	s = Stats{Changes: db.waits.changes.Load(), Commits: db.waits.commits.Load(),
		Waited: time.Duration(db.waits.nanoseconds.Load()), Waiting: db.waiting.len()}
	err = db.Read(ctx, func(r *Reader) error {
		var last sql.NullInt64
		if err := r.tx.QueryRowContext(ctx, `SELECT MAX(id) FROM updates`).Scan(&last); err != nil {
			return err
		}
		s.Entries = last.Int64
		return r.tx.QueryRowContext(ctx, db.dialect.size).Scan(&s.Bytes)
	})
	return s, err
}
