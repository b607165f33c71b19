package report

import "dabiao/internal/kpi"

// formWidths are the columns both tables of the self-evaluation share; English headings are longer
// than Chinese ones.
func (b *builder) formWidths() []int {
	if b.p.Chinese() {
		return []int{12, 15, 16, 18, 20, 26, 11, 18, 36}
	}
	return []int{20, 20, 16, 17, 19, 23, 15, 20, 32}
}

// formHead is the upper table: the unit, its budget, its overall goal.
func (b *builder) formHead() *Table {
	t := &Table{Widths: b.formWidths()}
	t.row(label(b.p.T("report.form.unit")).over(2, 1), words(b.office()).over(7, 1))

	sources, natures := b.bySource(), b.byNature()
	total := b.sumUp(b.p.T("report.form.total"), Ref{}, func(kpi.BudgetLine) bool { return true })
	t.row(b.budgetHeads(b.p.T("report.form.budget"), b.spentHead(), 2+len(sources)+len(natures))...)
	t.row(append([]Cell{label(total.name).over(2, 1)}, b.totalNumbers(total)...)...)
	b.budgetRows(t, "report.form.by_source", sources)
	b.budgetRows(t, "report.form.by_nature", natures)
	sumUpBudget(t, 2, len(sources), len(natures))
	b.goals(t, b.goal(GoalExpected, b.goalExpected()), b.goal(GoalAchieved, b.goalAchieved()))
	return t
}

// goals are the rows of 年度总体目标.
func (b *builder) goals(t *Table, expected, achieved Cell) {
	t.row(label(b.p.T("report.form.goal")).over(1, 2), label(b.p.T("report.form.goal.expected")).over(4, 1),
		label(b.p.T("report.form.goal.achieved")).over(4, 1))
	t.row(expected.over(4, 1), achieved.over(4, 1))
}

// sumUpBudget makes formulas of a budget block: the sources follow the row of its total and then
// the natures; the numbers stand in columns 3 to 5, the rate is the last over the middle one.
func sumUpBudget(t *Table, total, sources, natures int) {
	for column := 3; column <= 5; column++ {
		t.calculate(nil, Place{total, column}, CalcSum, down(total+1+sources, natures, column)...)
		t.calculate(nil, Place{total, column}, CalcSum, down(total+1, sources, column)...)
	}
	for row := total; row <= total+sources+natures; row++ {
		t.calculate(nil, Place{row, 7}, CalcRate, Place{row, 5}, Place{row, 4})
	}
}

// down are n places below each other.
func down(first, n, column int) []Place {
	out := make([]Place, n)
	for i := range out {
		out[i] = Place{first + i, column}
	}
	return out
}

// spentHead is the name of the column of what was spent.
func (b *builder) spentHead() string {
	if b.yearEnd() {
		return b.p.T("report.form.spent")
	}
	return b.p.T("report.form.spent_so_far", b.Board.AsOf.Month)
}

func (b *builder) budgetHeads(name, spent string, rows int) []Cell {
	return []Cell{
		label(name).over(1, rows), label("").over(2, 1),
		label(b.p.T("report.form.initial")), label(b.p.T("report.form.full")), label(spent),
		label(b.p.T("report.form.weight")), label(b.p.T("report.form.execution")), label(b.p.T("report.form.score")),
	}
}

// budgetRows adds rows whose name carries what they are grouped by.
func (b *builder) budgetRows(t *Table, group string, rows []budgetRow) {
	for i, row := range rows {
		name := row.name
		if i == 0 {
			name = b.p.T(group) + b.p.T("report.form.colon") + name
		}
		t.row(append([]Cell{label(name).over(2, 1)}, b.numbers(row)...)...)
	}
}

// goal is the office's own words or, without them, what the figures say.
func (b *builder) goal(key SectionKey, figures []Run) Cell {
	if own := b.text(key); len(own) > 0 {
		figures = nil
		for _, block := range own {
			figures = join(b.sentences(figures), block.Paragraph.Runs...)
		}
	}
	return cell(figures...).left()
}

func (b *builder) goalExpected() []Run {
	if n := b.withTarget(); n > 0 {
		return phrase(b.p, "report.form.goal.targets", count(n))
	}
	return phrase(b.p, "report.form.goal.no_targets")
}

func (b *builder) goalAchieved() []Run {
	return phrase(b.p, "report.form.goal.counts", count(b.withTarget()), count(b.Board.Summary.Count(kpi.Done)))
}

func (b *builder) withTarget() int {
	n := 0
	for _, f := range b.Board.Figures() {
		if f.Target != nil {
			n++
		}
	}
	return n
}
