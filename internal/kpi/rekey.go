package kpi

// Rekeyed is a line of a form that somebody has typed into another system, which takes no upload.
type Rekeyed struct {
	Line    string // the line's key in its form
	Printed string // what it said then
	By      string
	At      UnixMilli
}
