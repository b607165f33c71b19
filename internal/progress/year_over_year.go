package progress

import (
	"cmp"

	"dabiao/internal/kpi"
)

// LastYear is what was logged in the previous year for the same indicator at the same unit. The zero
// LastYear means no entries.
type LastYear struct {
	Series      kpi.Series // unused for ratios
	Numerator   kpi.Series // for ratios
	Denominator kpi.Series
}

// Change compares a figure with the previous year at the same date (同比).
type Change struct {
	Through  int        // both years count to the end of this month
	Now      kpi.Amount // this year's figure at that point
	Before   kpi.Amount // last year's figure at that point
	InPoints bool       // By is in points (百分点, 千分点), for measures in % or ‰; else a rate of change
	By       kpi.Percent
}

// Points returns the measure of a change in points for the indicator: % or ‰. Reports signed before
// ratios had measures of their own always used percentage points.
func (c Change) Points(ind kpi.Indicator) kpi.Measure {
	return cmp.Or(ind.Measure.Points(), kpi.PercentSign)
}

// YearOverYear returns 同比: (this year − last year) ÷ last year for amounts, rounded half up to two
// decimals of a percent (1259 against 1180 is +6.69 %, 2.2 天 against 2.0 is +10 %), and this year −
// last year in points for what is in % or ‰ (94.17 % against 92.00 % is +2.17 百分点).
//
// Both years count to the end of the last month that is over, because a running month cannot be
// compared with a whole one. Approximate figures count with their certain bound.
//
// It is absent for judgements (no_pace), before the first month is over (not_due), if this year has no
// value (its own reason), if last year had none by then (no_last_year), and if last year's amount was
// 0, of which there is no percentage (last_year_zero).
func (in *Input) YearOverYear() Opt[Change] {
	month := in.AsOf.Month
	if !in.AsOf.Whole() {
		month--
	}
	switch {
	case in.Indicator.Kind == kpi.Level:
		return None[Change](ReasonNoPace)
	case month == 0:
		return None[Change](ReasonNotDue)
	}
	now := in.achievement(month)
	if !now.Ok() {
		return None[Change](now.Reason)
	}
	before := in.lastYearAchievement(month)
	if !before.Ok() {
		return None[Change](ReasonNoLastYear)
	}
	c := Change{Through: month, Now: now.Value.Amount, Before: before.Value.Amount,
		InPoints: in.Indicator.Measure.Points() != ""}
	of := 100 * kpi.One
	if !c.InPoints {
		of = c.Before
	}
	if of == 0 {
		return None[Change](ReasonLastYearZero)
	}
	change := kpi.Divide(c.Now-c.Before, of)
	c.By = change.Percent()
	if side := change.Cmp(0); c.By == 0 { // a real change never rounds to 0
		c.By = kpi.Percent(side)
	}
	return Some(c)
}

// SameMonth returns last year's value for a month, in the form an entry of this year has: the month's own
// amount if entries add up, else the reading at the end of the month.
func (in *Input) SameMonth(month int) Opt[kpi.Amount] {
	t := in.Last.Series[month-1]
	if !in.Indicator.Kind.Sums() {
		t = Through(in.Last.Series, month)
	}
	if t.LastDate == "" || in.Indicator.Kind == kpi.Level || t.Entries > 1 && in.Indicator.Rated() {
		return None[kpi.Amount](ReasonNoLastYear)
	}
	return Some(t.Amount)
}
