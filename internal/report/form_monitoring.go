package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var monitoringWidths = []int{36, 20, 22, 22, 8, 8, 8, 8, 8, 28, 10, 10, 12, 20}

// monitoring is 绩效运行监控表 of a month: how the budget and every indicator stand, where the year
// is going to end, and what the office says of it.
func (b *builder) monitoring() []Block {
	out := []Block{{Table: b.monitoringBudget()}, {Table: b.monitoringIndicators()}, note(phrase(b.p, "report.monitoring.note")...)}
	if n := b.unsaid(); n > 0 {
		out = append(out, note(phrase(b.p, "report.monitoring.unsaid", count(n))...))
	}
	return out
}

// monitoringBudget is the total and the kinds of spending.
func (b *builder) monitoringBudget() *Table {
	t := &Table{Widths: monitoringWidths, Caption: b.p.T("report.form.budget")}
	t.row(label(b.p.T("report.form.budget")), label(b.p.T("report.form.initial")).over(2, 1), label(b.spentThrough()).over(3, 1),
		label(b.p.T("report.column.execution")).over(4, 1), label(b.p.T("report.monitoring.year_spent")).over(4, 1))
	add := func(name string, l progress.BudgetFigure) {
		r := Ref{Fund: l.Fund, Nature: l.Nature}
		initial, rate, projected := b.dash(), b.dash(), b.dash()
		if l.Initial != nil {
			initial = b.moneyCell(*l.Initial, l.Decimals, r, RefInitial)
		}
		if l.Execution.Ok() {
			rate = b.rateCell(l.Execution.Value, r, RefExecution)
		}
		if l.Forecast.Ok() {
			projected = b.moneyCell(l.Forecast.Value, l.Decimals, r, RefForecast)
		}
		t.row(label(name).left(), initial.over(2, 1), b.moneyCell(l.Spent, l.Decimals, r, RefSpent).over(3, 1), rate.over(4, 1), projected.over(4, 1))
	}
	if len(b.Board.Budget.Lines) == 0 {
		t.row(words(b.p.T("report.budget.no_data")).over(len(t.Widths), 1))
		return t
	}
	add(b.p.T("report.form.total"), b.Board.Budget.Total)
	for _, l := range b.Board.Budget.Lines {
		add(b.lineName(l.BudgetLine), l)
	}
	last := len(t.Rows) - 1
	for _, column := range []int{1, 3, 10} {
		t.calculate(nil, Place{1, column}, CalcSum, down(2, last-1, column)...)
	}
	return t
}

// spentThrough heads what was spent up to the month.
func (b *builder) spentThrough() string {
	return b.p.T("report.monitoring.spent", b.Board.AsOf.Month)
}

func (b *builder) monitoringIndicators() *Table {
	t := &Table{Widths: monitoringWidths, Head: 2}
	t.row(label(b.p.T("report.column.indicator")).over(1, 2), label(b.p.T("report.form.target")).over(1, 2),
		label(b.p.T("report.monitoring.so_far", b.Board.AsOf.Month)).over(1, 2), label(b.p.T("report.monitoring.year_end")).over(1, 2),
		label(b.p.T("report.monitoring.cause")).over(len(kpi.Causes)+1, 1), label(b.p.T("report.monitoring.possibility")).over(len(kpi.Possibilities), 1),
		label(b.p.T("report.column.remark")).over(1, 2))
	var second []Cell
	for _, c := range kpi.Causes {
		second = append(second, label(b.p.T("cause."+string(c))))
	}
	second = append(second, label(b.p.T("report.monitoring.reason")))
	for _, p := range kpi.Possibilities {
		second = append(second, label(b.p.T("possibility."+string(p))))
	}
	t.row(second...)
	for _, a := range b.Board.Areas {
		t.row(label(b.areaName(a.Area)).over(len(t.Widths), 1).left())
		for _, f := range b.inOrder(a.Figures) {
			t.row(b.monitoringRow(f)...)
		}
	}
	return t
}

func (b *builder) monitoringRow(f progress.Figure) []Cell {
	target, ok := b.target(f, true)
	if !ok {
		target = Run{Text: b.p.T("report.dash")}
	}
	name := b.name(f)
	if f.Indicator.PartOf != 0 {
		name = b.p.T("report.part", b.partName(f))
	}
	out := []Cell{words(name).left(), cell(target), cell(join(b.achieved(f), b.readAt(f)...)...), b.projected(f)}
	said := b.Outlooks[f.Indicator.ID]
	if said.Reason == "" { // what was said on the board of why it lags
		said.Reason = b.Board.Said[f.Indicator.ID].Reason
	}
	tick := func(yes bool) Cell {
		if yes {
			return words("√")
		}
		return words("")
	}
	for _, c := range kpi.Causes {
		out = append(out, tick(said.Has(c)))
	}
	out = append(out, words(said.Reason).left())
	for _, p := range kpi.Possibilities {
		out = append(out, tick(said.Possibility == p))
	}
	return append(out, words(said.Remark).left())
}

// projected is what the unit said the year will come to, or else where it ends at this pace; what has
// neither has a dash.
func (b *builder) projected(f progress.Figure) Cell {
	if e, said := b.Expected[f.Indicator.ID]; said {
		return words(b.p.Quantity(f.Indicator, e.Quantity))
	}
	if !f.Forecast.Ok() {
		return b.dash()
	}
	return cell(Run{b.p.Quantity(f.Indicator, kpi.Exactly(f.Forecast.Value)), ref(f, RefForecast)})
}

// unsaid is how many indicators with a target nobody has said anything of.
func (b *builder) unsaid() int {
	n := 0
	for _, f := range b.Board.Figures() {
		if f.Target != nil && b.Outlooks[f.Indicator.ID].Possibility == "" {
			n++
		}
	}
	return n
}
