package demo

import (
	"fmt"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// sampleMoney sets the year's budget, adjusts it in June if June has come, and states where the money
// came from.
func (l *loader) sampleMoney(year kpi.Year) error {
	lines, err := sampleBudget(year, l.today)
	if err != nil {
		return err
	}
	first := app.BudgetChange{Document: fmt.Sprintf("示例预〔%d〕1号", year), Dated: kpi.Period{Year: year, Month: 1}.Start()}
	from := kpi.SourceIncome{Source: kpi.FromGeneral}
	for _, line := range lines {
		from.Amount += line.Income
		line.Full = nil // until June the budget is opening + income
		first.Lines = append(first.Lines, line)
	}
	first.Sources = []kpi.SourceIncome{from}
	if first.Others, err = otherMoney(); err != nil {
		return err
	}
	if err := l.app.ChangeBudget(l.ctx, l.actors[kpi.Staff], year, first); err != nil {
		return err
	}
	adjusted := kpi.Date(fmt.Sprintf("%d-06-02", year))
	if l.today < adjusted {
		return nil
	}
	return l.app.ChangeBudget(l.ctx, l.actors[kpi.Staff], year, app.BudgetChange{Lines: lines, Dated: adjusted,
		Document: fmt.Sprintf("示例预〔%d〕41号", year), Reason: "年中追加人员经费和项目经费"})
}

// otherMoney returns the money that no budget line carries.
func otherMoney() ([]kpi.OtherMoney, error) {
	rows, err := table("sample/other-money.csv")
	if err != nil {
		return nil, err
	}
	var out []kpi.OtherMoney
	for _, r := range rows {
		amount, err := r.amount("amount")
		if err != nil {
			return nil, fmt.Errorf("other money: %w", err)
		}
		yuan, _ := kpi.TenThousandY.In(kpi.Yuan, amount)
		out = append(out, kpi.OtherMoney{Name: r["name"], Amount: yuan, Note: r["note"]})
	}
	return out, nil
}

// booked returns the number of months whose books are closed: those of the current month close on the
// 25th.
func booked(today kpi.Date) int {
	if today.Time().Day() < 25 {
		return today.Period().Month - 1
	}
	return today.Period().Month
}

// sampleBudget returns the year's budget with the spending by today, as far as the books are closed.
func sampleBudget(year kpi.Year, today kpi.Date) ([]kpi.BudgetLine, error) {
	rows, err := table("sample/budget.csv")
	if err != nil {
		return nil, err
	}
	months := strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")
	var out []kpi.BudgetLine
	for _, r := range rows {
		line := kpi.BudgetLine{Year: year, Fund: kpi.Fund(r["fund"]), Nature: kpi.Nature(r["nature"])}
		initial, err := r.money("initial")
		if err != nil {
			return nil, err
		}
		full, err := r.money("full")
		if err != nil {
			return nil, err
		}
		for m, month := range months[:booked(today)] {
			if line.Months[m], err = r.money(month); err != nil {
				return nil, err
			}
			line.Spent += line.Months[m]
		}
		line.Initial, line.Full, line.Income, line.Closing = &initial, &full, full, full-line.Spent
		out = append(out, line)
	}
	return out, nil
}
