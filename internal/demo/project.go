package demo

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// projects adds the projects that the sample year's project spending is for. Each has a share of what
// was spent by today, the last one the rest, so that they add up to the budget line.
func (l *loader) projects(year kpi.Year) error {
	rows, err := table("sample/projects.csv")
	if err != nil {
		return err
	}
	indicators, err := projectIndicators()
	if err != nil {
		return err
	}
	left, err := projectSpending(year, l.today)
	if err != nil {
		return err
	}
	spent := left
	for i, r := range rows {
		money := kpi.ProjectMoney{Source: kpi.FromAppropriation, Spent: left}
		initial, err := r.money("initial")
		if err != nil {
			return err
		}
		money.Initial = &initial
		if money.Full, err = r.money("full"); err != nil {
			return err
		}
		share, err := r.count("share")
		if err != nil {
			return err
		}
		if i < len(rows)-1 {
			money.Spent = spent.Times(int64(share), 100*100).Round(0) * 100 // whole hundreds of 元: two decimals in 万元
		}
		left -= money.Spent
		name, nameEn, expected, achieved, fund, office := r["name_zh"], r["name_en"], r["expected"], r["achieved"],
			kpi.Fund(r["fund"]), l.name
		n := app.ProjectEdit{Name: &name, NameEn: &nameEn, Supervisor: &office, Implementer: &office,
			Expected: &expected, Achieved: &achieved,
			Fund: &fund, Money: []kpi.ProjectMoney{money}, Indicators: indicators[r["code"]]}
		if _, err := l.app.CreateProject(l.ctx, l.actors[kpi.Staff], year, r["code"], n, ""); err != nil {
			return fmt.Errorf("project %s: %w", r["code"], err)
		}
	}
	return nil
}

// projectIndicators returns the indicators of each project with their weights.
func projectIndicators() (map[string][]app.NewProjectIndicator, error) {
	rows, err := table("sample/project-indicators.csv")
	out := map[string][]app.NewProjectIndicator{}
	for _, r := range rows {
		weight, err := r.amount("weight")
		if err != nil {
			return nil, err
		}
		out[r["project"]] = append(out[r["project"]],
			app.NewProjectIndicator{Code: r["indicator"], Weight: kpi.Percent(weight / (kpi.One / 100))})
	}
	return out, err
}

// projectSpending returns what was spent on projects by today.
func projectSpending(year kpi.Year, today kpi.Date) (spent kpi.Amount, err error) {
	lines, err := sampleBudget(year, today)
	for _, line := range lines {
		if line.Nature == kpi.ProjectSpend {
			spent += line.Spent
		}
	}
	return spent, err
}
