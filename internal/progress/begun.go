package progress

import "dabiao/internal/kpi"

// Begun says since which month of the year, 1 to 12, there has been what a unit has to log. 0 is ever, or
// nobody knows; 13 is after the year.
type Begun struct {
	Year      int  // it was set up
	Indicator int  // it came into the year
	Unit      int  // it was added to the tree; that it moved later changes nothing
	AllAlong  bool // as if it had been there since January: of a sample year, which is made in a minute
	Asked     int  // somebody asked the unit for it: a first target, or at the office someone who answers for it
}

// FirstDue returns the first month that was due from the unit: the latest of all beginnings, 13 if none was in
// the year. A unit that logged the indicator last year knew that it was asked before anybody set a target.
// Whatever says that something is due, late, missing or not reported asks this; what is added in the
// middle of a month has that month as its first, to be logged by its due day.
func (in *Input) FirstDue() int {
	first := max(in.Begun.Year, in.Begun.Indicator, in.Begun.Unit, 1)
	if in.Last == (LastYear{}) {
		first = max(first, in.Begun.Asked)
	}
	return first
}

// awaits reports whether nothing was due from the unit yet at the figure's date: the due day of the first month
// had not passed. At the end of a year everything is due that is wanted of it at all.
func (in *Input) awaits() bool {
	first, at := max(in.FirstDue(), in.Indicator.Starts), in.AsOf
	if in.Begun.AllAlong {
		first = max(in.Indicator.Starts, 1)
	}
	if first > 12 || at.Month == 12 && at.Whole() {
		return false
	}
	return at.Date() <= DueDate(kpi.Period{Year: at.Year, Month: first}, in.Rules.DueDay)
}
