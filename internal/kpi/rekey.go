package kpi

// Rekeyed records that someone has typed a line of a form into another system, which has no upload.
type Rekeyed struct {
	Line    string // the line's key in its form
	Printed string // what it said at that time
	By      string
	At      UnixMilli
}
