package progress

import "dabiao/internal/kpi"

// floor is the amount that can be relied on: the written number, or, where "just under n" (近200) is
// in it, one step less, so that n never counts as reached. A sum of 近200 and 100余 is "about 300";
// it does not count as 300 reached either.
func (in *Input) floor(q kpi.Quantity) kpi.Amount {
	switch {
	case q.Precision == kpi.Exact || in.Indicator.Divides():
		return q.Amount
	case q.Precision == kpi.Below, through(&in.Series, in.AsOf.Month).Below > 0:
		return q.Amount - in.Indicator.Step()
	}
	return q.Amount
}

// rely fills in the achievement and what can be relied on of it.
func (in *Input) rely(f *Figure) {
	f.Achievement = in.achievement(in.AsOf.Month)
	f.Relied = amountOf(f.Achievement)
	if f.Relied.Ok() {
		f.Relied.Value = in.floor(f.Achievement.Value)
	}
	switch {
	case in.Indicator.Kind == kpi.Ratio:
		n := through(&in.Numerator, in.AsOf.Month)
		f.Numerator, f.under = entered(n), n.Amount-countable(n)
		f.Denominator = entered(through(&in.Denominator, in.AsOf.Month))
	case in.Indicator.Units == kpi.MeanOf:
		t := through(&in.Series, in.AsOf.Month)
		f.Numerator, f.Denominator, f.under = entered(t), Some(kpi.Whole(t.Entries)), t.Amount-countable(t)
	}
}

// countable is what is divided: just under what was written where 近200 is in it, so that 近200 of 200 is
// short of all of them.
func countable(n kpi.Tally) kpi.Amount {
	if n.Below > 0 {
		return n.Amount - 1
	}
	return n.Amount
}

// Quotient is achievement ÷ target exactly, of what can be relied on: lights, points and places are
// decided by it, and Completion is how it prints, never capped (104.04 % stays). A rate is divided by
// its own exact quotient and not by the rounded one.
//
// It is absent without a target, without a value, for judgements (met or not met), and when the
// target is 0, which can only be met or not met.
func (f *Figure) Quotient() Opt[kpi.Quotient] {
	switch {
	case f.Target == nil:
		return None[kpi.Quotient](ReasonNoTarget)
	case f.Indicator.Kind == kpi.Level || f.Indicator.Kind == kpi.Standard:
		return None[kpi.Quotient](ReasonNoPace)
	case !f.Achievement.Ok():
		return None[kpi.Quotient](f.Achievement.Reason)
	case f.Target.Amount == 0:
		return None[kpi.Quotient](ReasonTargetZero)
	}
	return Some(f.ofTarget())
}

// ofTarget is achievement ÷ target, which is not 0.
func (f *Figure) ofTarget() kpi.Quotient {
	if f.Indicator.Divides() {
		return f.Indicator.QuotientOf(f.Numerator.Value-f.under, f.Denominator.Value, f.Target.Amount)
	}
	return kpi.Divide(f.Relied.Value, f.Target.Amount)
}

// met reports whether the target is reached as its sign asks, by exact numbers; false while that is
// unknown. That is also 已完成.
func (in *Input) met(f *Figure) bool {
	switch {
	case in.Target == nil || !f.Achievement.Ok():
		return false
	case in.Indicator.Kind == kpi.Level:
		return f.Achievement.Value.Amount >= in.Target.Level.Rank()
	case in.Indicator.Divides():
		return in.Target.Sign.MetBy(f.rate(), in.Target.Amount)
	}
	return in.Target.Sign.Met(f.Relied.Value, in.Target.Amount)
}

// rate is a ratio's own value, or a mean, exactly, in its measure.
func (f *Figure) rate() kpi.Quotient {
	return f.Indicator.Quotient(f.Numerator.Value-f.under, f.Denominator.Value)
}

func (in *Input) ceiling() bool { return in.Target != nil && in.Target.Sign.Ceiling() }
