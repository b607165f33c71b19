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

// mostRemembered bounds how many entries and sums are remembered; beyond it all are forgotten.
const mostRemembered = 50_000

// newMemory returns what a transaction knows, with what it wrote, for whoever comes next. Nothing may be asked of the
// transaction any more.
func newMemory(c *conn, at int64) *memory {
	d := c.work
	m := &memory{at: at, structure: c.structure, wrote: d.base, before: c.figures}
	if c.lastAudit != nil {
		m.audit = *c.lastAudit
	}
	d.absorb(&d.base)
	if m.readSet = d.readSet; m.size() >= mostRemembered {
		m.forget()
		m.last = d.last
	}
	m.answers = nil // no stamp says whether they hold
	return m
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
	k.rows += older.rows
}

// merge puts the newer into the older, of which there is more.
func merge[K comparable, V any](newer *map[K]V, older map[K]V) {
	maps.Copy(older, *newer)
	*newer = older
}

func (k *readSet) size() int {
	return k.rows + len(k.months) + len(k.targets) + len(k.days) + len(k.logs)
}
