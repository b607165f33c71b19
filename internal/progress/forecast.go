package progress

import "dabiao/internal/kpi"

// missing returns target − achievement, from what can be relied on: 10500 − 5009 = 5491 人. For ＞ the
// target itself is not enough: 100 of ＞ 100 lacks 1.
//
// Without an entry all of the target is missing; a rate without a value is absent for its own reason.
// It is absent once the target is reached, if a ＝ target is exceeded or met only approximately
// (约200), where nothing can be relied on, and for what does not accumulate towards a target: ceilings,
// judgements and standards.
func (in *Input) missing(f *Figure) Opt[kpi.Amount] {
	switch {
	case in.Target == nil:
		return None[kpi.Amount](ReasonNoTarget)
	case in.ceiling(), !in.paced() && !in.Indicator.Rated():
		return None[kpi.Amount](ReasonNoPace)
	case f.Met:
		return None[kpi.Amount](ReasonReached)
	case f.Passed():
		return None[kpi.Amount](ReasonPassed)
	case f.Achievement.Ok() && (!f.Relied.Ok() || f.Relied.Value == in.goal()):
		return None[kpi.Amount](ReasonApproximate)
	case f.Achievement.Ok():
		return Some(in.goal() - f.Relied.Value)
	case in.Indicator.Rated():
		return None[kpi.Amount](f.Achievement.Reason)
	}
	return Some(in.goal())
}

// goal returns the smallest amount that meets the target.
func (in *Input) goal() kpi.Amount { return in.Target.Sign.Goal(in.Target.Amount, in.Indicator.Step()) }

// Passed reports whether more was achieved than a ＝ target asks for.
func (f *Figure) Passed() bool {
	switch {
	case f.Target == nil || f.Target.Sign != kpi.EqualSign || !f.Relied.Ok():
		return false
	case f.Indicator.Divides():
		return f.rate().CmpAmount(f.Target.Amount) > 0
	}
	return f.Relied.Value > f.Target.Amount
}

// Exceeded reports whether more was achieved than the target asks for and that is good: not for
// ceilings, and not for ＝.
func (f *Figure) Exceeded() bool {
	q := f.Quotient()
	return f.Met && !f.Target.Sign.Ceiling() && q.Ok() && q.Value.Cmp(kpi.Hundred) > 0
}

// FarAbove reports whether the target is exceeded by so much that the rules require a reason: by
// default from 130 % on. It is false for ceilings.
func (f *Figure) FarAbove(r kpi.RuleSet) bool {
	q := f.Quotient()
	return q.Ok() && !f.Target.Sign.Ceiling() && q.Value.Reaches(r.OverFrom)
}

// neededPerMonth returns missing ÷ the months left, rounded up to the decimals shown: 5491 missing at
// the end of October is 2746 in each of two months. The running month counts by its days; an indicator
// that has not begun has the months from its first on. With a month or less left it is all that is
// missing; it is never more. After the last day nothing can be caught up, and it is absent.
func (in *Input) neededPerMonth(f *Figure) Opt[kpi.Amount] {
	if in.Indicator.Rated() {
		return None[kpi.Amount](ReasonNoPace)
	}
	switch {
	case !f.Missing.Ok():
		return f.Missing
	case in.yearOver():
		return None[kpi.Amount](ReasonYearOver)
	}
	days := int64(in.AsOf.Days())
	left := int64(12-in.AsOf.Month)*days + days - int64(in.AsOf.Day) // in fractions of a month: days is the denominator
	if in.AsOf.Month < in.Indicator.Starts {
		left = int64(13-in.Indicator.Starts) * days
	}
	if left <= days {
		return f.Missing
	}
	exact := kpi.Fraction(int64(f.Missing.Value), days, int64(kpi.One), left)
	needed := exact.Amount(in.Indicator.Decimals)
	if exact.CmpAmount(needed) > 0 {
		needed += in.Indicator.Step()
	}
	return Some(min(needed, f.Missing.Value))
}

// forecast returns the year's total if the rest of the plan goes as its share so far did: achievement,
// or what can be relied on of it, ÷ share, rounded to the decimals shown. 5009 at 81.81 % of the plan gives
// 6123 at the year's end. It prints on its own side of the target: 29,999.6 of 30,000 is 29,999; what bounds the true
// total, on its own side of that.
//
// It is absent before the plan expects anything, for what has no pace, and for readings under a ceiling
// (超期未办结 2 件), which show a state and not how much has been used up.
func (in *Input) forecast(f *Figure) Opt[kpi.Amount] {
	switch {
	case !in.Indicator.AddsUnits(), in.ceiling() && !in.Indicator.Kind.Sums():
		return None[kpi.Amount](ReasonNoPace)
	case !f.Achievement.Ok():
		return None[kpi.Amount](f.Achievement.Reason)
	}
	share := in.share()
	if share.IsZero() {
		return None[kpi.Amount](ReasonNotDue)
	}
	base := f.Achievement.Value.Amount
	if f.Relied.Ok() {
		base = f.Relied.Value
	}
	total := share.All(base)
	if in.finer { // only the value needs more decimals; but no year ends below what is done already
		whole := *in
		whole.Indicator.Decimals = in.coarse
		if a := whole.bounding(total, f.Bound); a >= base {
			return Some(a)
		}
	}
	return Some(in.bounding(total, f.Bound))
}

// reachDate returns the day of the year on which the target is reached at this pace, along the plan's
// curve and never before the date of the figure. It is absent (short) if this year's pace does not
// reach it, if what remains is unknown, before the plan expects anything and after the year's last day.
func (in *Input) reachDate(f *Figure) Opt[kpi.Date] {
	switch {
	case !f.Missing.Ok():
		return None[kpi.Date](f.Missing.Reason)
	case !in.paced():
		return None[kpi.Date](ReasonNoPace)
	case in.yearOver():
		return None[kpi.Date](ReasonYearOver)
	case !f.Achievement.Ok():
		return None[kpi.Date](f.Achievement.Reason)
	case !f.Expected.Ok():
		return None[kpi.Date](f.Expected.Reason)
	case f.Relied.Value <= 0:
		return None[kpi.Date](ReasonShort)
	}
	// target × share ÷ achievement: the share of the plan that must have passed
	needed := in.share().Pace(f.Relied.Value, in.goal()).Inverse()
	if needed.Cmp(kpi.Hundred) > 0 {
		return None[kpi.Date](ReasonShort)
	}
	return Some(max(in.dayOfShare(needed), in.AsOf.Date()))
}

// Prospect is where the year ends at this pace.
type Prospect string

// The prospects.
const (
	ProspectReach Prospect = "reach" // the target is reached, on the day ReachDate says
	ProspectShort Prospect = "short" // the target is missed
	ProspectDone  Prospect = "done"  // the target is reached already
	ProspectOver  Prospect = "over"  // the ceiling is exceeded
	ProspectKept  Prospect = "kept"  // the ceiling is kept
	ProspectOnly  Prospect = "only"  // there is a total, and nothing to hold it against, or it is too rough for that
)

// Prospect compares the forecast with the target. It is absent where there is no forecast, and after
// the year's last day, when nothing is left to project.
func (f *Figure) Prospect() Opt[Prospect] {
	switch {
	case !f.Forecast.Ok():
		return None[Prospect](f.Forecast.Reason)
	case f.AsOf.Month == 12 && f.AsOf.Whole():
		return None[Prospect](ReasonYearOver)
	case f.Target == nil:
		return Some(ProspectOnly)
	case f.Light == kpi.Unclear:
		return Some(ProspectOnly)
	case f.Target.Sign.Ceiling() && f.Light != kpi.Over && f.Target.Sign.Met(f.Forecast.Value, f.Target.Amount):
		return Some(ProspectKept)
	case f.Target.Sign.Ceiling() && (f.Light == kpi.Over || f.Bound == kpi.ThisExactly):
		return Some(ProspectOver)
	case f.Target.Sign.Ceiling():
		return Some(ProspectOnly) // at most that many would be too many: it may be fewer
	case f.Met:
		return Some(ProspectDone)
	case f.ReachDate.Ok():
		return Some(ProspectReach)
	case f.ReachDate.Reason == ReasonShort && (f.Bound == kpi.ThisExactly || f.Bound == kpi.AtMostThis):
		return Some(ProspectShort)
	}
	return Some(ProspectOnly)
}

func (in *Input) yearOver() bool { return in.AsOf.Month == 12 && in.AsOf.Whole() }

// dayOfShare returns the first day by which the plan expects needed of the whole. needed must be at
// most 1.
func (in *Input) dayOfShare(needed kpi.Quotient) kpi.Date {
	plan := in.plan()
	reached := func(at kpi.AsOf) bool { return plan.At(at).Quotient().Compare(needed) >= 0 }
	for m := 1; m <= 12; m++ {
		end := kpi.MonthEnd(kpi.Period{Year: in.AsOf.Year, Month: m})
		if !reached(end) {
			continue
		}
		for day := 1; day < end.Day; day++ {
			if at := (kpi.AsOf{Period: end.Period, Day: day}); reached(at) {
				return at.Date()
			}
		}
		return end.Date()
	}
	return in.AsOf.Year.End()
}
