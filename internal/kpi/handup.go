package kpi

// PackageID identifies a package of figures in the database.
type PackageID int64

// Dictionary is the dictionary of the office above as it is kept for a year.
type Dictionary struct {
	Year  Year
	Name  string // follows from the body
	Body  string `json:"-"` // JSON
	Unit  string // what this office is above: a code; "" while nobody has said
	SetBy string
	SetAt UnixMilli
}

// Mapped is what is handed up as an indicator of an office above: its code under the name that it had.
type Mapped struct {
	Office string // the ID of the office above
	Code   string // above
	Name   string // above
	Own    IndicatorID
	SetBy  string
	SetAt  UnixMilli
}

// MadePackage is a package that this office has made, and how far it is on its way up.
type MadePackage struct {
	ID          PackageID
	Year        Year
	Number      int // its version, counted within the year
	First, Last int // its months
	SHA256      string
	By          string // the account's name
	At          UnixMilli

	State SendingState `json:"-"`
	Tries int          `json:"-"`
	DueAt UnixMilli    `json:"-"`
	Said  string       `json:"-"` // what the office above, or the way there, said last
}

// SendingState says how far a package is on its way up.
type SendingState string

// The states. Held is there, and waits for somebody above to answer what is asked about it.
const (
	SendingNone    SendingState = ""
	SendingWaiting SendingState = "waiting"
	SendingSent    SendingState = "sent"
	SendingHeld    SendingState = "held"
	SendingFailed  SendingState = "failed"
)

// TakenPackage is a package that came from an office below.
type TakenPackage struct {
	ID          PackageID
	Unit        UnitID
	Year        Year
	Number      int
	First, Last int
	SHA256      string
	Key         string // the public key that it is signed with
	State       PackageState
	By          string // who brought it: the account's name
	At          UnixMilli
	DecidedBy   string
	DecidedAt   UnixMilli
}

// Covers reports whether the package says something of a month.
func (p TakenPackage) Covers(month int) bool { return p.First <= month && month <= p.Last }

// PackageState says what became of a package from below.
type PackageState string

// The states.
const (
	PackageWaiting  PackageState = "waiting"
	PackageTaken    PackageState = "taken"
	PackageDeclined PackageState = "declined"
)

// PackageKey is whose packages are trusted for a unit.
type PackageKey struct {
	Unit   UnitID
	Office string // the office's ID
	Key    string // its public key
	By     string
	At     UnixMilli
}

// Upward is where packages are sent.
type Upward struct {
	Address string
	Token   string `json:"-"`
	SetBy   string
	SetAt   UnixMilli
}

// MayHandUp refuses actors who may not map indicators and hand figures up: whoever signs its report, and
// administrators.
func (a Actor) MayHandUp() error {
	if !a.is(Leader, Admin) || a.Unit != 0 {
		return Denied("role_may_not_hand_up")
	}
	return nil
}

// MayBring refuses actors who may not bring packages: those who take them in, and, of its own unit, whoever reports for
// one. A reviewer approves what others logged.
func (a Actor) MayBring() error {
	if !a.is(Staff, Reporter, Admin) {
		return Denied("role_may_not_take_in")
	}
	return nil
}

// MayTakeIn refuses actors who may not take packages in: they become entries of the log, as it is edited.
func (a Actor) MayTakeIn() error {
	if !a.is(Staff, Admin) || a.Unit != 0 {
		return Denied("role_may_not_take_in")
	}
	return nil
}
