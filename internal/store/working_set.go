package store

import (
	"context"
	"maps"
	"slices"

	"dabiao/internal/kpi"
)

// workingSet is where a transaction of changes keeps what it knows of the records and what it has written and not sent
// yet. A change that is entered among a hundred others asks the database nothing that one of them knows already, and
// all of them are sent together, each row once (docs/adr/0103).
//
// What methods of Reader and Writer do here is seen by all others: before a statement of any other kind runs,
// everything is sent (see ahead).
type workingSet struct {
	readSet
	base writeSet // written by changes that were accepted, and not sent yet
	own  writeSet // by the change that runs

	parsed map[FigureYear]*kpi.Series // those of months that were looked at

	first  []query // to be sent before base: ends of savepoints
	beside bool    // the change runs beside others, so that it alone is taken back if it fails
	saved  bool    // its savepoint was sent
	sent   bool    // something was, or a statement of another kind
	aside  bool    // what runs now asks for what was there before anything that is not sent

	rehearsing *wants  // set: nothing is asked, and what would be is noted (see rehearse)
	before     lastIDs // the last ones as the change found them
}

// readSet is what was read of the records, or sent to them, in this transaction.
type readSet struct {
	months  map[FigureYear]Months // "": there are none
	logs    map[FigureYear][]kpi.Update
	targets map[FigureYear][]kpi.Target
	days    map[dayBelow][]kpi.Update
	answers map[answerID]answer
	last    lastIDs
	rows    int // how many entries are among those, or were

	older *readSet // what nobody has asked for lately (see memory); nil: nothing
}

// dayBelow names the entries of a day of the units directly below one, for an indicator.
type dayBelow struct {
	Day       kpi.Date
	Indicator kpi.IndicatorID
	Parent    kpi.UnitID
}

type answerID struct{ account, key string }

// answer is what a key was used for; the zero value: nothing.
type answer struct {
	fingerprint string
	result      int64
	used        bool
}

// lastIDs are the last numbers that tables gave to rows.
type lastIDs struct {
	read                    bool
	updates, reviews, audit int64
}

func newWorkingSet() *workingSet {
	d := &workingSet{}
	d.forget()
	return d
}

// forgetTable has read anew what a statement may have changed.
func (d *workingSet) forgetTable(table string) {
	d.older = nil
	switch table {
	case "updates":
		clear(d.logs)
		clear(d.days)
		d.last.read = false
	case "reviews", "audit":
		d.last.read = false
	case "rollups":
		clear(d.months)
		clear(d.parsed)
	case "targets":
		clear(d.targets)
	case "units":
		clear(d.days)
	case "idempotency":
		clear(d.answers)
	}
}

// before asks for what was there before anything that is not sent yet.
func (c *conn) before(ask func() error) error {
	if c.work == nil {
		return ask()
	}
	was := c.work.aside
	c.work.aside = true
	defer func() { c.work.aside = was }()
	return ask()
}

// missing returns the keys that are not known; while rehearsing it notes them all.
func missing[K comparable, V any](d *workingSet, have map[K]V, want func(*wants) *[]K, keys []K) (out []K) {
	if d.rehearsing != nil {
		noted := want(d.rehearsing)
		*noted = append(*noted, keys...)
		return nil
	}
	for _, k := range keys {
		if _, ok := have[k]; !ok && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// change begins a change, which runs beside others or alone.
func (d *workingSet) change(beside bool) {
	d.beside, d.saved, d.before = beside, false, d.last
	d.own.clear()
}

// accept takes the change in, and returns what it changed beyond what was sent.
func (d *workingSet) accept() stampOf {
	if d.saved {
		d.first = append(d.first, query{text: releaseChange})
	}
	changed := d.own.changed()
	d.base.add(&d.own)
	d.own.clear()
	return changed
}

// refuse takes the change back.
func (d *workingSet) refuse() {
	d.own.clear()
	d.last = d.before
	if d.saved {
		d.first = append(d.first, query{text: undoChange}, query{text: releaseChange})
		d.forget()
		clear(d.parsed)
	}
}

const (
	saveChange    = "SAVEPOINT change"
	undoChange    = "ROLLBACK TO SAVEPOINT change"
	releaseChange = "RELEASE SAVEPOINT change"
)

// rest returns what accepted changes have not sent yet.
func (d *workingSet) rest(of *dialect) []query { return append(d.first, d.base.queries(of)...) }

// ahead sends everything that is not sent yet, and a savepoint where one is needed, before a statement that may see or
// change any of it.
func (c *conn) ahead(ctx context.Context, changes []string) error {
	d := c.work
	if d == nil || d.aside {
		return nil
	}
	d.sent = true
	rest := d.rest(c.dialect)
	if d.beside && !d.saved {
		rest = append(rest, query{text: saveChange})
	}
	if rest = append(rest, d.own.queries(c.dialect)...); len(rest) > 0 {
		if err := c.send(ctx, rest); err != nil {
			return err
		}
	}
	d.saved = d.saved || d.beside
	d.first = nil
	d.absorb(&d.base)
	d.absorb(&d.own)
	for _, table := range changes {
		d.forgetTable(table)
	}
	return nil
}

// absorb takes what was sent for known. What it changes in the stamp was counted for base when it was accepted.
func (d *workingSet) absorb(l *writeSet) {
	for k := range l.months {
		d.months[k] = l.textOf(k)
		delete(d.parsed, k)
	}
	if d.older != nil {
		d.older.without(l)
	}
	maps.Copy(d.answers, l.answers)
	figures, days := map[FigureYear]bool{}, map[dayBelow]bool{}
	for _, u := range l.entries {
		figures[FigureYear{FigureKey{u.Unit, u.Indicator}, u.Dated.Year()}] = true
		days[dayBelow{u.Dated, u.Indicator, l.parents[u.Unit]}] = true
		for k := range d.days { // it may be another day's entry that is answered
			if u.Answers != 0 && k.Indicator == u.Indicator {
				days[k] = true
			}
		}
	}
	for k := range figures {
		if log, ok := d.logs[k]; ok {
			d.logs[k] = l.logWith(log, k)
		}
	}
	for k := range days {
		if day, ok := d.days[k]; ok {
			d.days[k] = l.dayWith(day, k)
		}
	}
	d.rows += len(l.entries)
	l.clear()
}
