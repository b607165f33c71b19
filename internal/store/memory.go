package store

import (
	"maps"
	"sync/atomic"

	"dabiao/internal/kpi"
)

// memory is what a transaction knew when its group had run, for the next one of this program. It holds for as long
// as nobody else has written: then the figures' stamp, which the next one reads when nobody else can write, is the one
// that this one left.
type memory struct {
	readSet
	at        int64 // the figures' stamp, once the group is stored
	structure int64 // likewise

	// What a group that runs before this one is stored goes on from (see runAhead).
	wrote  writeSet // what the group wrote, to be laid over what was read without it
	before int64    // the figures' stamp that it found
	audit  string   // hash of the newest audit entry
	state  atomic.Int32
}

// States of a memory's group.
const (
	beingStored int32 = iota
	stored
	notStored
)

// mostRemembered bounds how many entries and sums are remembered. Half of them are those that were asked for lately:
// when they become too many, the others are forgotten, and they take their place. What many entries change, such as the
// sums of the units above, is asked for again before it is forgotten.
const mostRemembered = 50_000

// newMemory returns what a transaction knows, with what it wrote, for whoever comes next. Nothing may be asked of the
// transaction any more.
func newMemory(c *conn, at int64) *memory {
	d := c.work
	m := &memory{at: at, structure: c.structure, wrote: d.base, before: c.figures}
	if c.lastAudit != nil {
		m.audit = *c.lastAudit
	}
	if c.dialect.network {
		d.forgetOwn(&d.base)
	}
	d.absorb(&d.base)
	m.readSet = d.readSet
	m.answers = nil // no stamp says whether they hold
	if m.size() >= mostRemembered/2 {
		young := m.readSet
		young.older = nil
		m.forget()
		m.older, m.last = &young, young.last
	}
	return m
}

// forgetOwn forgets the logs that entries were added to: hardly anybody adds to the same one soon, and to ask for it
// takes no trip of its own. The logs of the units above stay.
func (d *workingSet) forgetOwn(l *writeSet) {
	for i := range l.entries {
		f := figureOf(&l.entries[i])
		for _, f := range [...]FigureYear{f, {f.FigureKey, f.Year - 1}} {
			d.rows -= len(d.logs[f])
			delete(d.logs, f)
		}
	}
}

// over says whether the group is stored.
func (m *memory) over(kept bool) {
	if kept {
		m.state.Store(stored)
		return
	}
	m.state.Store(notStored)
}

// forget has everything read anew.
func (k *readSet) forget() {
	*k = readSet{months: map[FigureYear]Months{}, logs: map[FigureYear][]kpi.Update{},
		targets: map[FigureYear][]kpi.Target{}, days: map[dayBelow][]kpi.Update{}, answers: map[answerID]answer{}}
}

// join adds what is known to what was read just now.
func (k *readSet) join(older *readSet) {
	merge(&k.months, older.months)
	merge(&k.logs, older.logs)
	merge(&k.targets, older.targets)
	merge(&k.days, older.days)
	k.rows, k.older = k.rows+older.rows, older.older
}

// without forgets what others have written.
func (k *readSet) without(l *writeSet) {
	for f := range l.months {
		delete(k.months, f)
	}
	for i := range l.entries {
		u := &l.entries[i]
		delete(k.logs, figureOf(u))
		if delete(k.days, dayBelow{u.Dated, u.Indicator, l.parents[u.Unit]}); u.Answers != 0 {
			clear(k.days) // it may be another day's entry that is answered
		}
	}
}

// merge puts the newer into the older, of which there is more.
func merge[K comparable, V any](newer *map[K]V, older map[K]V) {
	maps.Copy(older, *newer)
	*newer = older
}

func (k *readSet) size() int {
	return k.rows + len(k.months) + len(k.targets) + len(k.days) + len(k.logs)
}
