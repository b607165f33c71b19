package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Tally computes what the updates of one unit, indicator and year add to the figure, month by month.
//
// Flow and money: each standing entry adds its amount to its month. Running, level and standard: the
// last reading holds until the next, so a month adds the difference between its last reading and the
// one before; the sum over the months is then the latest reading, and sums over units are sums of each
// unit's last reading. Of several readings on one day the later entry counts.
//
// updates may come in any order and may include entries that do not count: see [kpi.Standing]. most
// gives the upper end of "at least" entries; if nil, none has one.
func Tally(kind kpi.Kind, rule kpi.ReviewRule, updates []kpi.Update, most Most) kpi.Series {
	return tallyInOrder(kind, most, InOrderOfDate(kpi.Standing(updates, rule)))
}

// InOrderOfDate returns entries in order of date, and of one day in the order they were logged in: those it is given,
// where they lie so already, else others.
func InOrderOfDate(entries []kpi.Update) []kpi.Update {
	for i := 1; i < len(entries); i++ {
		if a, b := &entries[i-1], &entries[i]; a.Dated > b.Dated || a.Dated == b.Dated && a.ID > b.ID {
			entries = slices.Clone(entries)
			slices.SortFunc(entries, func(a, b kpi.Update) int {
				return cmp.Or(cmp.Compare(a.Dated, b.Dated), cmp.Compare(a.ID, b.ID))
			})
			return entries
		}
	}
	return entries
}

// tallyInOrder is Tally of entries that all stand and lie in order of date, piece by piece.
func tallyInOrder(kind kpi.Kind, most Most, pieces ...[]kpi.Update) (s kpi.Series) {
	var held kpi.Tally
	for _, piece := range pieces {
		for i := range piece {
			u := &piece[i]
			month := &s[u.Dated.Period().Month-1]
			entry := entryTally(u, most)
			*month = month.Plus(entry)
			if !kind.Sums() {
				*month = month.Minus(held)
				held = entry
			}
		}
	}
	return s
}

// Most returns the largest value an "at least" quantity can have, in the measure and steps it is
// tallied in: 299 人 for 200余. ok is false if its wording has no upper end: 200以上.
type Most func(kpi.Quantity) (most kpi.Amount, ok bool)

// entryTally returns what one entry adds. Judgements count by their rank, so a number stated beside one
// (全覆盖, 100 %) does not enter the arithmetic.
func entryTally(u *kpi.Update, most Most) kpi.Tally {
	t := kpi.Tally{Amount: u.Quantity.Amount, Entries: 1, EntrySum: int64(u.ID), LastDate: u.Dated}
	if u.Level != "" {
		t.Amount = u.Level.Rank()
	}
	switch u.Quantity.Precision {
	case kpi.AtLeast:
		t.AtLeast = 1
		if most == nil {
			break
		}
		if end, ok := most(u.Quantity); ok {
			t.Ended, t.Room = 1, end-u.Quantity.Amount
		}
	case kpi.Below:
		t.Below = 1
	case kpi.About:
		t.About = 1
	}
	return t
}

// Through returns what a series adds up to by the end of month (1 to 12; for 0, nothing).
func Through(s kpi.Series, month int) kpi.Tally { return through(&s, month) }

func through(s *kpi.Series, month int) (t kpi.Tally) {
	for i := range month {
		m := &s[i]
		t.Amount += m.Amount
		t.Entries += m.Entries
		t.AtLeast += m.AtLeast
		t.Ended += m.Ended
		t.Room += m.Room
		t.Below += m.Below
		t.About += m.About
		t.EntrySum += m.EntrySum
		if m.LastDate != "" {
			t.LastDate = m.LastDate // months come in order, so this is the latest
		}
	}
	return t
}

// SoleEntry returns the entry a figure is based on if there is only one, so that it can be shown as it
// was written.
func SoleEntry(t kpi.Tally) (id kpi.UpdateID, ok bool) {
	if t.Entries != 1 {
		return 0, false
	}
	return kpi.UpdateID(t.EntrySum), true
}

// NeedsEntry returns the entry as which the figure is shown: the only one behind it, if it is
// approximate or a judgement. The caller must look it up and put it into Entries.
func (in *Input) NeedsEntry() (id kpi.UpdateID, ok bool) {
	t := through(&in.Series, in.AsOf.Month)
	if !approximate(t) && in.Indicator.Kind != kpi.Level {
		return 0, false
	}
	return SoleEntry(t)
}

// quantity returns the tally as a quantity. A sum whose approximate parts are all "at least" is itself
// "at least", and likewise for "below"; any other mix is "about".
func quantity(t kpi.Tally, entries map[kpi.UpdateID]kpi.Update) kpi.Quantity {
	q := kpi.Quantity{Amount: t.Amount, Precision: kpi.Exact}
	switch {
	case !approximate(t):
	case t.Below+t.About == 0:
		q.Precision = kpi.AtLeast
	case t.AtLeast+t.About == 0:
		q.Precision = kpi.Below
	default:
		q.Precision = kpi.About
	}
	if id, ok := SoleEntry(t); ok {
		q.Wording = entries[id].Quantity.Wording
	}
	return q
}

// Stated returns what a tally says as a quantity, without its wording.
func Stated(t kpi.Tally) kpi.Quantity { return quantity(t, nil) }
