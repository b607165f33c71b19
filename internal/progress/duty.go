package progress

import (
	"fmt"

	"dabiao/internal/kpi"
)

// Duty is what one indicator asks of those who log it at one unit: which months were to be logged
// and were not.
type Duty struct {
	Late []int      // months (1 to 12) whose due day has passed without an entry
	Due  kpi.Period // the month to be logged next, its due day still to come; Month 0: none in this year
	Done bool       // Due has an entry, or the plan asks nothing of it
}

// DueDate is the last day to log a month in time: dueDay of the month after it.
func DueDate(p kpi.Period, dueDay int) kpi.Date {
	return kpi.Date(fmt.Sprintf("%s-%02d", p.Add(1), dueDay))
}

// DuePeriod is the month whose due day comes next, today's own due day included.
func DuePeriod(today kpi.Date, dueDay int) kpi.Period {
	last := today.Period().Add(-1)
	if today <= DueDate(last, dueDay) {
		return last
	}
	return today.Period()
}

// DutyOf compares a unit's year in one indicator with what was to be logged by today. A month asks
// for an entry when its plan adds something: the months of a campaign, from the indicator's first on.
// Judgements and standards are asked for once, by the end of the year. Ratios are computed and ask
// for nothing; a year that is closed asks for nothing.
func DutyOf(in Input, year kpi.YearInfo, today kpi.Date) Duty {
	var d Duty
	if in.Indicator.Computed() || year.CheckOpen() != nil {
		return d
	}
	next := DuePeriod(today, in.Rules.DueDay)
	for m := 1; m <= 12; m++ {
		p := kpi.Period{Year: year.Year, Month: m}
		missing := in.asks(m) && !in.logged(m)
		switch {
		case p == next:
			d.Due, d.Done = p, !missing
		case p.End() < next.Start() && missing:
			d.Late = append(d.Late, m)
		}
	}
	return d
}

// asks reports whether month m is to be logged.
func (in *Input) asks(m int) bool {
	p := kpi.Period{Year: in.AsOf.Year, Month: m}
	switch in.Indicator.Kind {
	case kpi.Level, kpi.Standard:
		return m == 12
	}
	plan, before := in.plan(), kpi.Share{}
	if m > 1 {
		before = plan.At(kpi.MonthEnd(p.Add(-1)))
	}
	return before.Less(plan.At(kpi.MonthEnd(p)))
}

// logged reports whether what month m asks for is there; a judgement may be of any month.
func (in *Input) logged(m int) bool {
	switch in.Indicator.Kind {
	case kpi.Level, kpi.Standard:
		return Through(in.Series, 12).Entries > 0
	}
	return in.Series[m-1].LastDate != ""
}
