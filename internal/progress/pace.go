package progress

import "dabiao/internal/kpi"

// plan is the curve the figure is held to; even where no target says otherwise.
func (in *Input) plan() kpi.Schedule {
	if in.Target == nil {
		return kpi.EvenSchedule(in.Indicator.Starts)
	}
	return in.Target.Schedule(in.Indicator.Starts)
}

// share is the part of the year's target the plan expects by now, exactly.
func (in *Input) share() kpi.Share { return in.plan().At(in.AsOf) }

// paced reports whether the kind accumulates towards its target, so that a plan curve applies. A
// rate or a ceiling is held to its full target at any time.
func (in *Input) paced() bool { return in.Indicator.AddsUnits() && !in.ceiling() }

// expected is 序时应达: target × the plan's share. Rates and ceilings are expected in full from
// the start; judgements and standards have no pace.
func (in *Input) expected(share kpi.Share) Opt[kpi.Amount] {
	switch {
	case in.Target == nil:
		return None[kpi.Amount](ReasonNoTarget)
	case in.Indicator.Kind == kpi.Level || in.Indicator.Kind == kpi.Standard:
		return None[kpi.Amount](ReasonNoPace)
	case !in.paced():
		return Some(in.Target.Amount)
	case share.IsZero():
		return None[kpi.Amount](ReasonNotDue)
	}
	return Some(share.Of(in.Target.Amount))
}

// pace is achievement ÷ expected, divided once: the share of the plan is exact, not the amount it
// prints as. Ceilings have none: they are within or over.
func (in *Input) pace(f *Figure, share kpi.Share) Opt[kpi.Quotient] {
	switch {
	case !f.Expected.Ok():
		return None[kpi.Quotient](f.Expected.Reason)
	case in.ceiling():
		return None[kpi.Quotient](ReasonNoPace)
	case in.paced() && f.Achievement.Ok() && in.Target.Amount != 0:
		return Some(share.Pace(f.Relied.Value, in.Target.Amount))
	}
	return f.Quotient()
}
