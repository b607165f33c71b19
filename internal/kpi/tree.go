package kpi

import "slices"

// Membership says where a unit belonged before: below Parent from the day Since to the day before
// Until.
type Membership struct {
	Unit, Parent UnitID
	Since        Date // the first day of a month; "" since ever
	Until        Date // the first day of a month
}

// MoveHistory says what becomes of the counts a unit already has when it moves (划转).
type MoveHistory string

// The two choices.
const (
	HistoryStay MoveHistory = "stay" // what was counted before the move stays with the old parent
	HistoryMove MoveHistory = "move" // it moves along
)

// MoveHistories lists both, in the order shown to people.
var MoveHistories = []MoveHistory{HistoryStay, HistoryMove}

// Known reports whether h is one of the choices.
func (h MoveHistory) Known() bool { return contains(MoveHistories, h) }

// Tree is the units with where they belong now and where they belonged before.
type Tree struct {
	parent map[UnitID]UnitID
	past   map[UnitID][]Membership // by Until
}

// NewTree makes a tree. The memberships of a unit come in the order of Until.
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

// Parent is the unit directly above u on a day, 0 for the root. Day "" is before all moves.
func (t Tree) Parent(u UnitID, day Date) UnitID {
	for _, m := range t.past[u] {
		if day < m.Until {
			return m.Parent
		}
	}
	return t.parent[u]
}

// Line is a unit followed by its ancestors on a day, nearest first.
func (t Tree) Line(u UnitID, day Date) []UnitID {
	var line []UnitID
	for at := u; at != 0 && len(line) <= len(t.parent); at = t.Parent(at, day) {
		line = append(line, at)
	}
	return line
}

// Lines are a unit's lines on the first days of a year's months.
func (t Tree) Lines(u UnitID, y Year) Lines {
	var out Lines
	for m := range out {
		if m > 0 && len(t.past) == 0 {
			out[m] = out[0]
			continue
		}
		out[m] = t.Line(u, Period{y, m + 1}.Start())
	}
	return out
}

// Constant reports whether the ancestors are the same all year.
func (l Lines) Constant() bool {
	for m := range l[1:] {
		if !slices.Equal(l[m], l[m+1]) {
			return false
		}
	}
	return true
}

// Children are the units directly below one on a day.
func (t Tree) Children(parent UnitID, day Date) []UnitID {
	var out []UnitID
	for u := range t.parent {
		if t.Parent(u, day) == parent {
			out = append(out, u)
		}
	}
	return out
}

// Turns are the days from since on, since itself first, on which some unit changed its parent.
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

// Move puts a unit below another parent from the day since on ("" for ever) and gives back the
// unit's memberships that remain. Refusal: Invalid parent, when the new parent is the unit itself or
// lies below it on any of those days, and when nothing would change.
func (t Tree) Move(u, parent UnitID, since Date) ([]Membership, error) {
	var m Mistakes
	if contains(t.Line(parent, "9999-12-31"), u) {
		m.Add("parent", "move_cycle")
		return nil, m.Err()
	}
	for _, day := range t.Turns(since) {
		if contains(t.Line(parent, day), u) {
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
	// The membership that was running the day before ends at since, unless it simply goes on.
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

// parentBefore is the parent on the day before a first day of a month.
func (t Tree) parentBefore(u UnitID, day Date) UnitID {
	for _, m := range t.past[u] {
		if day <= m.Until {
			return m.Parent
		}
	}
	return t.parent[u]
}

// Lines are a unit's lines of ancestors by month of a year.
type Lines [12][]UnitID
