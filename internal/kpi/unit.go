package kpi

// UnitID identifies an organisation in the database.
type UnitID int64

// Unit is an organisation in the tree county → township → village (单位).
type Unit struct {
	ID     UnitID
	Code   string
	Name   string
	NameEn string
	Parent UnitID // 0: the root
	Sort   int
}

// Check refuses a unit that cannot be addressed or shown.
func (u Unit) Check() error {
	var m Mistakes
	checkCode(&m, u.Code)
	if u.Name == "" {
		m.Add("name", "name_missing")
	}
	return m.Err()
}

// UnitTree is all units with their places, for the few hundred an office has.
type UnitTree struct {
	units    []Unit // parents before children, siblings in their order
	byID     map[UnitID]int
	children map[UnitID][]UnitID
}

// NewUnitTree arranges units given in sibling order. Every parent must be among them.
func NewUnitTree(units []Unit) UnitTree {
	t := UnitTree{byID: map[UnitID]int{}, children: map[UnitID][]UnitID{}}
	place := map[UnitID]Unit{}
	for _, u := range units {
		place[u.ID] = u
		t.children[u.Parent] = append(t.children[u.Parent], u.ID)
	}
	var walk func(UnitID)
	walk = func(parent UnitID) {
		for _, id := range t.children[parent] {
			t.byID[id] = len(t.units)
			t.units = append(t.units, place[id])
			walk(id)
		}
	}
	walk(0)
	return t
}

// All lists every unit, parents before children.
func (t UnitTree) All() []Unit { return t.units }

// Root is the first unit without a parent; ok is false while there is none.
func (t UnitTree) Root() (u Unit, ok bool) {
	if len(t.units) == 0 {
		return Unit{}, false
	}
	return t.units[0], true
}

// Unit looks a unit up.
func (t UnitTree) Unit(id UnitID) (u Unit, ok bool) {
	i, ok := t.byID[id]
	if !ok {
		return Unit{}, false
	}
	return t.units[i], true
}

// Code looks a unit up by its code.
func (t UnitTree) Code(code string) (u Unit, ok bool) {
	for _, u := range t.units {
		if u.Code == code {
			return u, true
		}
	}
	return Unit{}, false
}

// Children lists the units directly below id, in order.
func (t UnitTree) Children(id UnitID) []Unit {
	var out []Unit
	for _, c := range t.children[id] {
		u, _ := t.Unit(c)
		out = append(out, u)
	}
	return out
}

// Line is id and its ancestors, nearest first.
func (t UnitTree) Line(id UnitID) []UnitID {
	var out []UnitID
	for u, ok := t.Unit(id); ok; u, ok = t.Unit(u.Parent) {
		out = append(out, u.ID)
	}
	return out
}

// Within reports whether id is top or lies below it.
func (t UnitTree) Within(id, top UnitID) bool { return contains(t.Line(id), top) }
