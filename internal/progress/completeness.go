package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Completeness says which units had to log which months, and which of them did (报送情况).
type Completeness struct {
	Year   kpi.YearInfo
	Unit   kpi.Unit // Units are directly below this one
	Today  kpi.Date
	DueDay int
	Units  []UnitCompleteness // in the units' order
}

// UnitCompleteness is the months of one unit.
type UnitCompleteness struct {
	Unit   kpi.Unit
	Months [12]MonthCompleteness
}

// MonthCompleteness is what one unit had to log for one month. If Asked is 0, nothing.
type MonthCompleteness struct {
	Period  kpi.Period
	Due     kpi.Date // the last day to log the month on time
	Over    bool     // Due has passed
	Asked   int      // number of indicators to be logged
	Logged  int      // number of them that were logged; entries awaiting review count
	Missing []kpi.Indicator
}

// Late reports whether the month was due and is not fully logged.
func (m MonthCompleteness) Late() bool { return m.Over && m.Logged < m.Asked }

// CompletenessOf examines a unit's indicators: those in which it has a target, or has logged something
// this year or last. waiting reports whether a month holds entries that were submitted and do not count
// yet.
func CompletenessOf(u kpi.Unit, inputs []Input, today kpi.Date,
	waiting func(kpi.IndicatorID, int) bool) UnitCompleteness {
	out := UnitCompleteness{Unit: u}
	for m := range out.Months {
		month := &out.Months[m]
		for i := range inputs {
			in := &inputs[i]
			month.Period = kpi.Period{Year: in.AsOf.Year, Month: m + 1}
			month.Due = DueDate(month.Period, in.Rules.DueDay)
			month.Over = today > month.Due
			if !in.concerns() {
				continue
			}
			reported := in.logged(m+1) || waiting(in.Indicator.ID, m+1)
			if !in.due(m+1, reported) {
				continue
			}
			month.Asked++
			if reported {
				month.Logged++
			} else {
				month.Missing = append(month.Missing, in.Indicator)
			}
		}
	}
	return out
}

// concerns reports whether the unit logs the indicator.
func (in *Input) concerns() bool {
	return !in.Indicator.Computed() && (in.Target != nil || in.Series != (kpi.Series{}) ||
		in.Last.Series != (kpi.Series{}))
}

// Sum adds up the months whose due day has passed, or only the given month if it is not 0.
func (u UnitCompleteness) Sum(month int) (asked, logged int) {
	for _, m := range u.Months {
		if m.Over && (month == 0 || m.Period.Month == month) {
			asked, logged = asked+m.Asked, logged+m.Logged
		}
	}
	return asked, logged
}

// Rate returns the share of what was due that was logged (see Sum).
func (u UnitCompleteness) Rate(month int) Opt[kpi.Percent] {
	asked, logged := u.Sum(month)
	if asked == 0 {
		return None[kpi.Percent](ReasonNotDue)
	}
	return Some(kpi.Rate(kpi.Whole(int64(logged)), kpi.Whole(int64(asked))))
}

// Compare returns -1, 0 or 1 as u's share of what was due is smaller than, equal to or larger than o's.
// Both must have a Rate.
func (u UnitCompleteness) Compare(o UnitCompleteness, month int) int {
	asked, logged := u.Sum(month)
	othersAsked, othersLogged := o.Sum(month)
	return cmp.Compare(logged*othersAsked, othersLogged*asked)
}

// Late returns the months that are late.
func (u UnitCompleteness) Late() (out []MonthCompleteness) {
	for _, m := range u.Months {
		if m.Late() {
			out = append(out, m)
		}
	}
	return out
}

// LastDue returns the latest month whose due day has passed, 0 if there is none.
func (c Completeness) LastDue() int {
	for m := 12; m >= 1; m-- {
		if c.Today > DueDate(kpi.Period{Year: c.Year.Year, Month: m}, c.DueDay) {
			return m
		}
	}
	return 0
}

// Ranked is a unit with its rank; units with equal rates share one.
type Ranked struct {
	UnitCompleteness
	Place int
}

// Rank ranks the units that had to log something for the month, most complete first; month 0 ranks by
// all months due. Equal units keep their order.
func (c Completeness) Rank(month int) []Ranked {
	var out []Ranked
	for _, u := range c.Units {
		if u.Rate(month).Ok() {
			out = append(out, Ranked{UnitCompleteness: u})
		}
	}
	slices.SortStableFunc(out, func(a, b Ranked) int { return b.Compare(a.UnitCompleteness, month) })
	for i := range out {
		out[i].Place = i + 1
		if i > 0 && out[i].Compare(out[i-1].UnitCompleteness, month) == 0 {
			out[i].Place = out[i-1].Place
		}
	}
	return out
}
