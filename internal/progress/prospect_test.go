package progress_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Where the year ends is told with the year's total and whether that reaches the target; no day of
// another year, and no month that has to bring more than is missing at all.
func TestProspectNamesWhatIsNeeded(t *testing.T) {
	leap := input(t, kpi.Flow, goal(t, ">=", "366"), "2024-01-15 60")
	leap.AsOf = kpi.AsOf{Period: kpi.Period{Year: 2024, Month: 2}, Day: 29}
	late := input(t, kpi.Flow, goal(t, ">=", "0.4"), "2022-01-15 0")
	late.AsOf = at(11, 15)
	on := func(in progress.Input, a kpi.AsOf) progress.Input { in.AsOf = a; return in }
	flow := func(sign kpi.Sign, target, entry string, a kpi.AsOf) progress.Input {
		return on(input(t, kpi.Flow, goal(t, sign, target), entry), a)
	}
	begins := flow(">=", "100", "2022-12-05 40", at(12, 16))
	begins.Indicator.Starts = 12
	for _, c := range []struct {
		name                             string
		in                               progress.Input
		forecast, prospect, reach, month string
	}{
		{"the first day", flow(">=", "1200", "2022-01-01 1", at(1, 1)), "31*12", "short", "(short)", ""},
		{"the day before the last", flow(">=", "1000", "2022-03-01 900", at(12, 30)), "902", "short", "(short)", "100"},
		{"the last day", flow(">=", "1000", "2022-03-01 900", end(12)), "900", "(year_over)", "(year_over)", "(year_over)"},
		{"29 days left", flow(">=", "1000", "2022-03-01 900", at(12, 2)), "976", "short", "(short)", "100"},
		{"the last day of November", flow(">=", "1000", "2022-03-01 900", end(11)), "982", "short", "(short)", "100"},
		{"the leap day", leap, "360", "short", "(short)", "31"},
		{"begins in December", begins, "78", "short", "(short)", "60"},
		{"less missing than a step", late, "0", "short", "(short)", "0.4"},
		{"in time", flow(">=", "1200", "2022-01-15 900", end(6)), "1800", "reach", "2022-08-31", "50"},
		{"reached", flow(">=", "100", "2022-01-15 100", end(6)), "200", "done", "(reached)", "(reached)"},
		{"target 0", flow(">=", "0", "2022-01-15 0", end(6)), "0", "done", "(reached)", "(reached)"},
		{"no target", on(input(t, kpi.Flow, nil, "2022-01-15 7"), end(6)), "14", "only", "(no_target)", "(no_target)"},
		{"nothing logged", on(input(t, kpi.Flow, goal(t, ">=", "9")), end(6)), "(no_value)", "(no_value)", "(no_value)", "2"},
		{"more than exactly asked for", flow("=", "10", "2022-01-15 11", end(6)), "22", "only", "(passed)", "(passed)"},
		{"a ceiling to be exceeded", flow("<=", "90", "2022-01-15 60", end(6)), "120", "over", "(no_pace)", "(no_pace)"},
		{"a ceiling exceeded", flow("<=", "90", "2022-01-15 91", end(11)), "99", "over", "(no_pace)", "(no_pace)"},
		{"a ceiling kept", flow("<=", "120", "2022-01-15 60", end(6)), "120", "kept", "(no_pace)", "(no_pace)"},
		{"below a strict ceiling", flow("<", "120", "2022-01-15 60", end(6)), "120", "over", "(no_pace)", "(no_pace)"},
		{"no upper end under a ceiling", flow("<=", "300", "2022-01-15 200 at_least", end(6)), "400", "only", "(no_pace)",
			"(no_pace)"},
		{"about the half", flow(">=", "400", "2022-01-15 200 about", end(6)), "400", "reach", "2022-12-31", "34"},
		{"just under the half", flow(">=", "400", "2022-01-15 200 below", end(6)), "398", "short", "(short)", "34"},
		{"a reading that grows", on(input(t, kpi.Running, goal(t, ">=", "1000"), "2022-06-15 400"), end(6)), "800", "short",
			"(short)", "100"},
		{"a reading under a ceiling", on(input(t, kpi.Running, goal(t, "<=", "3"), "2022-06-15 2"), end(6)), "(no_pace)",
			"(no_pace)", "(no_pace)", "(no_pace)"},
		{"a ratio", on(ratio(t, goal(t, ">=", "96"), "2022-01-05 210", "2022-01-05 223"), end(6)), "(no_pace)", "(no_pace)",
			"(no_pace)", "(no_pace)"},
		{"a judgement", on(input(t, kpi.Level, &kpi.Target{Sign: kpi.LevelSign, Level: kpi.LevelMet}, "2022-05-01 partly"),
			end(6)), "(no_pace)", "(no_pace)", "(no_pace)", "(no_pace)"},
	} {
		f := progress.Measure(c.in)
		p := f.Prospect()
		prospect := string(p.Value)
		if !p.Ok() {
			prospect = "(" + string(p.Reason) + ")"
		}
		if c.forecast == "31*12" {
			c.forecast, c.month = "372", said(f.NeededPerMonth)
		}
		got := [4]string{said(f.Forecast), prospect, saidDate(f.ReachDate), said(f.NeededPerMonth)}
		if want := [4]string{c.forecast, c.prospect, c.reach, c.month}; got != want {
			t.Errorf("%s: forecast, prospect, reached, a month %v; want %v", c.name, got, want)
		}
	}
}

// From 130 % of the target on, a good light says so: the target may be too low, or an entry wrong.
func TestStandingByPaceAndTarget(t *testing.T) {
	for _, c := range []struct {
		name string
		in   progress.Input
		want string
	}{
		{"met", input(t, kpi.Flow, goal(t, ">=", "100"), "2022-01-15 100"), "done"},
		{"just below the bound", input(t, kpi.Flow, goal(t, ">=", "10000"), "2022-01-15 12999"), "done"},
		{"the bound", input(t, kpi.Flow, goal(t, ">=", "100"), "2022-01-15 130"), "beyond"},
		{"ten times", input(t, kpi.Flow, goal(t, ">=", "100"), "2022-01-15 1000"), "beyond"},
		{"exactly is asked for", input(t, kpi.Flow, goal(t, "=", "100"), "2022-12-15 130"), "beyond"},
		{"a rate", ratio(t, goal(t, ">=", "50"), "2022-01-05 65", "2022-01-05 100"), "beyond"},
		{"far below a ceiling", input(t, kpi.Flow, goal(t, "<=", "100"), "2022-01-15 10"), "on_pace"},
		{"far above a ceiling", input(t, kpi.Flow, goal(t, "<=", "100"), "2022-01-15 200"), "over"},
		{"about the bound", input(t, kpi.Flow, goal(t, ">=", "100"), "2022-01-15 130 about"), "beyond"},
		{"just under the bound", input(t, kpi.Flow, goal(t, ">=", "100"), "2022-01-15 130 below"), "done"},
		{"target 0", input(t, kpi.Flow, goal(t, ">=", "0"), "2022-01-15 130"), "done"},
		{"no target", input(t, kpi.Flow, nil, "2022-01-15 130"), "no_target"},
	} {
		if f := progress.Measure(c.in); f.Standing() != c.want {
			t.Errorf("%s: %s, want %s", c.name, f.Standing(), c.want)
		}
	}
}

// A budget below its supervision line is late however good its pace is, from the end of that month
// until it has caught up.
func TestBelowAlarmDecidesByTheExactRate(t *testing.T) {
	line := func(full string, months ...string) kpi.BudgetLine {
		a := num(t, full)
		l := kpi.BudgetLine{Fund: kpi.GeneralBudget, Income: a, Full: &a}
		for m, s := range months {
			l.Months[m] = num(t, s)
			l.Spent += l.Months[m]
		}
		return l
	}
	to := func(full, october, november string) kpi.BudgetLine {
		return line(full, "0", "0", "0", "0", "0", "0", "0", "0", "0", october, november)
	}
	none := kpi.DefaultRules
	none.Alarms = nil
	for _, c := range []struct {
		name  string
		lines []kpi.BudgetLine
		at    kpi.AsOf
		rules kpi.RuleSet
		light kpi.Light
		below bool
	}{
		{"below the line at its month's end", []kpi.BudgetLine{to("100", "75", "0")}, end(10), kpi.DefaultRules,
			kpi.Behind, true},
		{"on the line", []kpi.BudgetLine{to("100", "80", "0")}, end(10), kpi.DefaultRules, kpi.OnPace, false},
		{"a fen below it", []kpi.BudgetLine{to("100000", "79999.99", "0")}, end(10), kpi.DefaultRules, kpi.Behind, true},
		{"its month is not over: August's 60 holds", []kpi.BudgetLine{to("100", "75", "0")}, at(10, 30), kpi.DefaultRules,
			kpi.OnPace, false},
		{"still below a month later", []kpi.BudgetLine{to("100", "75", "4")}, end(11), kpi.DefaultRules, kpi.Behind, true},
		{"caught up a month later", []kpi.BudgetLine{to("100", "75", "5")}, at(11, 28), kpi.DefaultRules, kpi.OnPace, false},
		{"the worse light stays", []kpi.BudgetLine{to("100", "20", "0")}, end(10), kpi.DefaultRules, kpi.FarBehind, true},
		{"before the first line", []kpi.BudgetLine{line("100", "9", "9", "6")}, end(3), kpi.DefaultRules, kpi.OnPace, false},
		{"on pace for April's 25, not for its days", []kpi.BudgetLine{line("100", "0", "0", "0", "24")}, end(4),
			kpi.DefaultRules, kpi.Behind, true},
		{"no lines in the rules", []kpi.BudgetLine{to("100", "75", "0")}, end(10), none, kpi.OnPace, false},
		{"all spent", []kpi.BudgetLine{to("100", "100", "0")}, end(10), kpi.DefaultRules, kpi.Done, false},
		{"several lines, together on it", []kpi.BudgetLine{to("100", "75", "0"), to("100", "85", "0")}, end(10),
			kpi.DefaultRules, kpi.OnPace, false},
		{"several lines, together below it", []kpi.BudgetLine{to("100", "75", "0"), to("100", "84", "0")}, end(10),
			kpi.DefaultRules, kpi.Behind, true},
		{"no budget", []kpi.BudgetLine{to("0", "0", "0")}, end(10), kpi.DefaultRules, kpi.NoTarget, false},
		{"the last day", []kpi.BudgetLine{to("100", "75", "4")}, end(12), kpi.DefaultRules, kpi.Behind, true},
	} {
		b := progress.Board{AsOf: c.at, Rules: c.rules, Budget: progress.Execute(c.lines, c.at, c.rules)}
		if got := b.BelowAlarm(); b.Budget.Total.Light != c.light || (got != nil) != c.below {
			t.Errorf("%s: %s, below %v; want %s, %v", c.name, b.Budget.Total.Light, got, c.light, c.below)
		}
		for _, l := range b.Budget.Lines {
			q := l.Quotient()
			if q.Ok() && c.rules.Below(q.Value, c.at) != nil && !l.Light.Late() {
				t.Errorf("%s: a line with %s is %s", c.name, l.Execution.Value, l.Light)
			}
		}
		if months := progress.ExecuteMonths(c.lines, c.at, c.rules); months[9].Raised && !months[9].Light.Late() {
			t.Errorf("%s: October is below its line and %s", c.name, months[9].Light)
		}
	}
}
