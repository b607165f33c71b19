package progress

import (
	"time"

	"dabiao/internal/kpi"
)

// missing is target − achievement, of what can be relied on.
func (in Input) missing(f Figure) Opt[kpi.Amount] {
	switch {
	case in.Target == nil:
		return None[kpi.Amount](ReasonNoTarget)
	case !in.paced() && in.Indicator.Kind != kpi.Ratio:
		return None[kpi.Amount](ReasonNoPace)
	case in.done(f):
		return None[kpi.Amount](ReasonReached)
	case f.Achievement.Ok():
		return Some(in.Target.Amount - in.floor(f.Achievement.Value))
	case in.Indicator.Kind == kpi.Ratio:
		return None[kpi.Amount](f.Achievement.Reason)
	}
	return Some(in.Target.Amount)
}

// neededPerMonth is missing ÷ the months left, rounded up to what the indicator shows. In the last
// month it is all that is missing.
func (in Input) neededPerMonth(f Figure) Opt[kpi.Amount] {
	if in.Indicator.Kind == kpi.Ratio {
		return None[kpi.Amount](ReasonNoPace)
	}
	if !f.Missing.Ok() {
		return f.Missing
	}
	days := int64(in.AsOf.Year.End().Time().Sub(in.AsOf.Date().Time()).Hours() / 24)
	if days <= 31 {
		return f.Missing
	}
	const yearDays = 365
	perMonth := f.Missing.Value.Times(yearDays, days*12)
	step := in.Indicator.Step()
	return Some((perMonth + step - 1) / step * step)
}

// forecast is where the year ends if the rest goes as the plan's share so far did: achievement ÷
// share, rounded to what the indicator shows.
func (in Input) forecast(f Figure) Opt[kpi.Amount] {
	switch {
	case !in.Indicator.Kind.OverUnits():
		return None[kpi.Amount](ReasonNoPace)
	case !f.Achievement.Ok():
		return None[kpi.Amount](f.Achievement.Reason)
	}
	share := in.share()
	if share == 0 {
		return None[kpi.Amount](ReasonNotDue)
	}
	whole := f.Achievement.Value.Amount.Times(int64(kpi.Hundred), int64(share))
	return Some(whole.Round(in.Indicator.Decimals))
}

// reachDate is the day the target is reached at this pace: along the plan's curve within the year,
// and beyond it at the year's average daily rate.
func (in Input) reachDate(f Figure) Opt[kpi.Date] {
	switch {
	case !f.Missing.Ok():
		return None[kpi.Date](f.Missing.Reason)
	case !in.paced():
		return None[kpi.Date](ReasonNoPace)
	case !f.Achievement.Ok() || f.Achievement.Value.Amount <= 0:
		return None[kpi.Date](ReasonNoRate)
	case in.share() == 0:
		return None[kpi.Date](ReasonNotDue)
	}
	needed := kpi.Percent(in.Target.Amount.Times(int64(in.share()), int64(f.Achievement.Value.Amount)))
	if needed <= kpi.Hundred {
		return Some(in.dayOfShare(needed))
	}
	yearEnd := in.AsOf.Year.End().Time()
	start := kpi.Period{Year: in.AsOf.Year, Month: in.Indicator.Starts}.Start().Time()
	length := int64(yearEnd.Sub(start).Hours()/24) + 1
	days := int64(kpi.Amount(length).Times(int64(needed), int64(kpi.Hundred)))
	const tooFar = 20 * 365 // beyond this a date would only pretend to know
	if days > tooFar {
		return None[kpi.Date](ReasonNoRate)
	}
	return Some(kpi.DateOf(start.Add(time.Duration(days-1) * 24 * time.Hour)))
}

// dayOfShare is the first day by which the plan expects share.
func (in Input) dayOfShare(share kpi.Percent) kpi.Date {
	plan := in.plan()
	for m := 1; m <= 12; m++ {
		end := kpi.MonthEnd(kpi.Period{Year: in.AsOf.Year, Month: m})
		if plan[m-1] < share {
			continue
		}
		for day := 1; day < end.Day; day++ {
			if at := (kpi.AsOf{Period: end.Period, Day: day}); plan.At(at) >= share {
				return at.Date()
			}
		}
		return end.Date()
	}
	return in.AsOf.Year.End()
}
