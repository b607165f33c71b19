package progress

import "dabiao/internal/kpi"

// Budget is the execution of a year's budget.
type Budget struct {
	Lines []BudgetFigure
	Total BudgetFigure // all lines together; Fund and Nature are empty
}

// BudgetFigure is one line with its execution.
type BudgetFigure struct {
	kpi.BudgetLine
	Execution Opt[kpi.Percent] // 预算执行率 = spent ÷ full-year budget; absent when the budget is 0
	Pace      Opt[kpi.Percent] // execution ÷ the share of the year that has passed
	Light     kpi.Light
}

// Execute computes the execution of all lines at a. Money spent in months after a does not count;
// a line without months counts whole.
func Execute(lines []kpi.BudgetLine, a kpi.AsOf, rules kpi.RuleSet) Budget {
	var out Budget
	var total kpi.BudgetLine
	full := kpi.Amount(0)
	for _, l := range lines {
		l.Spent = spentBy(l, a)
		out.Lines = append(out.Lines, executed(l, a, rules))
		total.Opening += l.Opening
		total.Income += l.Income
		total.Spent += l.Spent
		total.Closing += l.Closing
		full += l.Budget()
	}
	total.Full = &full
	out.Total = executed(total, a, rules)
	return out
}

// Fund lists the lines of one fund.
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
	var all, sum kpi.Amount
	for m, x := range l.Months {
		all += x
		if m < a.Month {
			sum += x
		}
	}
	if all == 0 {
		return l.Spent
	}
	return sum
}

// executed applies the budget's own lights: execution ÷ pace below 60 % 严重滞后, below 80 % 滞后.
func executed(l kpi.BudgetLine, a kpi.AsOf, rules kpi.RuleSet) BudgetFigure {
	f := BudgetFigure{BudgetLine: l, Light: kpi.NoTarget}
	if l.Budget() == 0 {
		f.Execution, f.Pace = None[kpi.Percent](ReasonNoBudget), None[kpi.Percent](ReasonNoBudget)
		return f
	}
	f.Execution = Some(kpi.Rate(l.Spent, l.Budget()))
	expected := kpi.EvenPlan(1).At(a).Of(l.Budget())
	if expected == 0 {
		f.Pace, f.Light = None[kpi.Percent](ReasonNotDue), kpi.NotDue
		return f
	}
	f.Pace = Some(kpi.Rate(l.Spent, expected))
	f.Light = byPace(f.Pace.Value, rules)
	switch {
	case f.Execution.Value >= kpi.Hundred:
		f.Light = kpi.Done
	case f.Light == kpi.Ahead:
		f.Light = kpi.OnPace
	}
	return f
}
