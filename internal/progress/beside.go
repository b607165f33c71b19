package progress

import "dabiao/internal/kpi"

// Beside is what a reviewer holds an entry against.
type Beside struct {
	SoFar    Opt[kpi.Quantity] // the figure up to the month before the entry's
	LastYear Opt[kpi.Quantity] // the same month a year ago: what it added, or the reading at its end
}

// NewBeside takes it from a figure's months of this year and the last, for an entry of a month.
func NewBeside(ind kpi.Indicator, this, last kpi.Series, month int) Beside {
	lastYear := last[month-1]
	if !ind.Kind.Sums() {
		lastYear = Through(last, month)
	}
	return Beside{Reading(ind, Through(this, month-1)), Reading(ind, lastYear)}
}

// Reading is what a tally of an indicator says by itself, held against no target.
func Reading(ind kpi.Indicator, t kpi.Tally) Opt[kpi.Quantity] {
	in := Input{Indicator: ind}
	return in.tallied(t)
}
