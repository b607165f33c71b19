package report

import (
	"dabiao/internal/paper"
)

// selfEvaluation builds 部门整体支出绩效自评表: the unit's budget and goal, every indicator, and who
// filled it in.
func (b *Draft) selfEvaluation() []paper.Block {
	head, indicators := b.selfHead(), b.selfIndicators()
	sumUpScores(indicators, head, 2)
	out := []paper.Block{
		{Table: head},
		{Table: indicators},
		{Table: b.selfFoot()},
		paper.NewNote(phrase(b.p, "report.paper.note")...),
	}
	out = append(out, b.revisions()...)
	if scores := b.selfScores(); scores != nil {
		out = append(out, paper.Block{Table: scores})
	}
	return out
}

// sumUpScores makes formulas of the totals of an indicators' table. execution is the row of the table
// head above that has the points of 预算执行率.
func sumUpScores(t *paper.Table, head *paper.Table, execution int) {
	last := len(t.Rows) - 1
	for _, column := range []int{6, 7} { // the head's weight is in column 6 too, its score in column 8
		first := paper.At(execution-len(head.Rows), column+(column-6))
		t.Calculate(head, paper.At(last, column), paper.CalcSum, append([]paper.Place{first}, down(1, last-1, column)...)...)
	}
}

// selfFoot returns the lines for signatures.
func (b *Draft) selfFoot() *paper.Table {
	t := &paper.Table{Widths: b.selfWidths()}
	t.Add(paper.Words(b.p.T("report.paper.filled_by", b.p.Name(b.Cover.FilledBy, b.Cover.FilledByEn))).Over(4, 1).AtLeft(),
		paper.Words(b.filledOn()).Over(5, 1).AtLeft())
	t.Add(paper.Words(b.p.T("report.paper.phone", b.Cover.Phone)).Over(4, 1).AtLeft(),
		paper.Words(b.p.T("report.paper.head", b.p.Name(b.Cover.Head, b.Cover.HeadEn))).Over(5, 1).AtLeft())
	return t
}

// filledOn is 填报日期, to be written by hand where the report has no date yet.
func (b *Draft) filledOn() string {
	if b.Dated == "" {
		return b.p.T("report.paper.dated_open")
	}
	return b.p.T("report.paper.dated", b.p.Date(b.Dated))
}
