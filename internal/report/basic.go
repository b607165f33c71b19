package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

var basicWidths = []int{48, 16, 16, 16, 16, 16, 16, 18}

// basicData builds 基础数据表 of the blocks that the rule set's forms ask for.
func (b *Draft) basicData() []paper.Block {
	var out []paper.Block
	for _, block := range b.Rules().YearForms().Basic {
		out = append(out, paper.Block{Table: b.basicBlock(block)})
	}
	return append(out, paper.NewNote(phrase(b.p, "report.basic.note")...))
}

func (b *Draft) basicBlock(block kpi.FormBlock) *paper.Table {
	switch block.Kind {
	case kpi.BlockStaff:
		return b.basicStaff(b.BasicFigures().Staff)
	case kpi.BlockInPost:
		return b.basicStaff([]progress.StaffFigure{b.BasicFigures().StaffOf("")})
	case kpi.BlockBudget:
		return b.basicBudget()
	case kpi.BlockIncome:
		return b.basicIncome()
	case kpi.BlockOfficial:
		return b.basicOfficial()
	case kpi.BlockText:
		return b.basicTexts(block)
	}
	return b.basicRows(block)
}

// basicBudget has a row per fund and nature and, where there are several, their total.
func (b *Draft) basicBudget() *paper.Table {
	t := &paper.Table{Widths: basicWidths, Head: 1, Caption: b.p.T("report.basic.budget")}
	t.Add(b.heads("budget_line", "opening", "initial", "full", "income", "spent", "closing", "execution")...)
	lines := b.Board.Budget.Lines
	for _, l := range lines {
		t.Add(b.basicRow(b.budgetLineName(l.BudgetLine), l)...)
	}
	if len(lines) == 0 {
		t.Add(paper.Words(b.p.T("report.budget.no_data")).Over(len(t.Widths), 1))
		return t
	}
	t.Add(b.basicRow(b.p.T("report.column.total"), b.Board.Budget.Total)...)
	last := len(t.Rows) - 1
	for column := 1; column <= 6; column++ {
		t.Calculate(nil, paper.At(last, column), paper.CalcSum, down(1, last-1, column)...)
	}
	for row := 1; row <= last; row++ {
		t.Calculate(nil, paper.At(row, 7), paper.CalcRate, paper.At(row, 5), paper.At(row, 3))
	}
	return t
}

func (b *Draft) budgetLineName(l kpi.BudgetLine) string {
	fund := b.p.T("fund." + string(l.Fund))
	if l.Nature == kpi.AnyNature {
		return fund
	}
	return fund + b.p.T("report.paper.colon") + b.p.T("nature."+string(l.Nature))
}

func (b *Draft) basicRow(name string, l progress.BudgetFigure) []paper.Cell {
	r := paper.Ref{Fund: l.Fund, Nature: l.Nature}
	initial, rate := b.dash(), b.dash()
	if l.Initial != nil {
		initial = b.moneyCell(*l.Initial, l.Decimals, r, paper.RefInitial).AtRight()
	}
	if l.Execution.Ok() {
		rate = b.rateCell(l.Execution.Value, r).AtRight()
	}
	return []paper.Cell{paper.Label(name).AtLeft(), b.moneyCell(l.Opening, l.Decimals, r, paper.RefOpening).AtRight(),
		initial, b.moneyCell(l.Budget(), l.Decimals, r, paper.RefBudget).AtRight(),
		b.moneyCell(l.Income, l.Decimals, r, paper.RefIncome).AtRight(),
		b.moneyCell(l.Spent, l.Decimals, r, paper.RefSpent).AtRight(),
		b.moneyCell(l.Closing, l.Decimals, r, paper.RefClosing).AtRight(), rate}
}

// basicIncome lists the sources of income and other money. What nobody stated is a dash.
func (b *Draft) basicIncome() *paper.Table {
	t := &paper.Table{Widths: basicWidths, Head: 1, Caption: b.p.T("report.basic.income")}
	t.Add(paper.Label(b.p.T("report.basic.income")).Over(2, 1), paper.Label(b.p.T("report.column.amount")).Over(2, 1),
		paper.Label(b.p.T("report.column.remark")).Over(4, 1))
	stated := map[kpi.IncomeSource]kpi.Amount{}
	for _, s := range b.Incomes {
		stated[s.Source] = s.Amount
	}
	for _, s := range kpi.IncomeSources {
		amount := b.dash()
		if a, ok := stated[s]; ok {
			amount = b.ownMoney(a)
		}
		t.Add(paper.Label(b.p.T("report.paper.source."+string(s))).Over(2, 1).AtLeft(), amount.Over(2, 1),
			paper.Words("").Over(4, 1))
	}
	for _, o := range b.Others {
		t.Add(paper.Label(b.p.T("report.basic.other", o.Name)).Over(2, 1).AtLeft(), b.ownMoney(o.Amount).Over(2, 1),
			paper.Words(o.Note).Over(4, 1).AtLeft())
	}
	return t
}

// ownMoney returns a cell in 万元 for money outside the budget lines.
func (b *Draft) ownMoney(yuan kpi.Amount) paper.Cell {
	wan, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return paper.Words(b.tenThousand(yuan, 2)).Counted(wan, 2).AtRight()
}
