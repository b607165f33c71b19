package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var basicWidths = []int{48, 16, 16, 16, 16, 16, 16, 18}

// basicData is 基础数据表: staff, the budget line by line, where the income came from with money that
// the report speaks of and no line carries, and the official costs.
func (b *builder) basicData() []Block {
	return []Block{{Table: b.basicStaff()}, {Table: b.basicBudget()}, {Table: b.basicIncome()}, {Table: b.basicOfficial()},
		note(phrase(b.p, "report.basic.note")...)}
}

// basicBudget has a row per fund and nature and, where there are several, their total.
func (b *builder) basicBudget() *Table {
	t := &Table{Widths: basicWidths, Head: 1, Caption: b.p.T("report.basic.budget")}
	t.row(b.heads("budget_line", "opening", "initial", "full", "income", "spent", "closing", "execution")...)
	lines := b.Board.Budget.Lines
	for _, l := range lines {
		t.row(b.basicLine(b.lineName(l.BudgetLine), l)...)
	}
	if len(lines) == 0 {
		t.row(words(b.p.T("report.budget.no_data")).over(len(t.Widths), 1))
		return t
	}
	t.row(b.basicLine(b.p.T("report.column.total"), b.Board.Budget.Total)...)
	last := len(t.Rows) - 1
	for column := 1; column <= 6; column++ {
		t.calculate(nil, Place{last, column}, CalcSum, down(1, last-1, column)...)
	}
	for row := 1; row <= last; row++ {
		t.calculate(nil, Place{row, 7}, CalcRate, Place{row, 5}, Place{row, 3})
	}
	return t
}

func (b *builder) lineName(l kpi.BudgetLine) string {
	fund := b.p.T("fund." + string(l.Fund))
	if l.Nature == kpi.AnyNature {
		return fund
	}
	return fund + b.p.T("report.form.colon") + b.p.T("nature."+string(l.Nature))
}

func (b *builder) basicLine(name string, l progress.BudgetFigure) []Cell {
	r := Ref{Fund: l.Fund, Nature: l.Nature}
	initial, rate := b.dash(), b.dash()
	if l.Initial != nil {
		initial = b.moneyCell(*l.Initial, l.Decimals, r, RefInitial).right()
	}
	if l.Execution.Ok() {
		rate = b.rateCell(l.Execution.Value, r, RefExecution).right()
	}
	return []Cell{label(name).left(), b.moneyCell(l.Opening, l.Decimals, r, RefOpening).right(), initial, b.moneyCell(l.Budget(), l.Decimals, r, RefBudget).right(),
		b.moneyCell(l.Income, l.Decimals, r, RefIncome).right(), b.moneyCell(l.Spent, l.Decimals, r, RefSpent).right(), b.moneyCell(l.Closing, l.Decimals, r, RefClosing).right(), rate}
}

// basicIncome lists the sources of income and other money; what nobody stated has a dash.
func (b *builder) basicIncome() *Table {
	t := &Table{Widths: basicWidths, Caption: b.p.T("report.basic.income")}
	t.row(label(b.p.T("report.basic.income")).over(2, 1), label(b.p.T("report.column.amount")).over(2, 1), label(b.p.T("report.column.remark")).over(4, 1))
	stated := map[kpi.IncomeSource]kpi.Amount{}
	for _, s := range b.Incomes {
		stated[s.Source] = s.Amount
	}
	for _, s := range kpi.IncomeSources {
		amount := b.dash()
		if a, ok := stated[s]; ok {
			amount = b.ownMoney(a)
		}
		t.row(label(b.p.T("report.form.source."+string(s))).over(2, 1).left(), amount.over(2, 1), words("").over(4, 1))
	}
	for _, o := range b.Others {
		t.row(label(b.p.T("report.basic.other", o.Name)).over(2, 1).left(), b.ownMoney(o.Amount).over(2, 1), words(o.Note).over(4, 1).left())
	}
	return t
}

// ownMoney is money in 万元 that no budget line carries.
func (b *builder) ownMoney(yuan kpi.Amount) Cell {
	wan, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return words(b.tenThousand(yuan, 2)).counted(wan, 2).right()
}
