package kpi

// Rekeyed records that someone has typed a row of a paper into another system, which has no upload.
type Rekeyed struct {
	Row     string // the row's key in its paper
	Printed string // what it said at that time
	By      string
	At      UnixMilli
}
