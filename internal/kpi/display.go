package kpi

// DisplayID identifies a display.
type DisplayID int64

// Display is a link that shows one unit's board of the current year on a wall without a sign-in.
type Display struct {
	ID      DisplayID
	Name    string // where it hangs
	Unit    Unit
	MadeBy  string // sign-in name
	MadeAt  UnixMilli
	SeenAt  UnixMilli // last used, to ten minutes; 0: never
	EndedAt UnixMilli // 0: it opens
}

// Actor is a display as somebody who reads: nothing outside its unit, and nothing but boards, for the
// use cases hand it to no others.
func (d Display) Actor() Actor { return Actor{Name: "display", Role: Leader, Unit: d.Unit.ID} }

// PublicYear is a closed year that anybody may read without a sign-in.
type PublicYear struct {
	Year    Year
	Indexed bool // search engines may list it
}
