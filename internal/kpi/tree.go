package kpi

import "slices"

// Membership records that a unit used to belong below Parent from the day Since to the day before
// Until.
type Membership struct {
	Unit, Parent UnitID
	Since        Date // the first day of a month; "": from the beginning
	Until        Date // the first day of a month
}

// MoveHistory says what happens to a unit's past counts when it moves (划转).
type MoveHistory string

// The two choices.
const (
	HistoryStay MoveHistory = "stay" // what was counted before the move stays with the old parent
	HistoryMove MoveHistory = "move" // it moves along
)

// MoveHistories lists both in the order shown to people.
var MoveHistories = []MoveHistory{HistoryStay, HistoryMove}

// Known reports whether h is one of the choices.
func (h MoveHistory) Known() bool { return contains(MoveHistories, h) }

// Tree is the hierarchy of units, now and in the past.
type Tree struct {
	parent map[UnitID]UnitID
	past   map[UnitID][]Membership // in the order of Until
}

// NewTree returns the tree of units. The memberships of each unit must be in the order of Until.
func NewTree(units []Unit, past []Membership) Tree {
	t := Tree{parent: make(map[UnitID]UnitID, len(units)), past: map[UnitID][]Membership{}}
	for _, u := range units {
		t.parent[u.ID] = u.Parent
	}
	for _, m := range past {
		t.past[m.Unit] = append(t.past[m.Unit], m)
	}
	return t
}

// Parent returns the unit directly above u on a day, 0 for the root. The day "" is before all moves.
func (t Tree) Parent(u UnitID, day Date) UnitID {
	for _, m := range t.past[u] {
		if day < m.Until {
			return m.Parent
		}
	}
	return t.parent[u]
}

// Lineage returns u followed by its ancestors on a day, nearest first.
func (t Tree) Lineage(u UnitID, day Date) []UnitID {
	var lineage []UnitID
	for at := u; at != 0 && len(lineage) <= len(t.parent); at = t.Parent(at, day) {
		lineage = append(lineage, at)
	}
	return lineage
}

// Lineages returns the lineages of u on the first day of each month of the year.
func (t Tree) Lineages(u UnitID, y Year) Lineages {
	var out Lineages
	for m := range out {
		if m > 0 && len(t.past) == 0 {
			out[m] = out[0]
			continue
		}
		out[m] = t.Lineage(u, Period{y, m + 1}.Start())
	}
	return out
}

// Constant reports whether the ancestors are the same all year.
func (l Lineages) Constant() bool {
	for m := range l[1:] {
		if !slices.Equal(l[m], l[m+1]) {
			return false
		}
	}
	return true
}

// Children returns the units directly below parent on a day, in no particular order.
func (t Tree) Children(parent UnitID, day Date) []UnitID {
	var out []UnitID
	for u := range t.parent {
		if t.Parent(u, day) == parent {
			out = append(out, u)
		}
	}
	return out
}

// Turns returns since and the later days on which some unit changed its parent.
func (t Tree) Turns(since Date) []Date {
	out := []Date{since}
	for _, past := range t.past {
		for _, m := range past {
			if m.Until > since && !contains(out, m.Until) {
				out = append(out, m.Until)
			}
		}
	}
	return out
}

// Move puts u below another parent from the day since on ("": for all time) and returns the memberships
// of u that remain. It refuses (Invalid, parent) if the new parent is u itself or lies below it on any
// of those days, and if nothing would change.
func (t Tree) Move(u, parent UnitID, since Date) ([]Membership, error) {
	var m Mistakes
	if contains(t.Lineage(parent, "9999-12-31"), u) {
		m.Add("parent", "move_cycle")
		return nil, m.Err()
	}
	for _, day := range t.Turns(since) {
		if contains(t.Lineage(parent, day), u) {
			m.Add("parent", "move_cycle_before", string(day))
			return nil, m.Err()
		}
	}
	kept := t.past[u][:0:0]
	for _, p := range t.past[u] {
		if p.Until < since {
			kept = append(kept, p)
		}
	}
	if since == "" {
		return kept, nil
	}
	// The membership in force the day before ends at since, unless the parent stays the same.
	before := t.parentBefore(u, since)
	if before != parent {
		start := Date("")
		if n := len(kept); n > 0 {
			start = kept[n-1].Until
		}
		kept = append(kept, Membership{Unit: u, Parent: before, Since: start, Until: since})
	}
	return kept, nil
}

// parentBefore returns the parent of u on the day before the given first day of a month.
func (t Tree) parentBefore(u UnitID, day Date) UnitID {
	for _, m := range t.past[u] {
		if day <= m.Until {
			return m.Parent
		}
	}
	return t.parent[u]
}

// Lineages holds a unit's lineage (see [Tree.Lineage]) for each month of a year.
type Lineages [12][]UnitID
