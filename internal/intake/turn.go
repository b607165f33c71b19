package intake

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/spent"
)

// Waiter is how somebody waits for a turn.
type Waiter struct {
	Who      string          // whose file it is: people take turns, whoever has many (docs/adr/0099)
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

// person is who waits, with files in the order in which they came.
type person struct {
	name    string
	tickets []*ticket
}

// queue is the one place in which files are read: what many people hand in at once takes the memory of one file, and
// the others wait. One file of each person is read, in the order in which they came, then the next of each.
type queue struct {
	mu      sync.Mutex
	busy    bool
	reading string        // whose file is read, or was last
	people  []*person     // in the order of their turns; who is being read, if he has more, is the last
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
	defer spent.Begin(ctx, spent.Reading)()
	w, _ := ctx.Value(waiterKey{}).(Waiter)
	mine := turns.enter(w.Who, w.Key)
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
	order := turns.order()
	for i, t := range order {
		if t.key == key && key != "" {
			ahead, waits = i+1, true
		}
	}
	return all + len(order), ahead, waits
}

// order returns the tickets in the order in which their turn comes.
func (q *queue) order() (out []*ticket) {
	for round, before := 0, -1; len(out) > before; round++ {
		before = len(out)
		for _, p := range q.people {
			if round < len(p.tickets) {
				out = append(out, p.tickets[round])
			}
		}
	}
	return out
}

// enter takes the place, or returns a ticket: nil says that it is taken.
func (q *queue) enter(who, key string) *ticket {
	q.mu.Lock()
	defer q.mu.Unlock()
	mine := &ticket{key: key, here: true, ready: make(chan struct{})}
	for _, p := range q.people {
		for i, t := range p.tickets {
			if key == "" || t.key != key || t.here {
				continue
			}
			if !q.busy {
				q.begin(p, i)
				return nil
			}
			t.held.Stop()
			p.tickets[i] = mine
			return mine
		}
	}
	if !q.busy { // who else is in the queue is not here
		q.busy, q.reading = true, who
		return nil
	}
	q.add(who, mine)
	return mine
}

// add takes a ticket into the queue: behind the person's others, and a person behind all others but the one who is
// being read.
func (q *queue) add(who string, t *ticket) {
	defer q.tell() // others may wait longer now
	for _, p := range q.people {
		if p.name == who {
			p.tickets = append(p.tickets, t)
			return
		}
	}
	end := len(q.people)
	if end > 0 && q.people[end-1].name == q.reading {
		end--
	}
	q.people = slices.Insert(q.people, end, &person{who, []*ticket{t}})
}

// begin takes a ticket out of the queue to be read; its person's next turn comes after everybody's.
func (q *queue) begin(p *person, at int) {
	q.busy, q.reading = true, p.name
	q.drop(p, at)
	if i := slices.Index(q.people, p); i >= 0 {
		q.people = append(slices.Delete(q.people, i, i+1), p)
	}
}

// drop takes a ticket out of the queue.
func (q *queue) drop(p *person, at int) {
	if t := p.tickets[at]; t.held != nil {
		t.held.Stop()
	}
	if p.tickets = slices.Delete(p.tickets, at, at+1); len(p.tickets) == 0 {
		q.people = slices.DeleteFunc(q.people, func(x *person) bool { return x == p })
	}
	q.tell()
}

// find returns where a ticket is in the queue; nil if it is not there any more.
func (q *queue) find(t *ticket) (p *person, at int) {
	for _, p := range q.people {
		if at := slices.Index(p.tickets, t); at >= 0 {
			return p, at
		}
	}
	return nil, 0
}

func (q *queue) tell() {
	close(q.changed)
	q.changed = make(chan struct{})
}

// ahead returns how many are before a ticket, the one that is read among them, and what is closed when that changes.
func (q *queue) ahead(mine *ticket) (int, <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Index(q.order(), mine) + 1, q.changed // 0: its turn has come
}

// leave gives the place to the first who is there.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, t := range q.order() {
		if t.here {
			q.begin(q.find(t))
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
	p, at := q.find(mine)
	switch {
	case p == nil: // its turn came at the same moment
		q.mu.Unlock()
		q.leave()
		return why
	case mine.key == "":
		q.drop(p, at)
	default:
		mine.here = false
		mine.held = time.AfterFunc(heldFor, func() { q.expire(mine) })
	}
	q.mu.Unlock()
	return why
}

func (q *queue) expire(t *ticket) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if p, at := q.find(t); p != nil && !t.here {
		q.drop(p, at)
	}
}
