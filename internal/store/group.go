package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"dabiao/internal/kpi"
)

// This is group commit. A durable commit waits for the disk, which writes a hundred changes in the time of one.
// So changes waiting at the same moment share a transaction: each is accepted or refused on its own under a
// savepoint, and everyone is answered after the commit (docs/adr/0020).

// maxGroup bounds how many changes share a transaction, and so how long one of them waits for the
// others.
const maxGroup = 128

// Write runs fn as the only writer and commits its changes durably, unless it returns an error. fn must
// have no effect outside w: after an error none of its changes remain, and after a fault in another
// change it may run a second time. Once started it is not interrupted by ctx; a change still waiting
// when ctx ends is never started.
func (db *DB) Write(ctx context.Context, fn func(*Writer) error) error {
	if refusal, held := ctx.Value(heldKey{}).(error); held {
		return refusal
	}
	c := &change{ctx: ctx, fn: fn, since: now(), done: make(chan struct{})}
	db.waiting.add(c)
	for {
		select {
		case <-c.done:
			return c.err
		default:
		}
		select {
		case <-c.done:
		case db.turn <- struct{}{}:
			db.commitWaiting()
			<-db.turn
		case <-ctx.Done():
			if db.waiting.drop(c) {
				return fmt.Errorf("wait to write: %w", ctx.Err())
			}
			<-c.done
		}
	}
}

type heldKey struct{}

// Hold returns a context under which nothing is written: Write returns refusal instead.
func Hold(ctx context.Context, refusal error) context.Context {
	return context.WithValue(ctx, heldKey{}, refusal)
}

// change is a write waiting for its turn.
type change struct {
	ctx   context.Context
	fn    func(*Writer) error
	since time.Time // when it began to wait
	err   error     // valid once done is closed
	done  chan struct{}
}

// queue holds the waiting changes, oldest first.
type queue struct {
	mu      sync.Mutex
	changes []*change
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.changes)
}

func (q *queue) add(c *change) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.changes = append(q.changes, c)
}

// take removes and returns the oldest changes, at most maxGroup.
func (q *queue) take() []*change {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.changes), maxGroup)
	taken := q.changes[:n:n]
	q.changes = q.changes[n:]
	return taken
}

// drop removes a change and reports whether it was still waiting.
func (q *queue) drop(c *change) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, other := range q.changes {
		if other == c {
			q.changes = append(q.changes[:i:i], q.changes[i+1:]...)
			return true
		}
	}
	return false
}

// commitWaiting commits the waiting changes together and answers them. If one change loses the
// transaction, each change is run again in a transaction of its own, so that only that change fails.
func (db *DB) commitWaiting() {
	group := db.waiting.take()
	if len(group) == 0 {
		return
	}
	db.waits.begin(group)
	defer func() {
		for _, c := range group {
			close(c.done)
		}
	}()
	err := db.commit(group)
	if lost := (*lostError)(nil); errors.As(err, &lost) && len(group) > 1 {
		for _, c := range group {
			if err := db.commit([]*change{c}); err != nil {
				c.err = err
			}
		}
		return
	}
	if err == nil {
		return
	}
	for _, c := range group { // a refusal may have depended on a change that is gone now
		c.err = err
	}
}

// lostError reports a transaction that ended by itself before its commit.
type lostError struct{ err error }

func (e *lostError) Error() string { return "the transaction was lost: " + e.err.Error() }
func (e *lostError) Unwrap() error { return e.err }

// commit runs a group in one transaction and records each change's own error in it. The error it
// returns is everyone's: nothing was stored, or, if the commit failed, it is unknown whether it was.
func (db *DB) commit(group []*change) error {
	<-db.checked
	if db.broken.Load() {
		return kpi.Refuse(kpi.Conflict, "read_only")
	}
	ctx := context.Background()
	db.writes.preparePending()
	tx, err := db.dialect.begin(ctx, db.write)
	if err != nil {
		return fmt.Errorf("begin writing: %w", db.note(err))
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	w := &Writer{Reader{&conn{tx: tx, dialect: &db.dialect, known: db.writes, bound: map[string]statement{},
		uninterruptible: true,
		cache:           &db.cache, keys: &db.keys}}}
	var changed stampOf
	kept := 0
	for _, c := range group {
		w.tx.changed, w.tx.pending, w.tx.packed, w.tx.audit = 0, nil, nil, nil
		if err := w.try(ctx, c, len(group) > 1); err != nil {
			return &lostError{db.note(err)}
		}
		if db.note(c.err) == nil {
			changed |= w.tx.changed
			kept++
		}
	}
	if kept == 0 {
		return nil
	}
	if err := w.newStamp(ctx, changed); err != nil {
		return db.note(err)
	}
	if db.Gone() {
		return kpi.Refuse(kpi.Conflict, "records_gone")
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", db.note(err))
	}
	return nil
}

// try runs one change; if it runs beside others and fails, it alone is rolled back. The error returned
// means the end of the transaction; the change's own error is recorded in it.
func (w *Writer) try(ctx context.Context, c *change, beside bool) error {
	if !beside {
		c.err = c.run(w)
		return nil
	}
	if err := w.exec(ctx, "SAVEPOINT change"); err != nil {
		return err
	}
	if c.err = c.run(w); c.err != nil {
		w.tx.lastAudit = nil
		if err := w.exec(ctx, "ROLLBACK TO SAVEPOINT change"); err != nil {
			return errors.Join(err, c.err)
		}
	}
	return w.exec(ctx, "RELEASE SAVEPOINT change")
}

// run turns a panic into an error of the change that caused it.
func (c *change) run(w *Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if err := c.fn(w); err != nil {
		return err
	}
	return w.sayAll(c.ctx)
}
