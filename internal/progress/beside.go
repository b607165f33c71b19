package progress

import "dabiao/internal/kpi"

// Beside is what a reviewer holds an entry against.
type Beside struct {
	SoFar    Opt[kpi.Quantity] // the figure up to the month before the entry's
	LastYear Opt[kpi.Quantity] // the same month a year ago: what it added, or the reading at its end
}

// NewBeside takes it from a figure's months of this year and the last, for an entry of a month.
func NewBeside(kind kpi.Kind, this, last kpi.Series, month int) Beside {
	lastYear := last[month-1]
	if !kind.Sums() {
		lastYear = Through(last, month)
	}
	return Beside{tallied(Through(this, month-1)), tallied(lastYear)}
}

func tallied(t kpi.Tally) Opt[kpi.Quantity] {
	if t.Entries == 0 {
		return None[kpi.Quantity](ReasonNoValue)
	}
	return Some(quantity(t, nil))
}
