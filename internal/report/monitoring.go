package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

var byArea = []int{36, 20, 22, 22, 8, 8, 8, 8, 8, 28, 10, 10, 12, 20}

// levelColumns is how many columns say the levels of an indicator before its name.
func (b *Draft) levelColumns() int {
	if b.Rules().YearForms().ByLevel {
		return 2
	}
	return 0
}

func (b *Draft) monitoringWidths() []int {
	if b.levelColumns() == 0 {
		return byArea
	}
	return append([]int{10, 12, 30}, byArea[1:]...)
}

// monitoring returns 绩效运行监控表 of a month: how the budget and every indicator stand, where the year
// is going to end, and what the office says of it.
func (b *Draft) monitoring() []paper.Block {
	out := []paper.Block{{Table: b.monitoringBudget()}, {Table: b.monitoringIndicators()},
		paper.NewNote(phrase(b.p, "report.monitoring.note")...)}
	out = append(out, b.revisions()...)
	if n := b.unsaid(); n > 0 {
		out = append(out, paper.NewNote(phrase(b.p, "report.monitoring.unsaid", count(n))...))
	}
	return out
}

// monitoringBudget returns the total and the kinds of spending.
func (b *Draft) monitoringBudget() *paper.Table {
	levels := b.levelColumns()
	t := &paper.Table{Widths: b.monitoringWidths(), Caption: b.p.T("report.paper.budget")}
	t.Add(paper.Label(b.p.T("report.paper.budget")).Over(2+levels, 1),
		paper.Label(b.p.T("report.paper.initial")).Over(2, 1),
		paper.Label(b.spentThrough()).Over(2, 1),
		paper.Label(b.p.T("report.column.execution")).Over(4, 1),
		paper.Label(b.p.T("report.monitoring.year_spent")).Over(4, 1))
	add := func(name string, l progress.BudgetFigure) {
		r := paper.Ref{Fund: l.Fund, Nature: l.Nature}
		initial, rate, projected := b.dash(), b.dash(), b.dash()
		if l.Initial != nil {
			initial = b.moneyCell(*l.Initial, l.Decimals, r, paper.RefInitial)
		}
		if l.Execution.Ok() {
			rate = b.rateCell(l.Execution.Value, r)
		}
		if l.Forecast.Ok() {
			projected = b.moneyCell(l.Forecast.Value, l.Decimals, r, paper.RefForecast)
		}
		t.Add(paper.Label(name).AtLeft().Over(2+levels, 1), initial.Over(2, 1),
			b.moneyCell(l.Spent, l.Decimals, r, paper.RefSpent).Over(2, 1), rate.Over(4, 1), projected.Over(4, 1))
	}
	if len(b.Board.Budget.Lines) == 0 {
		t.Add(paper.Words(b.p.T("report.budget.no_data")).Over(len(t.Widths), 1))
		return t
	}
	add(b.p.T("report.paper.total"), b.Board.Budget.Total)
	for _, l := range b.Board.Budget.Lines {
		add(b.budgetLineName(l.BudgetLine), l)
	}
	last := len(t.Rows) - 1
	for _, column := range []int{2, 4, 10} {
		t.Calculate(nil, paper.At(1, column+levels), paper.CalcSum, down(2, last-1, column+levels)...)
	}
	return t
}

// spentThrough heads what was spent up to the month.
func (b *Draft) spentThrough() string {
	return b.p.T("report.monitoring.spent", b.Board.AsOf.Month)
}

func (b *Draft) monitoringIndicators() *paper.Table {
	t := &paper.Table{Widths: b.monitoringWidths(), Head: 2}
	first := []paper.Cell{paper.Label(b.p.T("report.column.indicator")).Over(1, 2)}
	if b.levelColumns() > 0 {
		first = []paper.Cell{paper.Label(b.p.T("report.paper.level1")).Over(1, 2),
			paper.Label(b.p.T("report.paper.level2")).Over(1, 2), paper.Label(b.p.T("report.paper.level3")).Over(1, 2)}
	}
	t.Add(append(first, paper.Label(b.p.T("report.paper.target")).Over(1, 2),
		paper.Label(b.p.T("report.monitoring.so_far", b.Board.AsOf.Month)).Over(1, 2),
		paper.Label(b.p.T("report.monitoring.year_end")).Over(1, 2),
		paper.Label(b.p.T("report.monitoring.cause")).Over(len(kpi.Causes)+1, 1),
		paper.Label(b.p.T("report.monitoring.possibility")).Over(len(kpi.Possibilities), 1),
		paper.Label(b.p.T("report.column.remark")).Over(1, 2))...)
	var second []paper.Cell
	for _, c := range kpi.Causes {
		second = append(second, paper.Label(b.p.T("cause."+string(c))))
	}
	second = append(second, paper.Label(b.p.T("report.monitoring.reason")))
	for _, p := range kpi.Possibilities {
		second = append(second, paper.Label(b.p.T("possibility."+string(p))))
	}
	t.Add(second...)
	if b.levelColumns() > 0 {
		b.monitoringLevels(t)
		return t
	}
	for _, a := range b.Board.Areas {
		t.Add(paper.Label(b.areaName(a.Area)).Over(len(t.Widths), 1).AtLeft())
		for _, f := range b.inOrder(a.Figures) {
			t.Add(b.monitoringRow(f)...)
		}
	}
	return t
}

func (b *Draft) monitoringRow(f progress.Figure) []paper.Cell {
	target, ok := b.Target(f, true)
	if !ok {
		target = paper.Run{Text: b.p.T("report.dash")}
	}
	name := b.name(f)
	if f.Indicator.PartOf != 0 {
		name = b.p.T("report.part", b.partName(f))
	}
	out := []paper.Cell{paper.Words(name).AtLeft(), paper.NewCell(target),
		paper.NewCell(join(b.achieved(f), b.readAt(f)...)...), b.projected(f)}
	said := b.Outlooks[f.Indicator.ID]
	if said.Reason == "" { // what was said on the board of why it lags
		said.Reason = b.Board.Said[f.Indicator.ID].Reason
	}
	tick := func(yes bool) paper.Cell {
		if yes {
			return paper.Words("√")
		}
		return paper.Words("")
	}
	for _, c := range kpi.Causes {
		out = append(out, tick(said.Has(c)))
	}
	out = append(out, paper.Words(said.Reason).AtLeft())
	for _, p := range kpi.Possibilities {
		out = append(out, tick(said.Possibility == p))
	}
	return append(out, paper.Words(said.Remark).AtLeft())
}

// projected returns what the unit said the year will come to, or else where it ends at this pace; what has
// neither has a dash.
func (b *Draft) projected(f progress.Figure) paper.Cell {
	if e, said := b.Expected[f.Indicator.ID]; said {
		return paper.Words(b.p.Quantity(f.Indicator, e.Quantity))
	}
	if !f.Forecast.Ok() {
		return b.dash()
	}
	total := b.p.Bounded(f.Bound, b.p.Quantity(f.Indicator, kpi.Exactly(f.Forecast.Value)))
	return paper.NewCell(paper.Live(total, ref(f, paper.RefForecast)))
}

// unsaid counts the indicators with a target for which there is no outlook.
func (b *Draft) unsaid() int {
	n := 0
	for _, f := range b.Board.Figures() {
		if f.Target != nil && b.Outlooks[f.Indicator.ID].Possibility == "" {
			n++
		}
	}
	return n
}

// monitoringLevels adds the indicators under their first and second level, as the self-evaluation has them.
func (b *Draft) monitoringLevels(t *paper.Table) {
	figures := b.byCategory()
	levels := b.levels1()
	if len(figures[""]) > 0 {
		levels = append(levels, level1{"report.paper.unsorted", []kpi.Category{""}})
	}
	for _, l := range levels {
		rows := 0
		for _, c := range l.categories {
			rows += len(figures[c])
		}
		first := []paper.Cell{paper.Label(b.p.T(l.key)).Over(1, max(rows, 1))}
		for _, c := range l.categories {
			if len(figures[c]) == 0 {
				continue
			}
			first = append(first, paper.Label(b.categoryName(c)).Over(1, len(figures[c])))
			for _, f := range figures[c] {
				t.Add(append(first, b.monitoringRow(f)...)...)
				first = nil
			}
		}
	}
}
