package progress

import "dabiao/internal/kpi"

// rely fills in the achievement and the part of it that is certain: the written number, or for an
// approximate one the bound that counts (see least, most). It is absent if that bound does not exist.
func (in *Input) rely(f *Figure) {
	f.Achievement = in.achievement(in.AsOf.Month)
	f.Relied = amountOf(f.Achievement)
	f.Bound = in.bound(in.through(in.AsOf.Month))
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
		f.Relied.Value = in.bounding(f.rate(), f.Bound)
	}
}

// countable returns the numerator to divide: just under the written number if it contains 近, so that
// 近200 of 200 stays short of 100 %.
func countable(n kpi.Tally) kpi.Amount {
	if n.Below > 0 {
		return n.Amount - 1
	}
	return n.Amount
}

// Quotient returns achievement ÷ target exactly, from what can be relied on. Lights, points and ranks
// are decided by it; Completion is how it prints, never capped (104.04 % stays). A rate is compared by
// its own exact quotient, not by the rounded one.
//
// It is absent without a target, without a value, for judgements (met or not met), where nothing can be
// relied on (200以上 under a ceiling), and if the target is 0, which can only be met or not met.
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

// ofTarget returns achievement ÷ target. The target must not be 0.
func (f *Figure) ofTarget() kpi.Quotient {
	if f.Indicator.Divides() {
		p := f.Parts()
		return f.Indicator.QuotientOf(p.Numerator, p.Denominator, f.Target.Amount)
	}
	return kpi.Divide(f.Relied.Value, f.Target.Amount)
}

// met reports whether the target is reached as its sign demands, by exact numbers; that is also 已完成.
// It returns false if this is unknown.
func (in *Input) met(f *Figure) bool {
	switch {
	case in.Target == nil || !f.Achievement.Ok():
		return false
	case in.Indicator.Kind == kpi.Level:
		return f.Achievement.Value.Amount >= in.Target.Level.Rank()
	case !f.Relied.Ok(), in.Target.Sign == kpi.EqualSign && f.Achievement.Value.Precision != kpi.Exact:
		return false // undecidable
	case in.Indicator.Divides():
		return in.Target.Sign.MetBy(f.rate(), in.Target.Amount)
	}
	return in.Target.Sign.Met(f.Relied.Value, in.Target.Amount)
}

// rate returns the exact value of a ratio or mean in its measure, from what can be relied on.
func (f *Figure) rate() kpi.Quotient {
	p := f.Parts()
	return f.Indicator.Quotient(p.Numerator, p.Denominator)
}

// Rounded reports whether Relied is a quotient that was rounded for printing, so that dividing the
// printed value may give another completion.
func (f *Figure) Rounded() bool {
	return f.Indicator.Divides() && f.Relied.Ok() && f.rate().CmpAmount(f.Relied.Value) != 0
}

// Parts returns the numerator and denominator that count for a ratio or a mean.
func (f *Figure) Parts() Parts {
	if f.Sure != nil {
		return *f.Sure
	}
	return Parts{f.Numerator.Value, f.Denominator.Value}
}

func (in *Input) ceiling() bool { return in.Target != nil && in.Target.Sign.Ceiling() }
