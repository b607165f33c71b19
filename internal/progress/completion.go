package progress

import "dabiao/internal/kpi"

// rely fills in the achievement and what can be relied on of it: the written number, and of what is
// approximate the side that is sure (see least, most); absent where that side has no end.
func (in *Input) rely(f *Figure) {
	f.Achievement = in.achievement(in.AsOf.Month)
	f.Relied = amountOf(f.Achievement)
	own, known := through(&in.Series, in.AsOf.Month), true
	switch {
	case in.Indicator.Kind == kpi.Ratio:
		n, d := through(&in.Numerator, in.AsOf.Month), through(&in.Denominator, in.AsOf.Month)
		f.Numerator, f.Denominator = entered(n), entered(d)
		f.Sure, known = in.sureParts(n, d)
	case in.Indicator.Units == kpi.MeanOf:
		f.Numerator, f.Denominator = entered(own), Some(kpi.Whole(own.Entries))
		if approximate(own) {
			f.Sure = &Parts{Denominator: f.Denominator.Value}
			f.Sure.Numerator, known = in.sure(own, in.Indicator.Step())
		}
	case f.Relied.Ok():
		f.Relied.Value, known = in.sure(own, in.Indicator.Step())
	}
	switch {
	case f.Relied.Ok() && !known:
		f.Relied, f.Sure = None[kpi.Amount](ReasonApproximate), nil
	case f.Relied.Ok() && f.Sure != nil:
		f.Relied.Value = in.printed(f.rate())
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
// It is absent without a target, without a value, for judgements (met or not met), where nothing can be
// relied on (200以上 under a ceiling), and when the target is 0, which can only be met or not met.
func (f *Figure) Quotient() Opt[kpi.Quotient] {
	switch {
	case f.Target == nil:
		return None[kpi.Quotient](ReasonNoTarget)
	case f.Indicator.Kind == kpi.Level || f.Indicator.Kind == kpi.Standard:
		return None[kpi.Quotient](ReasonNoPace)
	case !f.Achievement.Ok():
		return None[kpi.Quotient](f.Achievement.Reason)
	case !f.Relied.Ok():
		return None[kpi.Quotient](f.Relied.Reason)
	case f.Target.Amount == 0:
		return None[kpi.Quotient](ReasonTargetZero)
	}
	return Some(f.ofTarget())
}

// ofTarget is achievement ÷ target, which is not 0.
func (f *Figure) ofTarget() kpi.Quotient {
	if f.Indicator.Divides() {
		p := f.Parts()
		return f.Indicator.QuotientOf(p.Numerator, p.Denominator, f.Target.Amount)
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
	case !f.Relied.Ok(), in.Target.Sign == kpi.EqualSign && f.Achievement.Value.Precision != kpi.Exact:
		return false // nobody knows
	case in.Indicator.Divides():
		return in.Target.Sign.MetBy(f.rate(), in.Target.Amount)
	}
	return in.Target.Sign.Met(f.Relied.Value, in.Target.Amount)
}

// rate is what can be relied on of a ratio's own value, or of a mean, exactly, in its measure.
func (f *Figure) rate() kpi.Quotient {
	p := f.Parts()
	return f.Indicator.Quotient(p.Numerator, p.Denominator)
}

// Rounded reports whether Relied is a quotient that had to be rounded to be printed, so that who
// divides what is printed may come to another completion.
func (f *Figure) Rounded() bool {
	return f.Indicator.Divides() && f.Relied.Ok() && f.rate().CmpAmount(f.Relied.Value) != 0
}

// Parts are what counts of the two numbers of a ratio or a mean.
func (f *Figure) Parts() Parts {
	if f.Sure != nil {
		return *f.Sure
	}
	return Parts{f.Numerator.Value, f.Denominator.Value}
}

func (in *Input) ceiling() bool { return in.Target != nil && in.Target.Sign.Ceiling() }
