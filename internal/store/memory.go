package store

import (
	"maps"

	"dabiao/internal/kpi"
)

// memory is what a transaction knew when it was committed, for the next one of this program. It holds for as long
// as nobody else has written: then the figures' stamp, which the next one reads when nobody else can write, is the one
// that this one left.
type memory struct {
	readSet
	at int64 // the figures' stamp
}

// mostRemembered bounds how many entries and sums are remembered; beyond it all are forgotten.
const mostRemembered = 50_000

// take takes what is remembered out, to be put back by remember when the transaction is over.
func (db *DB) take() *memory {
	m := db.memory
	if db.memory = nil; m == nil {
		m = &memory{}
		m.forget()
	}
	m.last, m.answers = lastIDs{}, map[answerID]answer{} // no stamp says whether they hold
	return m
}

// remember keeps what the transaction knew, once it is certain that everything it did is stored, at the stamp it left.
func (db *DB) remember(d *workingSet, at int64) {
	d.absorb(&d.base)
	if d.size() < mostRemembered {
		db.memory = &memory{d.readSet, at}
	}
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
