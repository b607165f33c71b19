package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Tally is what the updates of one unit, indicator and year add to the figure, month by month.
//
// Flow and money: each standing entry adds its amount to its month. Running, level and standard:
// the last reading holds until the next, so a month adds the difference between its last reading
// and the one before; the sum over the months is then the latest reading, and sums over units are
// sums of each unit's last reading. Of several readings on one day the later entry holds.
//
// updates may come in any order and may include entries that do not count: see [kpi.Standing]. most says
// where those that are "at least" end; nil: none of them does.
func Tally(kind kpi.Kind, rule kpi.ReviewRule, updates []kpi.Update, most Most) kpi.Series {
	standing := kpi.Standing(updates, rule)
	slices.SortFunc(standing, func(a, b kpi.Update) int {
		return cmp.Or(cmp.Compare(a.Dated, b.Dated), cmp.Compare(a.ID, b.ID))
	})
	var s kpi.Series
	var held kpi.Tally
	for _, u := range standing {
		month := &s[u.Dated.Period().Month-1]
		entry := entryTally(u, most)
		*month = month.Plus(entry)
		if !kind.Sums() {
			*month = month.Minus(held)
			held = entry
		}
	}
	return s
}

// Most is the most that an "at least" figure can be, in the measure and the steps it is tallied in: 299 人
// of 200余. ok is false where its wording has no end: 200以上.
type Most func(kpi.Quantity) (most kpi.Amount, ok bool)

// entryTally is what one entry says. Judgements run on ranks, so that a stated number beside one
// (全覆盖, 100 %) does not enter the arithmetic.
func entryTally(u kpi.Update, most Most) kpi.Tally {
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

// Through is what a series adds up to by the end of month (1 to 12; 0 is nothing).
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
			t.LastDate = m.LastDate // of a later month than what came before
		}
	}
	return t
}

// SoleEntry is the entry a figure rests on when it rests on one only, so that it can be shown as
// it was written.
func SoleEntry(t kpi.Tally) (id kpi.UpdateID, ok bool) {
	if t.Entries != 1 {
		return 0, false
	}
	return kpi.UpdateID(t.EntrySum), true
}

// NeedsEntry names the entry the figure is shown as: the only one it rests on, when that is
// approximate or a judgement. The caller finds it and puts it into Entries.
func (in *Input) NeedsEntry() (id kpi.UpdateID, ok bool) {
	t := through(&in.Series, in.AsOf.Month)
	if !approximate(t) && in.Indicator.Kind != kpi.Level {
		return 0, false
	}
	return SoleEntry(t)
}

// quantity is the tally as a quantity. A sum in which all approximate parts are "at least" is
// itself "at least"; one that mixes directions can only be "about".
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
