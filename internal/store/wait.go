package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"
)

// waits counts changes since the program started and how long they waited for their turn.
type waits struct{ changes, commits, nanoseconds atomic.Int64 }

// now is used to measure waiting only, never to date records.
func now() time.Time { return time.Now() }

// begin records a group of changes whose turn has come.
func (w *waits) begin(group []*change) {
	turn := now()
	for _, c := range group {
		c.begun = turn
		w.nanoseconds.Add(int64(turn.Sub(c.since)))
	}
	w.changes.Add(int64(len(group)))
	w.commits.Add(1)
}

// Stats are operating figures of the database, for monitoring.
type Stats struct {
	Entries int64         // log entries ever made
	Bytes   int64         // size of the database
	Changes int64         // changes begun since the program started
	Commits int64         // commits they shared
	Waited  time.Duration // total time that changes waited for their turn
	Waiting int           // changes waiting now
	Slow    int64         // statements that took longer than Config.SlowAfter
	Audit   Head          // the end of the audit log
}

// Stats returns the database's operating figures. It scans no table.
func (db *DB) Stats(ctx context.Context) (s Stats, err error) {
	s = Stats{Changes: db.waits.changes.Load(), Commits: db.waits.commits.Load(),
		Waited: time.Duration(db.waits.nanoseconds.Load()), Waiting: db.waiting.len(),
		Slow: db.slow.all.Load()}
	err = db.Read(ctx, func(r *Reader) error {
		var last sql.NullInt64
		if err := r.tx.QueryRowContext(ctx, `SELECT MAX(id) FROM updates`).Scan(&last); err != nil {
			return err
		}
		s.Entries = last.Int64
		var err error
		if s.Audit, err = r.AuditHead(ctx); err != nil {
			return err
		}
		return r.tx.QueryRowContext(ctx, db.dialect.size).Scan(&s.Bytes)
	})
	return s, err
}
