package progress

import "dabiao/internal/kpi"

// Beside is the context that a reviewer compares an entry with.
type Beside struct {
	SoFar    Opt[kpi.Quantity] // the figure up to the month before the entry's
	LastYear Opt[kpi.Quantity] // the same month a year ago: what it added, or for readings the value at its end
}

// NewBeside computes the context for an entry of the given month from the figure's months this year and
// last.
func NewBeside(ind kpi.Indicator, this, last kpi.Series, month int) Beside {
	lastYear := last[month-1]
	if !ind.Kind.Sums() {
		lastYear = Through(last, month)
	}
	return Beside{Reading(ind, Through(this, month-1)), Reading(ind, lastYear)}
}

// Reading returns the quantity a tally of an indicator amounts to, without comparing it to a target.
func Reading(ind kpi.Indicator, t kpi.Tally) Opt[kpi.Quantity] {
	in := Input{Indicator: ind}
	return in.tallied(t)
}
