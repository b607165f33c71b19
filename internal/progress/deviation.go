package progress

import "dabiao/internal/kpi"

// Deviation is how far a figure is from its target (偏差): 92.82 % of ≥ 96 % is 3.18 points too low, whatever
// its completion rate.
type Deviation struct {
	By     kpi.Amount // in the indicator's measure; negative if there is less than the target
	Bound  kpi.Bound  // of the distance without its sign
	Missed bool       // the target is not met
}

// Deviation returns achievement − target, from what can be relied on. A count is held against the first number that
// meets the target, so that 99 of ＞ 100 lacks 2; and what equals a target of ＞ or ＜ is a step away from it.
//
// It is absent without a target, without a value, for judgements, and where an approximate figure cannot be
// held against the target.
func (f *Figure) Deviation() Opt[Deviation] {
	switch {
	case f.Target == nil:
		return None[Deviation](ReasonNoTarget)
	case f.Indicator.Kind == kpi.Level:
		return None[Deviation](ReasonNoPace)
	case !f.Achievement.Ok():
		return None[Deviation](f.Achievement.Reason)
	case !f.Relied.Ok():
		return None[Deviation](f.Relied.Reason)
	}
	d := Deviation{By: f.Relied.Value - f.Target.Amount, Missed: !f.Met}
	switch step := f.Indicator.Step(); {
	case f.Met:
	case f.Target.Sign == kpi.MoreSign && (d.By == 0 || !f.Indicator.Rated()):
		d.By -= step
	case f.Target.Sign == kpi.LessSign && d.By == 0:
		d.By = step
	case d.By == 0: // 约200 of exactly 200
		return None[Deviation](ReasonApproximate)
	}
	if d.Bound = f.Bound; d.By < 0 {
		d.Bound = f.Left()
	}
	return Some(d)
}

// Rate returns the completion rate as it is shown to people. Of a ceiling, 2 of at most 3 is 66.67 %, which
// reads as a shortfall, and 4 is 133.33 %, which reads as a feat: it has none.
func (f *Figure) Rate() Opt[kpi.Percent] {
	if f.Target != nil && f.Target.Sign.Ceiling() && f.Completion.Ok() {
		return None[kpi.Percent](ReasonCeiling)
	}
	return f.Completion
}
