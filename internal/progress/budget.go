package progress

import "dabiao/internal/kpi"

// Budget is the execution of a year's budget.
type Budget struct {
	Lines []BudgetFigure
	Total BudgetFigure // all lines together; Fund and Nature are empty
}

// BudgetFigure is a budget line with its execution.
type BudgetFigure struct {
	kpi.BudgetLine
	Execution Opt[kpi.Percent] // 预算执行率 = spent ÷ full-year budget; absent when the budget is 0
	Pace      Opt[kpi.Percent] // execution ÷ the share of the year that has passed
	Forecast  Opt[kpi.Amount]  // 全年预计执行数: spent ÷ the share of the year that has passed, rounded to the 分
	Light     kpi.Light
	Decimals  int // number of decimals with which the line's money prints in 万元, see [kpi.RuleSet.MoneyDecimals]
}

// Moves reports whether the line has or had any money.
func (l BudgetFigure) Moves() bool {
	return l.Budget() != 0 || l.Spent != 0 || l.Opening != 0 || l.Income != 0 || l.Closing != 0
}

// Execute computes the execution of all lines at a. Money spent in months after a does not count; a
// line without months counts whole. Closing is what is left at that point, so opening + income − spent
// = closing holds in every line at any date.
func Execute(lines []kpi.BudgetLine, a kpi.AsOf, rules kpi.RuleSet) Budget {
	var out Budget
	var total kpi.BudgetLine
	full := kpi.Amount(0)
	initial, known := kpi.Amount(0), len(lines) > 0
	for _, l := range lines {
		l.Spent = spentBy(l, a)
		l.Closing = l.Opening + l.Income - l.Spent
		if known = known && l.Initial != nil; known {
			initial += *l.Initial
		}
		out.Lines = append(out.Lines, executed(l, a, rules).forecast(a))
		total.Opening += l.Opening
		total.Income += l.Income
		total.Spent += l.Spent
		total.Closing += l.Closing
		full += l.Budget()
	}
	total.Full = &full
	if known {
		total.Initial = &initial
	}
	out.Total = executed(total, a, rules).forecastOf(out.Lines)
	return out
}

// forecast fills in the line's spending for the whole year at this pace. A line without months has none
// before the year is over.
func (f BudgetFigure) forecast(a kpi.AsOf) BudgetFigure {
	over := a.Month == 12 && a.Whole()
	share := kpi.EvenSchedule(1).At(a)
	switch {
	case over:
		f.Forecast = Some(f.Spent)
	case !f.ByMonth() && f.Spent != 0:
		f.Forecast = None[kpi.Amount](ReasonNoMonths)
	case share.IsZero():
		f.Forecast = None[kpi.Amount](ReasonNotDue)
	default:
		f.Forecast = Some(share.All(f.Spent).Amount(2))
	}
	return f
}

// forecastOf sums the lines' forecasts if all have one.
func (f BudgetFigure) forecastOf(lines []BudgetFigure) BudgetFigure {
	f.Forecast = None[kpi.Amount](ReasonNoBudget)
	for _, l := range lines {
		if !l.Forecast.Ok() {
			f.Forecast = l.Forecast
			return f
		}
		f.Forecast = Some(f.Forecast.Value + l.Forecast.Value)
	}
	return f
}

// Fund returns the lines of one fund.
func (b Budget) Fund(f kpi.Fund) []BudgetFigure {
	var out []BudgetFigure
	for _, l := range b.Lines {
		if l.Fund == f {
			out = append(out, l)
		}
	}
	return out
}

func spentBy(l kpi.BudgetLine, a kpi.AsOf) kpi.Amount {
	if !l.ByMonth() {
		return l.Spent
	}
	var sum kpi.Amount
	for _, x := range l.Months[:a.Month] {
		sum += x
	}
	return sum
}

// executed computes one line and its light by the budget's own thresholds: execution ÷ pace below 60 %
// 严重滞后, below 80 % 滞后. Below the latest supervision line it is 滞后 at least, however good its pace.
func executed(l kpi.BudgetLine, a kpi.AsOf, rules kpi.RuleSet) BudgetFigure {
	f := BudgetFigure{BudgetLine: l, Light: kpi.NoTarget, Decimals: rules.MoneyDecimals(l.Spent, l.Budget())}
	if l.Budget() == 0 {
		f.Execution, f.Pace = None[kpi.Percent](ReasonNoBudget), None[kpi.Percent](ReasonNoBudget)
		return f
	}
	done := kpi.Divide(l.Spent, l.Budget())
	f.Execution = Some(rules.Rate(done, ""))
	share := kpi.EvenSchedule(1).At(a)
	if share.IsZero() {
		f.Pace, f.Light = None[kpi.Percent](ReasonNotDue), kpi.NotDue
		return f
	}
	pace := share.Pace(l.Spent, l.Budget())
	f.Pace = Some(rules.Rate(pace, ""))
	f.Light = byPace(pace, &rules)
	switch {
	case done.Reaches(kpi.Hundred):
		f.Light = kpi.Done
	case f.Light != kpi.FarBehind && rules.Below(done, a) != nil:
		f.Light = kpi.Behind
	case f.Light == kpi.Ahead:
		f.Light = kpi.OnPace
	}
	return f
}

// BelowAlarm returns the supervision line that the execution of all lines together is below now; nil if
// there is none.
func (b *Board) BelowAlarm() *kpi.Alarm {
	if done := b.Budget.Total.Quotient(); len(b.Budget.Lines) > 0 && done.Ok() {
		return b.Rules.Below(done.Value, b.AsOf)
	}
	return nil
}

// Quotient returns spent ÷ full-year budget exactly; alarms, caps and warnings are decided by it, and
// Execution is how it prints. It is absent if the budget is 0.
func (f *BudgetFigure) Quotient() Opt[kpi.Quotient] {
	if !f.Execution.Ok() {
		return None[kpi.Quotient](f.Execution.Reason)
	}
	return Some(kpi.Divide(f.Spent, f.Budget()))
}

// BudgetMonth is the execution of all lines together at the end of a month.
type BudgetMonth struct {
	Period     kpi.Period
	Spent      Opt[kpi.Amount]  // in this month only
	Cumulative Opt[kpi.Amount]  // up to the end of the month
	Execution  Opt[kpi.Percent] // cumulative ÷ full-year budget
	Expected   kpi.Percent      // the share of the year that has passed: 序时进度
	Light      kpi.Light
	Alarm      *kpi.Alarm // the rule set's check for this month; nil: none
	Raised     bool       // the execution is below the threshold of Alarm
	Decimals   int        // number of decimals with which Cumulative and Spent print in 万元
}

// ExecuteMonths returns the budget month by month up to a. A month that is not over raises no alarm,
// and all months are absent (no_months) if a line with spending has no months.
func ExecuteMonths(lines []kpi.BudgetLine, a kpi.AsOf, rules kpi.RuleSet) [12]BudgetMonth {
	var out [12]BudgetMonth
	known := monthsKnown(lines)
	for m := range out {
		seen := kpi.MonthEnd(kpi.Period{Year: a.Year, Month: m + 1})
		if m+1 == a.Month {
			seen = a
		}
		out[m] = executeMonth(lines, seen, rules, known && m < a.Month)
		if m >= a.Month {
			absent := BudgetMonth{Period: seen.Period, Spent: None[kpi.Amount](ReasonNotYet),
				Cumulative: None[kpi.Amount](ReasonNotYet),
				Execution:  None[kpi.Percent](ReasonNotYet), Expected: out[m].Expected, Light: kpi.NoData, Alarm: out[m].Alarm}
			out[m] = absent
		}
	}
	return out
}

// monthsKnown reports whether every line says in which months its money was spent.
func monthsKnown(lines []kpi.BudgetLine) bool {
	for _, l := range lines {
		if l.SpentByMonth() != l.Spent {
			return false
		}
	}
	return true
}

// executeMonth computes the month of seen, up to seen. known tells whether the spending of each month
// is known.
func executeMonth(lines []kpi.BudgetLine, seen kpi.AsOf, rules kpi.RuleSet, known bool) BudgetMonth {
	month := BudgetMonth{Period: seen.Period,
		Expected: kpi.EvenSchedule(1).At(kpi.MonthEnd(seen.Period)).Percent(), Light: kpi.NoData,
		Spent: None[kpi.Amount](ReasonNoMonths), Cumulative: None[kpi.Amount](ReasonNoMonths),
		Execution: None[kpi.Percent](ReasonNoMonths)}
	for _, alarm := range rules.Alarms {
		if alarm.Month == seen.Month {
			month.Alarm = &alarm
		}
	}
	if !known {
		return month
	}
	total := Execute(lines, seen, rules).Total
	spent := kpi.Amount(0)
	for _, l := range lines {
		spent += l.Months[seen.Month-1]
	}
	month.Spent, month.Cumulative, month.Execution, month.Light = Some(spent), Some(total.Spent),
		total.Execution, total.Light
	month.Decimals = total.Decimals
	done := total.Quotient()
	month.Raised = month.Alarm != nil && seen.Whole() && done.Ok() && !done.Value.Reaches(month.Alarm.Below)
	return month
}

// BudgetFindings checks the sums that must agree: income by source against the income of the lines,
// basic and project spending against all spending, and each line's spending against its budget. It adds
// the latest supervision alarm.
func BudgetFindings(lines []kpi.BudgetLine, sources []kpi.SourceIncome, a kpi.AsOf, rules kpi.RuleSet) []Finding {
	var out []Finding
	var income, bySource, spent, byNature kpi.Amount
	for _, l := range lines {
		income += l.Income
		by := spentBy(l, a)
		spent += by
		if l.Nature != kpi.AnyNature {
			byNature += by
		}
	}
	for _, s := range sources {
		bySource += s.Amount
	}
	if len(sources) > 0 && bySource != income {
		out = append(out, warn("budget.finding.sources", wan(bySource), wan(income)))
	}
	if byNature != spent {
		out = append(out, warn("budget.finding.natures", wan(byNature), wan(spent)))
	}
	for _, l := range lines {
		if beyond := spentBy(l, a); beyond > l.Budget() {
			name := kpi.T("budget.line", kpi.T("fund."+string(l.Fund)), kpi.T("nature."+string(l.Nature)))
			if l.Nature == kpi.AnyNature {
				name = kpi.T("fund." + string(l.Fund))
			}
			out = append(out, warn("budget.finding.overspent", name, wan(beyond), wan(l.Budget())))
		}
	}
	if m := LatestAlarm(lines, a, rules); m != nil && m.Raised {
		out = append(out, warn("budget.finding.alarm", m.Period.Month, m.Execution.Value, m.Alarm.Below.Amount()))
	}
	return out
}

// LatestAlarm returns the latest month that is over and has a supervision check; nil before the first.
func LatestAlarm(lines []kpi.BudgetLine, a kpi.AsOf, rules kpi.RuleSet) *BudgetMonth {
	alarm := rules.Supervision(a)
	if alarm == nil {
		return nil
	}
	m := executeMonth(lines, kpi.MonthEnd(kpi.Period{Year: a.Year, Month: alarm.Month}), rules, monthsKnown(lines))
	return &m
}

// wan converts 元 to 万元.
func wan(yuan kpi.Amount) kpi.Amount {
	a, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return a
}
