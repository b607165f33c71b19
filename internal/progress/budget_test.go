package progress_test

import (
	"slices"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// monthly returns a line of 100 元 that spends ten a month from January on.
func monthly(t *testing.T, full string) kpi.BudgetLine {
	t.Helper()
	l := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Income: num(t, "120"), Spent: num(t, "120")}
	if full != "" {
		a := num(t, full)
		l.Full = &a
	}
	for m := range l.Months {
		l.Months[m] = num(t, "10")
	}
	return l
}

func TestExecuteComputesRatesAndLights(t *testing.T) {
	whole := monthly(t, "")
	whole.Months = [12]kpi.Amount{}
	for _, c := range []struct {
		name                        string
		line                        kpi.BudgetLine
		at                          kpi.AsOf
		spent, execution, pace, end string
		light                       kpi.Light
	}{
		{"on the year's pace", monthly(t, "120"), end(9), "90", "75.00", "100.00", "30", kpi.OnPace},
		{"income is the budget where none is stated", monthly(t, ""), end(6), "60", "50.00", "100.00", "60", kpi.OnPace},
		{"faster is no better than on pace", monthly(t, "100"), end(6), "60", "60.00", "120.00", "60", kpi.OnPace},
		{"79 % of the pace", monthly(t, "152"), end(6), "60", "39.47", "78.95", "60", kpi.Behind},
		{"59 % of the pace", monthly(t, "204"), end(6), "60", "29.41", "58.82", "60", kpi.FarBehind},
		{"all of it", monthly(t, "120"), end(12), "120", "100.00", "100.00", "0", kpi.Done},
		{"only the year is known", whole, end(3), "120", "100.00", "400.00", "0", kpi.Done},
		{"no budget", monthly(t, "0"), end(3), "30", "(no_budget)", "(no_budget)", "90", kpi.NoTarget},
		{"the running month by its days", monthly(t, "120"), at(1, 1), "10", "8.33", "3100.00", "110", kpi.OnPace},
	} {
		f := progress.Execute([]kpi.BudgetLine{c.line}, c.at, kpi.DefaultRules).Total
		if f.Spent != num(t, c.spent) || said(f.Execution) != c.execution || said(f.Pace) != c.pace || f.Light != c.light ||
			f.Closing != num(t, c.end) {
			t.Errorf("%s: spent %s, execution %s, pace %s, %s, left %s", c.name, f.Spent, said(f.Execution), said(f.Pace),
				f.Light, f.Closing)
		}
		if f.Opening+f.Income-f.Spent != f.Closing {
			t.Errorf("%s: %s + %s − %s is not %s", c.name, f.Opening, f.Income, f.Spent, f.Closing)
		}
	}
}

func TestSupervisionAlarms(t *testing.T) {
	slow := monthly(t, "210") // 19.05, 28.57, 38.10 and 47.62 % at the four lines
	months := progress.ExecuteMonths([]kpi.BudgetLine{slow}, end(8), kpi.DefaultRules)
	for m, want := range map[int]bool{3: false, 4: true, 6: true, 7: false, 8: true, 10: false} {
		if got := months[m-1].Raised; got != want {
			t.Errorf("month %d: raised %v, want %v", m, got, want)
		}
	}
	if running := progress.ExecuteMonths([]kpi.BudgetLine{slow}, at(8, 30), kpi.DefaultRules)[7]; running.Raised {
		t.Error("a month that is not over raised its alarm")
	}
	if exact := progress.ExecuteMonths([]kpi.BudgetLine{monthly(t, "160")}, end(4), kpi.DefaultRules)[3]; exact.Raised {
		t.Errorf("25 %% exactly is not below 25 %%: %+v", exact)
	}
}

func TestSumsThatMustAgree(t *testing.T) {
	unsplit := kpi.BudgetLine{Fund: kpi.GovernmentFunds, Income: num(t, "10"), Spent: num(t, "20"), Closing: num(t, "-10")}
	sources := func(amounts ...string) (out []kpi.SourceIncome) {
		for i, a := range amounts {
			out = append(out, kpi.SourceIncome{Source: kpi.IncomeSources[i], Amount: num(t, a)})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		lines   []kpi.BudgetLine
		sources []kpi.SourceIncome
		want    []string
	}{
		{"nothing stated by source", []kpi.BudgetLine{monthly(t, "120")}, nil, nil},
		{"sources that agree", []kpi.BudgetLine{monthly(t, "120")}, sources("100", "0", "20"), nil},
		{"sources that do not", []kpi.BudgetLine{monthly(t, "120")}, sources("100", "0", "19.99"),
			[]string{"budget.finding.sources"}},
		{"spending that is not split, beyond its budget", []kpi.BudgetLine{monthly(t, "120"), unsplit}, nil,
			[]string{"budget.finding.natures", "budget.finding.overspent"}},
		{"a slow year", []kpi.BudgetLine{monthly(t, "210")}, nil, []string{"budget.finding.alarm"}},
		{"no budget at all", nil, nil, nil},
	} {
		var got []string
		for _, f := range progress.BudgetFindings(c.lines, c.sources, end(12), kpi.DefaultRules) {
			got = append(got, f.Text.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Months whose spending cancels out are still known: 50 in January, refunded in December.
func TestMonthsThatNetToZeroAreMonths(t *testing.T) {
	line := func(months map[int]string) kpi.BudgetLine {
		l := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Income: num(t, "100")}
		for m, a := range months {
			l.Months[m-1] = num(t, a)
		}
		return l
	}
	for _, c := range []struct {
		months          map[int]string
		at              kpi.AsOf
		spent, forecast string
	}{
		{map[int]string{1: "50", 12: "-50"}, end(11), "50", "54.55"},
		{map[int]string{1: "50", 12: "-50"}, end(1), "50", "600"},
		{map[int]string{1: "50", 12: "-50"}, end(12), "0", "0"},
		{map[int]string{2: "50", 3: "-50"}, end(1), "0", "0"},
		{map[int]string{2: "50", 3: "-50"}, end(2), "50", "300"},
		{map[int]string{2: "50", 3: "-50"}, end(3), "0", "0"},
		{map[int]string{1: "10", 2: "20", 3: "-30"}, end(2), "30", "180"},
		{map[int]string{}, end(6), "0", "0"},
	} {
		l := line(c.months)
		f := progress.Execute([]kpi.BudgetLine{l}, c.at, kpi.DefaultRules).Lines[0]
		if f.Spent != num(t, c.spent) || said(f.Forecast) != c.forecast || f.Closing != num(t, "100")-f.Spent {
			t.Errorf("%v at %v: spent %s, forecast %s, left %s", c.months, c.at, f.Spent, said(f.Forecast), f.Closing)
		}
		l.Spent, l.Closing = num(t, "60"), num(t, "40")
		if err := l.Check(); (err != nil) != (len(c.months) > 0) {
			t.Errorf("%v with 60 spent in the year: %v", c.months, err)
		}
	}
}

// A finding counts what was spent by its date, as the lines beside it do.
func TestFindingsCountWhatWasSpentByThen(t *testing.T) {
	whole := kpi.BudgetLine{Fund: kpi.GeneralBudget, Income: num(t, "1000000"), Spent: num(t, "600000"),
		Closing: num(t, "400000")}
	whole.Months[5], whole.Months[11] = num(t, "100000"), num(t, "500000")
	basic := kpi.BudgetLine{Fund: kpi.GovernmentFunds, Nature: kpi.BasicSpend, Income: num(t, "1000000"),
		Spent: num(t, "300000"), Closing: num(t, "700000")}
	basic.Months[0], basic.Months[11] = num(t, "200000"), num(t, "100000")
	for _, c := range []struct {
		at              kpi.AsOf
		natures, spents kpi.Amount
	}{
		{end(6), num(t, "20"), num(t, "30")}, {end(11), num(t, "20"), num(t, "30")}, {end(12), num(t, "30"),
			num(t, "90")}, {end(1), 0, 0},
	} {
		var found bool
		for _, f := range progress.BudgetFindings([]kpi.BudgetLine{whole, basic}, nil, c.at, kpi.DefaultRules) {
			if f.Text.Key == "budget.finding.natures" {
				found = true
				if f.Text.Args[0] != c.natures || f.Text.Args[1] != c.spents {
					t.Errorf("at %v: %v", c.at, f.Text.Args)
				}
			}
		}
		if found != (c.spents != 0) {
			t.Errorf("at %v: found %v", c.at, found)
		}
	}
}
