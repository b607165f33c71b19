package intake

import (
	"context"
	"errors"
	"sync"
	"time"

	"dabiao/internal/kpi"
)

// Waiter is how somebody waits for a turn.
type Waiter struct {
	Key      string          // who keeps it comes back to the place that he left within a few seconds; "": nobody does
	Patience time.Duration   // how long it waits; 0: as long as the context lasts
	Tell     func(ahead int) // is told how many are before it, at first and with each change; nil: not wanted
}

type waiterKey struct{}

// Waiting returns a context whose turns are waited for as w says.
func Waiting(ctx context.Context, w Waiter) context.Context {
	return context.WithValue(ctx, waiterKey{}, w)
}

// Telling returns a context whose turns are waited for as before, and tell hears of it.
func Telling(ctx context.Context, tell func(ahead int)) context.Context {
	w, _ := ctx.Value(waiterKey{}).(Waiter)
	w.Tell = tell
	return Waiting(ctx, w)
}

// heldFor is how long the place of somebody who went away is held: a page that loads itself anew is back in time.
const heldFor = 15 * time.Second

// ticket is a place in the queue.
type ticket struct {
	key   string
	here  bool          // somebody waits with it now; else it is held
	ready chan struct{} // closed when it is its turn
	held  *time.Timer
}

// queue is the one place in which files are read: what many people hand in at once takes the memory of one file, and
// the others wait, first come first served.
type queue struct {
	mu      sync.Mutex
	busy    bool
	waiting []*ticket
	changed chan struct{} // closed with each change of the queue
}

var turns = queue{changed: make(chan struct{})}

// Turn waits for a place to read a file in and returns how it is given back, once all that was read is used up. Who
// has one must not ask for another. Refusals, Conflict: reading_busy where the context's time is up first,
// reading_waits where the waiter's patience is; if the context is cancelled, its error.
func Turn(ctx context.Context) (done func(), err error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	w, _ := ctx.Value(waiterKey{}).(Waiter)
	mine := turns.enter(w.Key)
	if mine == nil {
		return turns.leave, nil
	}
	var patience <-chan time.Time
	if w.Patience > 0 {
		timer := time.NewTimer(w.Patience)
		defer timer.Stop()
		patience = timer.C
	}
	for {
		ahead, changed := turns.ahead(mine)
		if w.Tell != nil {
			w.Tell(ahead)
		}
		select {
		case <-mine.ready:
			return turns.leave, nil
		case <-changed:
		case <-patience:
			return nil, turns.giveUp(mine, kpi.Refuse(kpi.Conflict, "reading_waits", ahead))
		case <-ctx.Done():
			why := ctx.Err()
			if errors.Is(why, context.DeadlineExceeded) {
				why = kpi.Refuse(kpi.Conflict, "reading_busy", ahead)
			}
			return nil, turns.giveUp(mine, why)
		}
	}
}

// Waits reports whether err says that the waiter's patience is up: it may come back.
func Waits(err error) bool {
	var refusal *kpi.Error
	return errors.As(err, &refusal) && refusal.Text.Key == "reading_waits"
}

// Queue returns how many files are being read or waiting, and, if one waits with this key, how many are before it.
func Queue(key string) (all, ahead int, waits bool) {
	turns.mu.Lock()
	defer turns.mu.Unlock()
	if turns.busy {
		all = 1
	}
	for i, t := range turns.waiting {
		if t.key == key && key != "" {
			ahead, waits = i+1, true
		}
	}
	return all + len(turns.waiting), ahead, waits
}

// enter takes the place, or returns a ticket: nil says that it is taken.
func (q *queue) enter(key string) *ticket {
	q.mu.Lock()
	defer q.mu.Unlock()
	mine := &ticket{key: key, here: true, ready: make(chan struct{})}
	at, first := len(q.waiting), true
	for i, t := range q.waiting {
		if key != "" && t.key == key && !t.here {
			at = i
			break
		}
		first = first && !t.here
	}
	if !q.busy && first {
		q.busy = true
		if at < len(q.waiting) {
			q.drop(at)
		}
		return nil
	}
	if at < len(q.waiting) {
		q.waiting[at].held.Stop()
		q.waiting[at] = mine
		return mine
	}
	q.waiting = append(q.waiting, mine)
	return mine
}

// drop takes a ticket out of the queue.
func (q *queue) drop(at int) {
	if t := q.waiting[at]; t.held != nil {
		t.held.Stop()
	}
	q.waiting = append(q.waiting[:at:at], q.waiting[at+1:]...)
	q.tell()
}

func (q *queue) tell() {
	close(q.changed)
	q.changed = make(chan struct{})
}

// ahead returns how many are before a ticket, the one that is read among them, and what is closed when that changes.
func (q *queue) ahead(mine *ticket) (int, <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, t := range q.waiting {
		if t == mine {
			return i + 1, q.changed
		}
	}
	return 0, q.changed // its turn has come
}

// leave gives the place to the first who is there.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, t := range q.waiting {
		if t.here {
			q.drop(i)
			close(t.ready)
			return
		}
	}
	q.busy = false
	q.tell()
}

// giveUp leaves the queue, and holds the place of who may come back; it returns why.
func (q *queue) giveUp(mine *ticket, why error) error {
	q.mu.Lock()
	for i, t := range q.waiting {
		if t != mine {
			continue
		}
		if mine.key == "" {
			q.drop(i)
		} else {
			mine.here = false
			mine.held = time.AfterFunc(heldFor, func() { q.expire(mine) })
		}
		q.mu.Unlock()
		return why
	}
	q.mu.Unlock()
	q.leave() // its turn came at the same moment
	return why
}

func (q *queue) expire(t *ticket) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, x := range q.waiting {
		if x == t && !t.here {
			q.drop(i)
			return
		}
	}
}
