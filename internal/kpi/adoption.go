package kpi

// AdoptionID identifies an old report or table that is taken over.
type AdoptionID int64

// AdoptionState says how far the taking over of an old report has come.
type AdoptionState string

// The states.
const (
	AdoptionDraft  AdoptionState = "draft"
	AdoptionMade   AdoptionState = "made"
	AdoptionUndone AdoptionState = "undone"
)

// Adoption is an old report or table that is taken over into a year.
type Adoption struct {
	ID     AdoptionID
	Year   Year
	Source string // what it was read from: a file's name
	State  AdoptionState
	Author string
	At     UnixMilli
	Body   string // JSON: what was read and how it was changed
	Made   string // JSON: what became of it; "" before
}
