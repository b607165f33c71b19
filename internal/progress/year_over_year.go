package progress

import (
	"cmp"

	"dabiao/internal/kpi"
)

// LastYear is what the year before logged of the same indicator at the same unit. The zero LastYear
// is a year without an entry.
type LastYear struct {
	Series      kpi.Series // unused for ratios
	Numerator   kpi.Series // for ratios
	Denominator kpi.Series
}

// Change is how a figure stands against the year before at the same date (同比).
type Change struct {
	Through  int        // both years are taken to the end of this month
	Now      kpi.Amount // this year's figure then
	Before   kpi.Amount // last year's
	InPoints bool       // what is in % or ‰ differs by points (百分点, 千分点), all else by a rate of change
	By       kpi.Percent
}

// Points are what a change in points is in, of the indicator: % or ‰. A report signed before ratios had
// measures of their own has percentage points of whatever it is in.
func (c Change) Points(ind kpi.Indicator) kpi.Measure {
	return cmp.Or(ind.Measure.Points(), kpi.PercentSign)
}

// YearOverYear is 同比: (this year − last year) ÷ last year for amounts, half-up to two decimals of
// a percent (1259 against 1180 is +6.69 %, 2.2 天 against 2.0 is +10 %), and this year − last year in
// points for what is in % or ‰ (94.17 % against 92.00 % is +2.17 百分点).
//
// Both years are taken to the end of the last month that is over: a running month would be held
// against a whole one. Approximate figures count with what can be relied on of the written number.
//
// It is absent for judgements (no_pace), before the first month is over (not_due), when this year
// has no value (its own reason), when last year had none by then (no_last_year), and when an amount
// was 0 last year, of which nothing can be a percentage (last_year_zero).
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
	before := in.lastYears(month)
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
	if side := change.Cmp(0); c.By == 0 { // only what has not changed has changed by 0
		c.By = kpi.Percent(side)
	}
	return Some(c)
}

// SameMonth is what a month said the year before, as an entry of this year says it: the month's own
// amount where entries add up, the reading that stood at its end otherwise.
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
