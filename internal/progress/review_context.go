package progress

import "dabiao/internal/kpi"

// ReviewContext is the context that a reviewer compares an entry with.
type ReviewContext struct {
	SoFar    Opt[kpi.Quantity] // the figure up to the month before the entry's
	LastYear Opt[kpi.Quantity] // the same month a year ago: what it added, or for readings the value at its end
}

// NewReviewContext computes the context for an entry of the given month from the figure's months this year and
// last.
func NewReviewContext(ind kpi.Indicator, this, last kpi.Series, month int) ReviewContext {
	lastYear := last[month-1]
	if !ind.Kind.Sums() {
		lastYear = Through(last, month)
	}
	return ReviewContext{Reading(ind, Through(this, month-1)), Reading(ind, lastYear)}
}

// Reading returns the quantity a tally of an indicator amounts to, without comparing it to a target.
func Reading(ind kpi.Indicator, t kpi.Tally) Opt[kpi.Quantity] {
	in := Input{Indicator: ind}
	return in.tallied(t)
}
