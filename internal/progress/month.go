package progress

import "dabiao/internal/kpi"

// byMonth fills in the month fields that only some pages need.
func (in *Input) byMonth(f *Figure) {
	for i := range f.Months {
		m := &f.Months[i]
		m.Before = amountOf(in.lastYearAchievement(i + 1))
		if i < in.AsOf.Month {
			m.Entries = in.monthTally(i).Entries
		}
		switch {
		case i+1 == in.AsOf.Month:
			m.Light = f.Light
		case i+1 < in.AsOf.Month:
			m.Light = in.lightAt(kpi.MonthEnd(m.Period))
		}
	}
	f.Range = in.forecastRange(f)
}

// monthTally returns what one month (0 to 11) added; for ratios, to both parts together.
func (in *Input) monthTally(i int) kpi.Tally {
	if in.Indicator.Kind == kpi.Ratio {
		return in.Numerator[i].Plus(in.Denominator[i])
	}
	return in.Series[i]
}

// lightAt returns the light as of another day, by the target in force now and the entries standing now.
func (in *Input) lightAt(a kpi.AsOf) kpi.Light {
	defer func(today kpi.AsOf) { in.AsOf = today }(in.AsOf)
	in.AsOf = a
	f := Figure{Indicator: in.Indicator, Target: in.Target}
	in.judge(&f)
	return f.Light
}

// Range is the span in which the year may end: at the slowest and at the fastest rate of the last
// months.
type Range struct{ Low, High kpi.Amount }

// rangeMonths is the number of last whole months a forecast's range is based on.
const rangeMonths = 3

// forecastRange continues the rest of the plan at the slowest and at the fastest rate of the last three
// whole months: 300 of 300 planned, 150 of 300 and 240 of 300 give half to all of what is still
// planned. The forecast itself always lies within. The range is absent if there is no forecast, for
// ceilings, before two months of the plan are over, and once the year is over.
func (in *Input) forecastRange(f *Figure) Opt[Range] {
	if !f.Forecast.Ok() {
		return None[Range](f.Forecast.Reason)
	}
	if in.ceiling() {
		return None[Range](ReasonNoPace)
	}
	plan, last := in.plan(), in.AsOf.Month
	if !in.AsOf.Whole() {
		last--
	}
	rest := kpi.One - in.share().Of(kpi.One)
	if rest == 0 {
		return None[Range](ReasonNotDue)
	}
	var low, high kpi.Amount
	months := 0
	for m := last; m >= 1 && months < rangeMonths; m-- {
		planned := plan.At(kpi.MonthEnd(kpi.Period{Year: in.AsOf.Year, Month: m})).Of(kpi.One)
		if m > 1 {
			planned -= plan.At(kpi.MonthEnd(kpi.Period{Year: in.AsOf.Year, Month: m - 1})).Of(kpi.One)
		}
		if planned <= 0 {
			continue
		}
		add := in.Series[m-1].Amount.Times(int64(rest), int64(planned))
		if months == 0 {
			low, high = add, add
		}
		low, high = min(low, add), max(high, add)
		months++
	}
	if months < 2 {
		return None[Range](ReasonNotDue)
	}
	now := f.Achievement.Value.Amount
	out := Range{Low: in.printed(kpi.Divide(now+max(low, 0), kpi.One)), High: in.printed(kpi.Divide(now+high, kpi.One))}
	out.Low, out.High = min(out.Low, f.Forecast.Value), max(out.High, f.Forecast.Value)
	return Some(out)
}

// MonthLights returns an area's light at the end of each month: the worst of its indicators'; "" in
// months to come.
func (a AreaFigures) MonthLights() [12]kpi.Light {
	var out [12]kpi.Light
	for m := range out {
		var lights []kpi.Light
		for i := range a.Figures {
			if l := a.Figures[i].Months[m].Light; l != "" {
				lights = append(lights, l)
			}
		}
		if len(lights) > 0 {
			out[m] = kpi.Worst(lights)
		}
	}
	return out
}

// MonthLate returns how many of an area's indicators were behind and how many over their limits at the end of a month
// (0 to 11), of how many that had a light then.
func (a AreaFigures) MonthLate(month int) (late, over, of int) {
	for i := range a.Figures {
		switch l := a.Figures[i].Months[month].Light; {
		case l == "":
		case l == kpi.Over:
			over++
			of++
		case l.Late():
			late++
			of++
		default:
			of++
		}
	}
	return late, over, of
}
