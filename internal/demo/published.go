package demo

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// publishedYear is the year whose figures are real.
const publishedYear kpi.Year = 2022

// published loads 2022 as it was published, and closes it.
func (l *loader) published() error {
	if _, err := l.app.OpenYear(l.ctx, l.actors[kpi.Admin], app.NewYear{Year: publishedYear}); err != nil {
		return err
	}
	rows, err := table("2022/indicators.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := l.publishedIndicator(r); err != nil {
			return fmt.Errorf("%s: %w", r["code"], err)
		}
	}
	lines, err := publishedBudget()
	if err != nil {
		return err
	}
	if err := l.app.SetBudget(l.ctx, l.actors[kpi.Staff], publishedYear, lines); err != nil {
		return err
	}
	if err := l.reportTexts(publishedYear, "2022/report"); err != nil {
		return err
	}
	if err := l.cover(publishedYear, "2023-07-18"); err != nil {
		return err
	}
	if err := l.app.CloseYear(l.ctx, l.actors[kpi.Admin], publishedYear, "年度终了，数据以公开的自评报告为准"); err != nil {
		return err
	}
	return l.signReport()
}

// publishedIndicator adds one indicator with its target, if any, and its figure.
func (l *loader) publishedIndicator(r row) error {
	if err := l.createIndicator(r, publishedYear); err != nil {
		return err
	}
	if r["target"] != "" {
		value, err := r.amount("target")
		if err != nil {
			return err
		}
		target := kpi.Target{Year: publishedYear, Sign: kpi.AtLeastSign, Amount: value}
		if _, err := l.app.SetTarget(l.ctx, l.actors[kpi.Staff],
			app.NewTarget{Indicator: r["code"], Unit: l.root(), Target: target}); err != nil {
			return err
		}
	}
	if kpi.Kind(r["kind"]) == kpi.Ratio {
		return nil // computed from its two parts
	}
	update, err := publishedUpdate(r)
	if err != nil {
		return err
	}
	update.Unit = l.root()
	_, err = l.app.LogUpdate(l.ctx, l.actors[kpi.Staff], update)
	return err
}

// publishedUpdate returns the figure with the precision and wording of the source.
func publishedUpdate(r row) (kpi.NewUpdate, error) {
	value, err := r.amount("value")
	if err != nil {
		return kpi.NewUpdate{}, err
	}
	dated, err := kpi.ParseDate(r["as_of"])
	if err != nil {
		return kpi.NewUpdate{}, err
	}
	n := kpi.NewUpdate{Indicator: r["code"], Dated: dated, Origin: kpi.FromImport,
		Quantity: kpi.Quantity{Amount: value, Precision: kpi.Precision(r["precision"]), Wording: r["as_written"]}}
	if kpi.Kind(r["kind"]) == kpi.Level { // 全覆盖: the 100 is stated beside the judgement
		n.Level = kpi.LevelMet
	}
	return n, nil
}

func publishedBudget() ([]kpi.BudgetLine, error) {
	rows, err := table("2022/budget.csv")
	if err != nil {
		return nil, err
	}
	var out []kpi.BudgetLine
	for _, r := range rows {
		line := kpi.BudgetLine{Year: publishedYear, Fund: kpi.Fund(r["fund"]), Nature: kpi.Nature(r["nature"])}
		for column, to := range map[string]*kpi.Amount{"opening": &line.Opening, "income": &line.Income,
			"spent": &line.Spent, "closing": &line.Closing} {
			if *to, err = r.money(column); err != nil {
				return nil, fmt.Errorf("budget: %w", err)
			}
		}
		out = append(out, line)
	}
	return out, nil
}
