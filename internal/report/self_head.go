package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// selfWidths returns the column widths that the self-evaluation's tables share. English headings are
// longer than Chinese ones.
func (b *Draft) selfWidths() []int {
	if b.p.Chinese() {
		return []int{11, 11, 18, 17, 23, 27, 9, 18, 32}
	}
	return []int{20, 20, 16, 17, 19, 23, 15, 20, 32}
}

// selfHead builds the upper table: the unit, its budget, its overall goal.
func (b *Draft) selfHead() *paper.Table {
	t := &paper.Table{Widths: b.selfWidths()}
	t.Add(paper.Label(b.p.T("report.paper.unit")).Over(2, 1), paper.Words(b.office()).Over(7, 1))

	sources, natures := b.bySource(), b.byNature()
	total := b.sumUp(b.p.T("report.paper.total"), paper.Ref{}, func(kpi.BudgetLine) bool { return true })
	if b.Rules().YearForms().Lists {
		b.selfLists(t, total, sources, natures)
		b.goals(t, b.goal(GoalExpected, b.goalExpected()), b.goal(GoalAchieved, b.goalAchieved()))
		return t
	}
	t.Add(b.budgetHeads(b.p.T("report.paper.budget"), b.spentHead(), 2+len(sources)+len(natures))...)
	t.Add(append([]paper.Cell{paper.Label(total.name).Over(2, 1)}, b.totalNumbers(total)...)...)
	b.budgetRows(t, "report.paper.by_source", sources)
	b.budgetRows(t, "report.paper.by_nature", natures)
	sumUpBudget(t, 2, len(sources), len(natures))
	b.goals(t, b.goal(GoalExpected, b.goalExpected()), b.goal(GoalAchieved, b.goalAchieved()))
	return t
}

// selfLists adds the total and, below it side by side, the sources and the kinds of spending, which must both add up
// to it. Sources are what the office stated as its income, or else the budget's.
func (b *Draft) selfLists(t *paper.Table, total budgetRow, sources, natures []budgetRow) {
	n := max(len(sources), len(natures))
	t.Add(b.budgetHeads(b.p.T("report.paper.budget"), b.spentHead(), 3+n)...)
	t.Add(append([]paper.Cell{paper.Label(total.name).Over(2, 1)}, b.totalNumbers(total)...)...)
	t.Calculate(nil, paper.At(2, 7), paper.CalcRate, paper.At(2, 5), paper.At(2, 4))
	t.Add(paper.Label(b.p.T("report.paper.by_source")).Over(4, 1), paper.Label(b.p.T("report.paper.by_nature")).Over(4, 1))
	for i := range n {
		left, right := []paper.Cell{paper.Words("").Over(4, 1)}, []paper.Cell{paper.Words("").Over(4, 1)}
		if i < len(sources) {
			left = b.listed(sources[i])
			if a, ok := b.income(kpi.IncomeSources[i]); ok {
				left[1] = b.ownMoney(a).Over(2, 1)
			}
		}
		if i < len(natures) {
			right = b.listed(natures[i])
		}
		t.Add(append(left, right...)...)
	}
}

// listed is a row of a list: its name and its full-year budget, blank where there is no such line.
func (b *Draft) listed(row budgetRow) []paper.Cell {
	amount := paper.Words("")
	if !row.none {
		amount = b.moneyCell(row.full, b.decimals(row), row.ref, paper.RefBudget).AtRight()
	}
	return []paper.Cell{paper.Label(row.name).AtLeft().Over(2, 1), amount.Over(2, 1)}
}

// income is what the office stated of a source; ok is false where it stated nothing.
func (b *Draft) income(s kpi.IncomeSource) (a kpi.Amount, ok bool) {
	for _, x := range b.Incomes {
		if x.Source == s {
			return x.Amount, true
		}
	}
	return 0, false
}

// goals adds the rows of 年度总体目标.
func (b *Draft) goals(t *paper.Table, expected, achieved paper.Cell) {
	t.Add(paper.Label(b.p.T("report.paper.goal")).Over(1, 2), paper.Label(b.p.T("report.paper.goal.expected")).Over(4, 1),
		paper.Label(b.p.T("report.paper.goal.achieved")).Over(4, 1))
	t.Add(expected.Over(4, 1), achieved.Over(4, 1))
}

// sumUpBudget makes formulas of a budget block. The row of its total is followed by the sources, then
// the natures. The numbers are in columns 3 to 5; the rate in column 7 is column 5 divided by column 4.
func sumUpBudget(t *paper.Table, total, sources, natures int) {
	for column := 3; column <= 5; column++ {
		t.Calculate(nil, paper.At(total, column), paper.CalcSum, down(total+1+sources, natures, column)...)
		t.Calculate(nil, paper.At(total, column), paper.CalcSum, down(total+1, sources, column)...)
	}
	for row := total; row <= total+sources+natures; row++ {
		t.Calculate(nil, paper.At(row, 7), paper.CalcRate, paper.At(row, 5), paper.At(row, 4))
	}
}

// down returns n places below each other.
func down(first, n, column int) []paper.Place {
	out := make([]paper.Place, n)
	for i := range out {
		out[i] = paper.At(first+i, column)
	}
	return out
}

// spentHead returns the heading of the column of spending.
func (b *Draft) spentHead() string {
	if b.YearEnd() {
		return b.p.T("report.paper.spent")
	}
	return b.p.T("report.paper.spent_so_far", b.Board.AsOf.Month)
}

func (b *Draft) budgetHeads(name, spent string, rows int) []paper.Cell {
	return []paper.Cell{
		paper.Label(name).Over(1, rows), paper.Label("").Over(2, 1),
		paper.Label(b.p.T("report.paper.initial")), paper.Label(b.p.T("report.paper.full")), paper.Label(spent),
		paper.Label(b.p.T("report.paper.weight")), paper.Label(b.p.T("report.paper.execution")),
		paper.Label(b.p.T("report.paper.score")),
	}
}

// budgetRows adds rows, the first with the name of the group.
func (b *Draft) budgetRows(t *paper.Table, group string, rows []budgetRow) {
	for i, row := range rows {
		name := row.name
		if i == 0 {
			name = b.p.T(group) + b.p.T("report.paper.colon") + name
		}
		t.Add(append([]paper.Cell{paper.Label(name).Over(2, 1)}, b.numbers(row)...)...)
	}
}

// goal returns the office's own words or, without them, figures.
func (b *Draft) goal(key SectionKey, figures []paper.Run) paper.Cell {
	if own := b.text(key); len(own) > 0 {
		figures = nil
		for _, block := range own {
			figures = join(b.sentences(figures), block.Paragraph.Runs...)
		}
	}
	return paper.NewCell(figures...).AtLeft()
}

func (b *Draft) goalExpected() []paper.Run {
	if n := b.withTarget(); n > 0 {
		return phrase(b.p, "report.paper.goal.targets", count(n))
	}
	return phrase(b.p, "report.paper.goal.no_targets")
}

func (b *Draft) goalAchieved() []paper.Run {
	return phrase(b.p, "report.paper.goal.counts", count(b.withTarget()), count(b.Board.Summary.Count(kpi.Done)))
}

func (b *Draft) withTarget() int {
	n := 0
	for _, f := range b.Board.Figures() {
		if f.Target != nil {
			n++
		}
	}
	return n
}
