package progress

import "dabiao/internal/kpi"

// floor is the amount that can be relied on: the written number, or, where "just under n" (近200) is
// in it, one step less, so that n never counts as reached. A sum of 近200 and 100余 is "about 300";
// it does not count as 300 reached either.
func (in *Input) floor(q kpi.Quantity) kpi.Amount {
	switch {
	case q.Precision == kpi.Exact || in.Indicator.Kind == kpi.Ratio:
		return q.Amount
	case q.Precision == kpi.Below, through(&in.Series, in.AsOf.Month).Below > 0:
		return q.Amount - in.Indicator.Step()
	}
	return q.Amount
}

// completion is achievement ÷ target, half-up to two decimals, never capped (104.04 % stays).
//
// It is absent without a target, without a value, for judgements (met or not met), and when the
// target is 0, which can only be met or not met.
func (in *Input) completion(a Opt[kpi.Quantity]) Opt[kpi.Percent] {
	switch {
	case in.Target == nil:
		return None[kpi.Percent](ReasonNoTarget)
	case in.Indicator.Kind == kpi.Level || in.Indicator.Kind == kpi.Standard:
		return None[kpi.Percent](ReasonNoPace)
	case !a.Ok():
		return None[kpi.Percent](a.Reason)
	case in.Target.Amount == 0:
		return None[kpi.Percent](ReasonTargetZero)
	}
	if in.Indicator.Kind == kpi.Ratio {
		return Some(in.ratioCompletion())
	}
	return Some(kpi.Rate(in.floor(a.Value), in.Target.Amount))
}

// ratioCompletion divides the exact quotient, not the rounded rate, by the target rate.
func (in *Input) ratioCompletion() kpi.Percent {
	n, d := through(&in.Numerator, in.AsOf.Month).Amount, through(&in.Denominator, in.AsOf.Month).Amount
	// (n ÷ d) ÷ (target %) = n ÷ (d × target %)
	return kpi.Rate(n, d.Times(int64(in.Target.Amount), int64(100*kpi.One)))
}

// met reports whether the target is reached; false while that is unknown.
func (in *Input) met(a Opt[kpi.Quantity]) bool {
	if in.Target == nil || !a.Ok() {
		return false
	}
	if in.Indicator.Kind == kpi.Level {
		return a.Value.Amount >= in.Target.Level.Rank()
	}
	return in.Target.Sign.Met(in.floor(a.Value), in.Target.Amount)
}

// done is 已完成: met, or a completion of 100 % and more under a sign that asks for more.
func (in *Input) done(f *Figure) bool {
	return in.met(f.Achievement) || !in.ceiling() && f.Completion.Ok() && f.Completion.Value >= kpi.Hundred
}

func (in *Input) ceiling() bool { return in.Target != nil && in.Target.Sign.Ceiling() }
