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
func (db *DB) persist(group []*change, s *sitting) {
	until := now().Add(db.patience.retry)
	err := db.insist(group, s, until)
	if errors.As(err, new(*lostError)) && !errors.As(err, new(*kpi.Unsettled)) && len(group) > 1 {
		for _, c := range group {
			if now().Before(until) || !db.passes(err) { // else the database is away, and stays so for the rest of them
				err = db.insist([]*change{c}, s, until)
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
func (db *DB) insist(group []*change, s *sitting, until time.Time) (err error) {
	losses, lost := 0, (*lostError)(nil)
	tryUntil(until, func() (done bool) {
		if err, lost = db.commit(group, s), nil; errors.As(err, &lost) {
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
func (db *DB) commit(group []*change, s *sitting) error {
	<-db.checked
	db.moved.Store("") // it is asked again: a mark goes when a move came to nothing
	if trouble := db.Trouble(); trouble != nil {
		return trouble
	}
	db.writes.preparePending()
	if r := db.runAhead(group, s); r != nil {
		err := db.store(r, s)
		r.w.Rollback() // after Commit it does nothing
		if !errors.As(err, new(*lostError)) || errors.As(err, new(*kpi.Unsettled)) {
			return err
		}
		db.overtaken.Store(groupsApart)
	}
	s.alone()
	r, err := db.run(group, s)
	defer r.w.Rollback() // as above
	if err != nil {
		return err
	}
	return db.store(r, s)
}

// ran is a group that has run and is not stored yet.
type ran struct {
	w       groupWriter
	changed stampOf
	kept    int    // how many of its changes were accepted
	after   string // where it ran ahead: the hash of the audit entry that its own follow
}

// run runs a group in a transaction of its own.
func (db *DB) run(group []*change, s *sitting) (r *ran, err error) {
	r = &ran{}
	if r.w, err = db.beginGroup(context.Background(), group, s.take()); err != nil {
		return r, fmt.Errorf("begin writing: %w", db.note(err))
	}
	return r, db.tryAll(r, group)
}

// tryAll runs the changes of a group one after the other.
func (db *DB) tryAll(r *ran, group []*change) error {
	for _, c := range group {
		if err := r.w.try(c, len(group) > 1); err != nil {
			return &lostError{err: db.note(err)}
		}
		if c.err = db.told(db.note(c.err)); c.err == nil {
			r.changed |= r.w.tx.changed
			r.kept++
		}
	}
	return nil
}

// store stores what a group has written.
func (db *DB) store(r *ran, s *sitting) error {
	ctx, w, work := context.Background(), r.w, r.w.tx.work
	many := work.base.rows() > rowsPerArray // they may take longer than a commit may
	rest := append(work.rest(w.tx.dialect), w.newStamp(r.changed)...)
	if nothing := len(rest) == 0 && !work.sent; nothing || r.kept == 0 {
		if nothing && r.kept > 0 && db.dialect.network {
			if err := db.send(ctx, r, nil); err != nil { // what they were answered from may be on this server alone
				return &lostError{db.note(err), true}
			}
		}
		if nothing {
			s.remember(newMemory(w.tx, w.tx.figures))
		}
		return nil
	}
	if !db.dialect.network || many && !r.ahead() {
		if err := w.tx.send(ctx, rest); err != nil {
			return &lostError{err: db.note(err)}
		}
		rest = nil
	}
	if elsewhere := db.elsewhere(); elsewhere != nil { // since it began
		return elsewhere
	}
	at := w.tx.figures
	if r.changed&figures != 0 {
		at = w.tx.left.stamp
	}
	m := newMemory(w.tx, at)
	if db.dialect.network && !work.sent && r.changed&^figures == 0 && !many {
		s.pass(m)
	}
	err := db.send(ctx, r, rest)
	if err != nil {
		err = db.settle(w.tx.left, fmt.Errorf("commit: %w", db.note(err)))
	}
	m.over(err == nil)
	if err != nil {
		return err
	}
	if w.tx.left.audit != "" {
		db.newest.see(w.tx.left.at)
	}
	s.remember(m)
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
