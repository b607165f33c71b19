package report

import "dabiao/internal/kpi"

// selfEvaluation is 部门整体支出绩效自评表: the unit's budget and goal, every indicator, and who
// filled it in.
func (b *builder) selfEvaluation() []Block {
	head, indicators := b.formHead(), b.formIndicators()
	sumUpScores(indicators, head, 2)
	out := []Block{
		{Table: head},
		{Table: indicators},
		{Table: b.formFoot()},
		note(phrase(b.p, "report.form.note")...),
	}
	if scores := b.formScores(); scores != nil {
		out = append(out, Block{Table: scores})
	}
	return out
}

// sumUpScores makes formulas of the totals of an indicators' table: execution is the row of the head
// above it with the points of 预算执行率.
func sumUpScores(t *Table, head *Table, execution int) {
	last := len(t.Rows) - 1
	for _, column := range []int{6, 7} { // the head has the weight in column 6 too, the score in 8
		first := Place{execution - len(head.Rows), column + (column - 6)}
		t.calculate(head, Place{last, column}, CalcSum, append([]Place{first}, down(1, last-1, column)...)...)
	}
}

// formFoot is where people sign.
func (b *builder) formFoot() *Table {
	t := &Table{Widths: b.formWidths()}
	t.row(words(b.p.T("report.form.filled_by")).over(4, 1).left(), words(b.p.T("report.form.dated", b.dated())).over(5, 1).left())
	t.row(words(b.p.T("report.form.phone")).over(4, 1).left(), words(b.p.T("report.form.head")).over(5, 1).left())
	return t
}

// dated is the input's date, or room to write one.
func (b *builder) dated() string {
	if b.Dated == kpi.Date("") {
		return ""
	}
	return b.p.Date(b.Dated)
}
