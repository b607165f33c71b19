package progress_test

import (
	"slices"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// monthly is a line of 100 元 that spends ten a month, from the first on.
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

func TestExecution(t *testing.T) {
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
		if f.Spent != num(t, c.spent) || said(f.Execution) != c.execution || said(f.Pace) != c.pace || f.Light != c.light || f.Closing != num(t, c.end) {
			t.Errorf("%s: spent %s, execution %s, pace %s, %s, left %s", c.name, f.Spent, said(f.Execution), said(f.Pace), f.Light, f.Closing)
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
		{"sources that do not", []kpi.BudgetLine{monthly(t, "120")}, sources("100", "0", "19.99"), []string{"budget.finding.sources"}},
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
