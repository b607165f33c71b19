package kpi

import (
	"slices"
	"testing"
)

// 1 ─ 2 ─ 4, 1 ─ 3.
func small() []Unit {
	return []Unit{{ID: 1}, {ID: 2, Parent: 1}, {ID: 3, Parent: 1}, {ID: 4, Parent: 2}}
}

// moved returns the tree after a move, as the store would.
func moved(t *testing.T, units []Unit, past []Membership, u, parent UnitID, since Date) ([]Unit, []Membership) {
	t.Helper()
	kept, err := NewTree(units, past).Move(u, parent, since)
	if err != nil {
		t.Fatal(err)
	}
	units = slices.Clone(units)
	for i := range units {
		if units[i].ID == u {
			units[i].Parent = parent
		}
	}
	past = slices.DeleteFunc(slices.Clone(past), func(m Membership) bool { return m.Unit == u })
	return units, append(past, kept...)
}

func TestAMoveFromAMonthLeavesTheMonthsBefore(t *testing.T) {
	units, past := moved(t, small(), nil, 4, 3, "2026-04-01")
	tree := NewTree(units, past)
	for day, want := range map[Date][]UnitID{
		"":           {4, 2, 1},
		"2026-03-31": {4, 2, 1},
		"2026-04-01": {4, 3, 1},
		"2027-01-01": {4, 3, 1},
	} {
		if got := tree.Lineage(4, day); !slices.Equal(got, want) {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
	// Moved back from the same month on, nothing is left of it.
	_, past = moved(t, units, past, 4, 2, "2026-04-01")
	if len(past) != 0 {
		t.Errorf("left: %v", past)
	}
	// A second move from a later month adds to the history; one with its history wipes it.
	units, past = moved(t, small(), nil, 4, 3, "2026-02-01")
	units, past = moved(t, units, past, 4, 1, "2026-05-01")
	want := []Membership{{4, 2, "", "2026-02-01"}, {4, 3, "2026-02-01", "2026-05-01"}}
	if !slices.Equal(past, want) {
		t.Errorf("%v, want %v", past, want)
	}
	if _, past = moved(t, units, past, 4, 3, ""); len(past) != 0 {
		t.Errorf("left: %v", past)
	}
}

func TestAMoveBelowItselfIsRefusedAtAnyTime(t *testing.T) {
	if _, err := NewTree(small(), nil).Move(2, 4, ""); err == nil {
		t.Error("a unit went below its child")
	}
	if _, err := NewTree(small(), nil).Move(2, 2, ""); err == nil {
		t.Error("a unit went below itself")
	}
	units, past := moved(t, small(), nil, 4, 3, "2026-04-01") // until March 4 was below 2
	if _, err := NewTree(units, past).Move(2, 4, ""); err == nil {
		t.Error("before April, 2 would lie below its own child")
	}
	if _, err := NewTree(units, past).Move(2, 4, "2026-04-01"); err != nil {
		t.Errorf("from April on nothing speaks against it: %v", err)
	}
}

func TestPartsKeepToTheirMeasure(t *testing.T) {
	for _, c := range []struct {
		part, whole Measure
		ok          bool
	}{{"人", "人", true}, {"人", "人次", false}, {"人/次", "人", false}, {"万元", "元", true}, {"元", "人", false},
		{"份", "起", true}, {"场次", "场", true}, {"户次", "户", false}, {"名", "人次", false}} {
		if got := c.part.PartOf(c.whole); got != c.ok {
			t.Errorf("%s of %s: %v", c.part, c.whole, got)
		}
	}
}

func TestLinksAmongIndicators(t *testing.T) {
	others := []Indicator{{ID: 1, Kind: Flow, Measure: "起"}, {ID: 2, Kind: Flow, Measure: "起", PartOf: 1},
		{ID: 3, Kind: Ratio, Numerator: 2, Denominator: 1}, {ID: 4, Kind: Flow, Measure: "人次"}}
	for _, c := range []struct {
		ind  Indicator
		want string
	}{
		{Indicator{ID: 1, Kind: Flow, Measure: "起", PartOf: 2}, "part_of_cycle"},
		{Indicator{ID: 1, Kind: Flow, Measure: "起", PartOf: 1}, "part_of_cycle"},
		{Indicator{Kind: Flow, Measure: "人", PartOf: 4}, "part_of_measure"},
		{Indicator{ID: 3, Kind: Ratio, Numerator: 3, Denominator: 1}, "ratio_cycle"},
		{Indicator{Kind: Ratio, Numerator: 3, Denominator: 1}, "ratio_part_kind"},
		{Indicator{Kind: Ratio, Numerator: 1, Denominator: 1}, "ratio_same_parts"},
		{Indicator{ID: 1, Kind: Level}, "kind_divided"},
		{Indicator{Kind: Flow, Measure: "起", PartOf: 2}, ""},
	} {
		err := c.ind.CheckLinks(others)
		switch e, ok := err.(*Error); {
		case c.want == "" && err != nil, c.want != "" && (!ok || e.Fields[0].Text.Key != c.want):
			t.Errorf("%+v: %v, want %q", c.ind, err, c.want)
		}
	}
}
