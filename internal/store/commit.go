package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"dabiao/internal/kpi"
)

// A change has one of three outcomes: it is stored, it is not, or nobody knows, because the commit was sent and its
// answer never came. What was undone or never sent is done again for a while. What nobody knows is looked up
// as soon as the database answers again; only if it does not is whoever asked told so (see kpi.Unsettled).

// patience is how long a group that cannot begin is tried again, and how long the fate of a commit is looked for.
type patience struct{ retry, settle time.Duration }

const (
	retryLost  = 3                     // how often a change is run that loses its transaction each time
	retryFirst = 20 * time.Millisecond // the wait before the second try; each later one is twice as long
	retryMost  = time.Second
)

// lostError reports a transaction that ended before its commit: nothing is stored.
type lostError struct {
	err      error
	repeated bool // it changed nothing, and what it answered from may not last
}

func (e *lostError) Error() string { return "the transaction was lost: " + e.err.Error() }
func (e *lostError) Unwrap() error { return e.err }

// persist commits a group. If one change loses the transaction for all, each is run again in a transaction of its
// own, so that only that change fails.
func (db *DB) persist(group []*change) {
	until := now().Add(db.patience.retry)
	err := db.insist(group, until)
	if errors.As(err, new(*lostError)) && !errors.As(err, new(*kpi.Unsettled)) && len(group) > 1 {
		for _, c := range group {
			if now().Before(until) || !db.passes(err) { // else the database is away, and stays so for the rest of them
				err = db.insist([]*change{c}, until)
			}
			c.fail(db.told(err))
		}
		return
	}
	for _, c := range group {
		c.fail(db.told(err))
	}
}

// fail records what kept a change from being stored, in place of its own refusal, which may have depended on a change
// that is gone now.
func (c *change) fail(err error) {
	if err != nil {
		c.err = err
	}
}

// insist commits a group, and again when it fails by what passes. The error it returns is everyone's.
func (db *DB) insist(group []*change, until time.Time) (err error) {
	losses, lost := 0, (*lostError)(nil)
	tryUntil(until, func() (done bool) {
		if err, lost = db.commit(group), nil; errors.As(err, &lost) {
			losses++
		}
		again := lost == nil || lost.repeated || losses < retryLost && len(group) == 1
		return !db.passes(err) || !again
	})
	if lost != nil && lost.repeated {
		return &kpi.Unsettled{Cause: err}
	}
	if db.passes(err) {
		return &kpi.Away{Cause: err}
	}
	return err
}

// tryUntil calls try until it is done or its next call would come too late, with growing waits between.
func tryUntil(until time.Time, try func() (done bool)) {
	for wait := retryFirst; !try() && !now().Add(wait).After(until); wait = min(2*wait, retryMost) {
		time.Sleep(wait)
	}
}

// passes reports whether err lost a transaction that may succeed when it is run again.
func (db *DB) passes(err error) bool {
	return err != nil && db.dialect.passing(err) && !errors.As(err, new(*kpi.Unsettled))
}

// commit runs a group in one transaction and records each change's own error in it. The error it returns is
// everyone's: nothing is stored, unless it is a [kpi.Unsettled].
func (db *DB) commit(group []*change) error {
	<-db.checked
	db.moved.Store(false) // it is asked again: a mark goes when a move came to nothing
	if trouble := db.Trouble(); trouble != nil {
		return trouble
	}
	db.writes.preparePending()
	ctx := context.Background()
	w, err := db.beginGroup(ctx, group)
	if err != nil {
		return fmt.Errorf("begin writing: %w", db.note(err))
	}
	defer w.Rollback() // after Commit it does nothing
	var changed stampOf
	kept := 0
	for _, c := range group {
		if err := w.try(c, len(group) > 1); err != nil {
			return &lostError{err: db.note(err)}
		}
		if c.err = db.told(db.note(c.err)); c.err == nil {
			changed |= w.tx.changed
			kept++
		}
	}
	many := w.tx.work.base.rows() > rowsPerArray // they may take longer than a commit may
	rest := append(w.tx.work.rest(w.tx.dialect), w.newStamp(changed)...)
	if nothing := len(rest) == 0 && !w.tx.work.sent; nothing || kept == 0 {
		if nothing && kept > 0 && db.dialect.network {
			if err := w.Commit(ctx, nil); err != nil { // what they were answered from may be on this server alone
				return &lostError{db.note(err), true}
			}
		}
		if nothing {
			db.remember(w.tx.work, w.tx.figures)
		}
		return nil
	}
	if !db.dialect.network || many {
		if err := w.tx.send(ctx, rest); err != nil {
			return &lostError{err: db.note(err)}
		}
		rest = nil
	}
	if elsewhere := db.elsewhere(); elsewhere != nil { // since it began
		return elsewhere
	}
	err = w.Commit(ctx, rest)
	if err != nil {
		err = db.settle(w.tx.left, fmt.Errorf("commit: %w", db.note(err)))
	}
	if err != nil {
		return err
	}
	if w.tx.left.audit != "" {
		db.newest.see(w.tx.left.at)
	}
	at := w.tx.figures
	if changed&figures != 0 {
		at = w.tx.left.stamp
	}
	db.remember(w.tx.work, at)
	return nil
}

// try runs one change; if it runs beside others and fails, it alone is taken back. The error returned
// means the end of the transaction; the change's own error is recorded in it.
func (w *Writer) try(c *change, beside bool) error {
	if c.err = c.ctx.Err(); c.err != nil {
		w.tx.changed = 0
		return nil
	}
	t, left, last := w.tx, w.tx.left, w.tx.lastAudit
	t.changed, t.pending, t.packed, t.about, t.audit = 0, nil, nil, nil, nil
	t.work.change(beside)
	c.err = c.run(w)
	switch {
	case t.dialect.passing(c.err):
		return c.err
	case c.err == nil:
		t.changed |= t.work.accept()
	default:
		t.work.refuse()
		t.left, t.lastAudit = left, last
	}
	return nil
}

// run turns a panic into an error of the change that caused it.
func (c *change) run(w *Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if err := c.fn(w); err != nil {
		return err
	}
	return w.sayAll(c.ctx)
}
