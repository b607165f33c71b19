package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// TrailLimit is how many entries of one indicator a source annex lists. Beyond it the annex shows
// what each unit adds, so that a county with townships of its own does not print its whole log.
const TrailLimit = 60

// Trail is what an indicator's figure is the sum of: its entries, or what each unit adds.
type Trail struct {
	Entries []TrailEntry // that stand up to the report's date, oldest first
	Units   []TrailUnit  // instead of Entries if there are more than TrailLimit

	Evidence []progress.NumberedEvidence // with Units: of all entries together
}

// TrailEntry is an entry with its evidence and the people behind it.
type TrailEntry struct {
	kpi.Update
	Unit     kpi.Name
	Author   string // the person's full name
	Approver string // who approved it; "" for nobody
	Evidence []progress.NumberedEvidence
}

// TrailUnit is what one unit, with all below it, adds to the figure.
type TrailUnit struct {
	Unit  kpi.Name
	Tally kpi.Tally
}
