package progress

import "dabiao/internal/kpi"

// plan returns the schedule the figure is measured against; an even one if there is no target.
func (in *Input) plan() kpi.Schedule {
	if in.Target == nil {
		return kpi.EvenSchedule(in.Indicator.Starts)
	}
	return in.Target.Schedule(in.Indicator.Starts)
}

// share returns the exact share of the year's target that the plan expects by now.
func (in *Input) share() kpi.Share { return in.plan().At(in.AsOf) }

// paced reports whether the figure accumulates towards its target, so that a plan curve applies. Rates
// and ceilings are measured against the full target at any time.
func (in *Input) paced() bool { return in.Indicator.AddsUnits() && !in.ceiling() }

// expected returns 序时应达: target × the plan's share. Rates and ceilings are expected in full from
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
	due := share.Of(in.Target.Amount)
	if in.finer && due != in.Target.Amount {
		due = due.Round(in.coarse) // only the value needs more decimals than its indicator has
	}
	return Some(due)
}

// pace returns achievement ÷ expected, computed from the exact share of the plan and not from the
// printed amount. Ceilings have no pace: they are kept or exceeded.
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
