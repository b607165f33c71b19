package progress

import (
	"fmt"

	"dabiao/internal/kpi"
)

// Duty is what one unit has to log for one indicator: which months are late and which is next.
type Duty struct {
	Late []int      // months (1 to 12) whose due day has passed without an entry
	Due  kpi.Period // the month to be logged next, whose due day is still to come; Month 0: none this year
	Done bool       // Due has an entry, or the plan expects nothing of it
}

// Urgency orders duties: 0 late, 1 due, 2 nothing to do now.
func (d Duty) Urgency() int {
	switch {
	case len(d.Late) > 0:
		return 0
	case d.Due.Month != 0 && !d.Done:
		return 1
	}
	return 2
}

// DueDate returns the last day to log a month on time: day dueDay of the month after it.
func DueDate(p kpi.Period, dueDay int) kpi.Date {
	return kpi.Date(fmt.Sprintf("%s-%02d", p.Add(1), dueDay))
}

// DuePeriod returns the month whose due day comes next, including today.
func DuePeriod(today kpi.Date, dueDay int) kpi.Period {
	last := today.Period().Add(-1)
	if today <= DueDate(last, dueDay) {
		return last
	}
	return today.Period()
}

// DutyOf compares a unit's entries for one indicator with what had to be logged by today. A month
// requires an entry if it is not from before anything was due (see Begun) and its plan adds something: the
// months of a campaign, from the indicator's first month on. Judgements and standards are required once, by
// the end of the year. Computed indicators and closed years require nothing.
func DutyOf(in Input, year kpi.YearInfo, today kpi.Date) Duty {
	var d Duty
	if in.Indicator.Computed() || year.CheckOpen() != nil {
		return d
	}
	next := DuePeriod(today, in.Rules.DueDay)
	for m := 1; m <= 12; m++ {
		p := kpi.Period{Year: year.Year, Month: m}
		missing := in.due(m, in.logged(m)) && !in.logged(m)
		switch {
		case p == next:
			d.Due, d.Done = p, !missing
		case p.End() < next.Start() && missing:
			d.Late = append(d.Late, m)
		}
	}
	return d
}

// due reports whether month m has to be logged by somebody who could: from the first month that was due on. Earlier
// months count where they are reported all the same, and are missed by nobody where they are not; in a sample year,
// which pretends to have been kept, a unit owes what follows its first entry.
func (in *Input) due(m int, reported bool) bool {
	return in.asks(m) && (m >= in.FirstDue() || reported ||
		in.Begun.AllAlong && Through(in.Series, m).Entries > 0)
}

// asks reports whether month m has to be logged.
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

// logged reports whether what month m requires is there; a judgement may be from any month.
func (in *Input) logged(m int) bool {
	switch in.Indicator.Kind {
	case kpi.Level, kpi.Standard:
		return Through(in.Series, 12).Entries > 0
	}
	return in.Series[m-1].LastDate != ""
}
