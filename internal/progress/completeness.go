package progress

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// Completeness says of units and months what was to be logged and what was (报送情况).
type Completeness struct {
	Year   kpi.YearInfo
	Unit   kpi.Unit // whose units these are
	Today  kpi.Date
	DueDay int
	Units  []UnitCompleteness // in the units' order
}

// UnitCompleteness is one unit's months.
type UnitCompleteness struct {
	Unit   kpi.Unit
	Months [12]MonthCompleteness
}

// MonthCompleteness is what one month asked of one unit. A zero Asked asked nothing.
type MonthCompleteness struct {
	Period  kpi.Period
	Due     kpi.Date // the last day to log it in time
	Over    bool     // that day has passed
	Asked   int      // indicators to be logged
	Logged  int      // of them, those that were; what waits for review is logged
	Missing []kpi.Indicator
}

// Late reports whether the month was to be logged by now and is not.
func (m MonthCompleteness) Late() bool { return m.Over && m.Logged < m.Asked }

// CompletenessOf looks at a unit's indicators: those in which it has a target, or logged something
// this year or last. waiting says which months hold entries that are submitted and do not count yet.
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
			if !in.concerns() || !in.asks(m+1) {
				continue
			}
			month.Asked++
			if in.logged(m+1) || waiting(in.Indicator.ID, m+1) {
				month.Logged++
			} else {
				month.Missing = append(month.Missing, in.Indicator)
			}
		}
	}
	return out
}

// concerns reports whether the unit has to do with the indicator.
func (in *Input) concerns() bool {
	return !in.Indicator.Computed() && (in.Target != nil || in.Series != (kpi.Series{}) ||
		in.Last.Series != (kpi.Series{}))
}

// Sum is the months whose due day has passed, or only month where it is not 0.
func (u UnitCompleteness) Sum(month int) (asked, logged int) {
	for _, m := range u.Months {
		if m.Over && (month == 0 || m.Period.Month == month) {
			asked, logged = asked+m.Asked, logged+m.Logged
		}
	}
	return asked, logged
}

// Rate is the part that was logged of what was due, as Sum has it.
func (u UnitCompleteness) Rate(month int) Opt[kpi.Percent] {
	asked, logged := u.Sum(month)
	if asked == 0 {
		return None[kpi.Percent](ReasonNotDue)
	}
	return Some(kpi.Rate(kpi.Whole(int64(logged)), kpi.Whole(int64(asked))))
}

// Compare is -1, 0 or 1: a smaller part of what was due was logged than of the other's, the same, a
// greater one. Both have a Rate.
func (u UnitCompleteness) Compare(o UnitCompleteness, month int) int {
	asked, logged := u.Sum(month)
	othersAsked, othersLogged := o.Sum(month)
	return cmp.Compare(logged*othersAsked, othersLogged*asked)
}

// Late are the months that are late.
func (u UnitCompleteness) Late() (out []MonthCompleteness) {
	for _, m := range u.Months {
		if m.Late() {
			out = append(out, m)
		}
	}
	return out
}

// LastDue is the latest month whose due day has passed, 0 when there is none.
func (c Completeness) LastDue() int {
	for m := 12; m >= 1; m-- {
		if c.Today > DueDate(kpi.Period{Year: c.Year.Year, Month: m}, c.DueDay) {
			return m
		}
	}
	return 0
}

// Ranked is a unit with its place; equal rates share one.
type Ranked struct {
	UnitCompleteness
	Place int
}

// Rank orders the units that a month asked something of, the most complete first; 0 ranks all months
// that are due. Equal units keep their order.
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
