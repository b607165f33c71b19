package progress

import (
	"cmp"

	"dabiao/internal/kpi"
)

// Input is everything one figure is computed from.
type Input struct {
	Indicator   kpi.Indicator
	Unit        kpi.UnitID
	Target      *kpi.Target                 // nil: none set
	Series      kpi.Series                  // the indicator's own; unused for ratios
	Numerator   kpi.Series                  // for ratios
	Denominator kpi.Series                  // for ratios
	Divides     [2]kpi.Kind                 // for ratios: the kinds of numerator and denominator
	Last        LastYear                    // the previous year
	Entries     map[kpi.UpdateID]kpi.Update // the entries that NeedsEntry asked for
	AsOf        kpi.AsOf
	Rules       kpi.RuleSet
	Begun       Begun
	Revised     *kpi.Revision // how the target was changed after AsOf; nil: it was not
	coarse      int           // the indicator's own decimals
	finer       bool          // the value shows more than those, see decimals
	ByMonth     bool          // also compute each month's light, entries and last year's figure, and the forecast's range
}

// Figure is one indicator at one unit, up to a date: the same on screen, in charts, in the API and in
// documents.
type Figure struct {
	Indicator kpi.Indicator
	Unit      kpi.UnitID
	AsOf      kpi.AsOf
	Target    *kpi.Target
	Revised   *kpi.Revision `json:",omitempty"` // how the target was changed after AsOf; nil: it was not

	Achievement    Opt[kpi.Quantity] // 完成值; for ratios in their own measure, for levels a rank
	Completion     Opt[kpi.Percent]  // 完成率 = achievement ÷ target, never capped; see Quotient
	Expected       Opt[kpi.Amount]   // 序时应达 = target × plan curve
	Pace           Opt[kpi.Percent]  // achievement ÷ expected, not rounded in between
	Light          kpi.Light
	Relied         Opt[kpi.Amount] // the part of the achievement that is certain; completion and scores use it
	Bound          kpi.Bound       `json:",omitempty"` // how Relied bounds the true value
	Met            bool            // the target is reached as its sign demands, by exact numbers
	Beyond         bool            `json:",omitempty"` // see FarAbove, by the year's rules
	Missing        Opt[kpi.Amount] // what is still missing to reach the target
	NeededPerMonth Opt[kpi.Amount] // Missing spread over what is left of the year, rounded up
	Forecast       Opt[kpi.Amount] // the year's total at this pace
	ReachDate      Opt[kpi.Date]   // the day of this year on which the target is reached at this pace
	YearOverYear   Opt[Change]     // 同比: compared with the previous year at the same date
	LastUpdate     kpi.Date        // date of the latest entry behind the figure; "" if there is none
	Entries        int64           // number of standing entries behind the figure

	Stated      Opt[kpi.Amount] // for levels: the number written beside the judgement, 100 for 全覆盖
	Numerator   Opt[kpi.Amount] // for ratios: the number that is divided
	Denominator Opt[kpi.Amount]
	Sure        *Parts `json:",omitempty"` // the parts that count if one of the two is approximate

	Months [12]Month
	Range  Opt[Range] // of the forecast; only with Input.ByMonth
}

// Month is one month of a figure.
type Month struct {
	Period     kpi.Period
	Expected   Opt[kpi.Amount] // by the end of the month
	Achieved   Opt[kpi.Amount] // in this month only; for running totals the change
	Cumulative Opt[kpi.Amount] // up to the end of the month

	// Set only with Input.ByMonth.
	Light   kpi.Light       // at the end of the month, by the target in force now; "" in months to come
	Entries int64           // number of standing entries the figure gained in the month
	Before  Opt[kpi.Amount] // last year's figure at the end of the month
}

// Measure computes a figure from in.
func Measure(in Input) Figure {
	in.coarse = in.Indicator.Decimals
	in.Indicator.Decimals = in.decimals()
	in.finer = in.Indicator.Decimals > in.coarse
	f := Figure{Indicator: in.Indicator, Unit: in.Unit, AsOf: in.AsOf, Target: in.Target,
		Revised: in.Revised}
	pace := in.judge(&f)
	f.Completion, f.Pace = in.rated(f.Quotient(), f.Bound), in.rated(pace, kpi.ThisExactly)
	f.Stated = in.stated()
	f.Beyond = f.FarAbove(in.Rules)
	f.Missing = in.missing(&f)
	f.NeededPerMonth = in.neededPerMonth(&f)
	f.Forecast = in.forecast(&f)
	f.ReachDate = in.reachDate(&f)
	f.YearOverYear = in.YearOverYear()
	plan := in.plan()
	for m := range f.Months {
		f.Months[m] = in.month(m+1, plan)
	}
	if in.ByMonth {
		in.byMonth(&f)
	}
	return f
}

// judge fills in the light and everything it depends on. The returned pace is exact.
func (in *Input) judge(f *Figure) (pace Opt[kpi.Quotient]) {
	t := in.through(in.AsOf.Month)
	f.LastUpdate, f.Entries = t.LastDate, t.Entries
	in.rely(f)
	f.Met = in.met(f)
	share := in.share()
	f.Expected = in.expected(share)
	pace = in.pace(f, share)
	f.Light = in.light(f, pace)
	return pace
}

// rated rounds an exact rate as the year's documents print it beside the target, and one that bounds the true rate to
// its own side of it.
func (in *Input) rated(q Opt[kpi.Quotient], b kpi.Bound) Opt[kpi.Percent] {
	if !q.Ok() {
		return None[kpi.Percent](q.Reason)
	}
	return Some(in.Rules.RateBounding(q.Value, in.Target.Sign, b))
}

// Level returns the judgement of a level indicator, "" for other kinds and without a value.
func (f Figure) Level() kpi.LevelValue {
	if f.Indicator.Kind != kpi.Level || !f.Achievement.Ok() {
		return ""
	}
	return kpi.LevelOfRank(f.Achievement.Value.Amount)
}

// TargetAmount returns the year's target if one is set (no_target) and is a number and no judgement (no_pace).
func (f Figure) TargetAmount() Opt[kpi.Amount] {
	switch {
	case f.Target == nil:
		return None[kpi.Amount](ReasonNoTarget)
	case f.Indicator.Kind == kpi.Level:
		return None[kpi.Amount](ReasonNoPace)
	}
	return Some(f.Target.Amount)
}

// through returns the tally behind the figure; for ratios, of both parts together.
func (in *Input) through(month int) kpi.Tally {
	if in.Indicator.Kind == kpi.Ratio {
		n, d := through(&in.Numerator, month), through(&in.Denominator, month)
		return n.Plus(d)
	}
	return through(&in.Series, month)
}

func entered(t kpi.Tally) Opt[kpi.Amount] {
	if t.Entries == 0 {
		return None[kpi.Amount](ReasonNoValue)
	}
	return Some(t.Amount)
}

// achievement returns the achievement at the end of month.
func (in *Input) achievement(month int) Opt[kpi.Quantity] {
	return in.achieved(&in.Series, &in.Numerator, &in.Denominator, month)
}

// lastYears returns the achievement at the end of month in the previous year.
func (in *Input) lastYearAchievement(month int) Opt[kpi.Quantity] {
	return in.achieved(&in.Last.Series, &in.Last.Numerator, &in.Last.Denominator, month)
}

func (in *Input) achieved(own, numerator, denominator *kpi.Series, month int) Opt[kpi.Quantity] {
	if in.Indicator.Kind == kpi.Ratio {
		return in.ratio(through(numerator, month), through(denominator, month))
	}
	return in.tallied(through(own, month))
}

// tallied returns what a tally of the indicator itself amounts to: a sum, a reading, or what its rule
// makes of several units' readings.
func (in *Input) tallied(t kpi.Tally) Opt[kpi.Quantity] {
	switch {
	case t.Entries == 0:
		return None[kpi.Quantity](ReasonNoValue)
	case t.Entries > 1 && !in.Indicator.Kind.OverUnits():
		return None[kpi.Quantity](ReasonNotAdded)
	case t.Entries > 1 && in.Indicator.Units == kpi.AddUnits && in.Indicator.Rated():
		return None[kpi.Quantity](ReasonRateAdded)
	}
	q := quantity(t, in.Entries)
	if t.Entries > 1 {
		q.Of = in.Indicator.Units
	}
	if in.Indicator.Units == kpi.MeanOf {
		q.Amount = in.printed(in.Indicator.Quotient(t.Amount, kpi.Whole(t.Entries)))
	}
	return Some(q)
}

// ratio returns Σ numerator ÷ Σ denominator × the ratio's factor, rounded half up to the decimals
// shown, but on the same side of the target. It is never a mean of rates.
func (in *Input) ratio(n, d kpi.Tally) Opt[kpi.Quantity] {
	switch {
	case n.Entries == 0:
		return None[kpi.Quantity](ReasonNoValue)
	case d.Amount == 0:
		return None[kpi.Quantity](ReasonNoDivisor)
	}
	rate := in.Indicator.Quotient(countable(n), d.Amount)
	q := kpi.Exactly(in.printed(rate))
	if approximate(n) || approximate(d) {
		q.Precision = kpi.About
	}
	return Some(q)
}

// printed rounds an exact value half up to the decimals shown, but on the same side of the target. A
// percentage short of 100, however little, is at most 99.99, with or without a target.
func (in *Input) printed(q kpi.Quotient) kpi.Amount {
	a := q.Amount(in.Indicator.Decimals)
	if in.Target != nil {
		a = in.Target.Sign.Print(q, in.Indicator.Decimals, in.Target.Amount)
	}
	if all := in.Indicator.Measure.All(); a >= all && q.CmpAmount(all) < 0 {
		return all - in.Indicator.Step()
	}
	return a
}

// bounding is printed of a value that bounds the true one: it is rounded to its own side of it.
func (in *Input) bounding(q kpi.Quotient, b kpi.Bound) kpi.Amount {
	a := in.printed(q)
	moved := a + in.Indicator.Step()*kpi.Amount(b.Aside(q.CmpAmount(a)))
	if in.Target != nil && moved == in.Target.Amount {
		return a // it stands on its side of the target
	}
	return moved
}

// decimals returns how many decimals the figure shows: the indicator's, and for what is kept more exactly than
// shown, sums and money, as many more as it takes to print neither as 0 nor as the target: 29,999 人 in 万人 are
// 2.9999 of 3, and 27,999,999 元 are no 2,800 万元.
func (in *Input) decimals() int {
	d := in.Indicator.Decimals
	if in.Indicator.SumOf == "" && in.Indicator.Kept() == d {
		return d
	}
	target := kpi.Amount(0)
	if in.Target != nil {
		target = in.Target.Amount
	}
	a := through(&in.Series, in.AsOf.Month).Amount
	for ; d < kpi.AmountDecimals; d++ {
		shown := a.Round(d)
		if (shown == 0) == (a == 0) && cmp.Compare(shown, target) == cmp.Compare(a, target) {
			break
		}
	}
	return d
}

// stated returns the number written beside a judgement; 0 counts as none.
func (in *Input) stated() Opt[kpi.Amount] {
	id, ok := SoleEntry(in.through(in.AsOf.Month))
	if in.Indicator.Kind != kpi.Level || !ok || in.Entries[id].Quantity.Amount == 0 {
		return None[kpi.Amount](ReasonNoValue)
	}
	return Some(in.Entries[id].Quantity.Amount)
}

func (in *Input) month(m int, plan kpi.Schedule) Month {
	p := kpi.Period{Year: in.AsOf.Year, Month: m}
	out := Month{
		Period:     p,
		Achieved:   None[kpi.Amount](ReasonNotYet),
		Cumulative: None[kpi.Amount](ReasonNotYet),
		Expected:   in.expected(plan.At(kpi.MonthEnd(p))),
	}
	if m > in.AsOf.Month {
		return out
	}
	out.Cumulative = amountOf(in.achievement(m))
	if in.Indicator.Kind == kpi.Ratio {
		out.Achieved = None[kpi.Amount](ReasonNoValue)
		if in.Numerator[m-1].LastDate != "" || in.Denominator[m-1].LastDate != "" {
			out.Achieved = amountOf(in.ratio(monthOf(&in.Numerator, in.Divides[0], m),
				monthOf(&in.Denominator, in.Divides[1], m)))
		}
		return out
	}
	out.Achieved = None[kpi.Amount](ReasonNoValue)
	if month := in.Series[m-1]; month.LastDate != "" {
		out.Achieved = Some(month.Amount)
		if in.Indicator.Rated() {
			out.Achieved = out.Cumulative // for rates, the reading rather than the change
		}
	}
	return out
}

// monthOf returns what a part of a ratio contributes to one month: what was added, or the reading in
// force then.
func monthOf(s *kpi.Series, kind kpi.Kind, m int) kpi.Tally {
	if kind == kpi.Running {
		return through(s, m)
	}
	return s[m-1]
}

func amountOf(q Opt[kpi.Quantity]) Opt[kpi.Amount] {
	return Opt[kpi.Amount]{Value: q.Value.Amount, Reason: q.Reason}
}
