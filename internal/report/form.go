package report

import "dabiao/internal/kpi"

// selfEvaluation is 部门整体支出绩效自评表: the unit's budget and goal, every indicator, and who
// filled it in.
func (b *builder) selfEvaluation(number int) Annex {
	a := Annex{
		Form:     SelfEvaluation,
		Mark:     b.p.T("report.annex", number),
		Title:    b.p.T("report.form." + string(SelfEvaluation)),
		Subtitle: b.p.T("report.form.year", int(b.Board.Year.Year)),
		Blocks: []Block{
			{Table: b.formHead()},
			{Table: b.formIndicators()},
			{Table: b.formFoot()},
			{Paragraph: &Paragraph{Runs: phrase(b.p, "report.form.note"), Note: true}},
		},
	}
	if scores := b.formScores(); scores != nil {
		a.Blocks = append(a.Blocks, Block{Table: scores})
	}
	return a
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
