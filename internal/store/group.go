package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"dabiao/internal/spent"
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
	return db.enqueue(newChange(ctx, fn))
}

// WriteForeseen is like Write for a change of which there are many at the same time. fn may run once more before, to
// find out what it will ask: it must then bear that there are no entries and no answers yet.
func (db *DB) WriteForeseen(ctx context.Context, fn func(*Writer) error) error {
	if refusal, held := ctx.Value(heldKey{}).(error); held {
		return refusal
	}
	c := newChange(ctx, fn)
	if db.dialect.network {
		c.wants = db.rehearse(c)
	}
	return db.enqueue(c)
}

// enqueue has a change wait for its turn and returns what became of it.
func (db *DB) enqueue(c *change) error {
	ctx := c.ctx
	defer c.spent()
	db.waiting.add(c)
	for {
		select {
		case <-c.done:
			if recorded, ok := ctx.Value(storedKey{}).(*atomic.Bool); ok && c.err == nil {
				recorded.Store(true)
			}
			return c.err
		default:
		}
		select {
		case <-c.done:
		case <-c.taken: // whoever took it says what became of it
			<-c.done
		case db.turn <- struct{}{}:
			db.commitWaiting(c)
		case <-ctx.Done():
			if db.waiting.drop(c) {
				return fmt.Errorf("wait to write: %w", ctx.Err())
			}
			<-c.done
		}
	}
}

type storedKey struct{}

// Recording returns a context that knows whether anything was stored under it.
func Recording(ctx context.Context) (recorded context.Context, stored func() bool) {
	any := new(atomic.Bool)
	return context.WithValue(ctx, storedKey{}, any), any.Load
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
	wants *wants    // what it will ask, as far as that was foreseen
	since time.Time // when it began to wait
	begun time.Time // when its turn came; zero: it never did
	err   error     // valid once done is closed
	taken chan struct{}
	done  chan struct{}
}

func newChange(ctx context.Context, fn func(*Writer) error) *change {
	return &change{ctx: ctx, fn: fn, since: now(), taken: make(chan struct{}), done: make(chan struct{})}
}

// spent tells the request how long the change waited and how long it took.
func (c *change) spent() {
	end := now()
	if c.begun.IsZero() {
		spent.Add(c.ctx, spent.Lock, end.Sub(c.since))
		return
	}
	spent.Add(c.ctx, spent.Lock, c.begun.Sub(c.since))
	spent.Add(c.ctx, spent.Database, end.Sub(c.begun))
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

// commitWaiting commits the waiting changes together and answers them, and gives the turn back. It does nothing
// for somebody whose change is being committed by another already.
func (db *DB) commitWaiting(of *change) {
	s := &sitting{db: db, turn: true}
	var group []*change
	defer func() {
		s.end()
		for _, c := range group {
			close(c.done)
		}
	}()
	select {
	case <-of.taken:
		return
	default:
	}
	if group = db.waiting.take(); len(group) == 0 {
		return
	}
	db.waits.begin(group)
	for _, c := range group {
		close(c.taken)
	}
	db.persist(group, s)
}
