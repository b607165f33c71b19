package kpi

// DisplayID identifies a display.
type DisplayID int64

// Display is a link that shows one unit's board for the current year without a sign-in, on a wall
// screen.
type Display struct {
	ID      DisplayID
	Name    string // where the screen hangs
	Unit    Unit
	MadeBy  string // sign-in name
	MadeAt  UnixMilli
	SeenAt  UnixMilli // last used, accurate to ten minutes; 0: never
	EndedAt UnixMilli // 0: the link works

	Language string // one of DisplayLanguages
}

// DisplayLanguages are the languages a display can be set to; "" shows the one its browser asks for.
var DisplayLanguages = []string{"", "zh-CN", "en"}

// Actor returns the actor as which a display reads. Use cases accept it for boards only, within the
// display's unit.
func (d Display) Actor() Actor { return Actor{Name: "display", Role: Leader, Unit: d.Unit.ID} }

// PublicYear is a closed year that anyone may read without signing in.
type PublicYear struct {
	Year    Year
	Indexed bool // search engines may list it
}
