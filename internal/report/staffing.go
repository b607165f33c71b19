package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// BasicFigures returns the year's basic data, all of it absent where nobody stated any.
func (b *Draft) BasicFigures() progress.BasicData {
	if b.Basic == nil {
		return progress.Basic(nil, nil, nil, progress.Budget{})
	}
	return *b.Basic
}

func staffRef(k kpi.StaffKind, aspect paper.RefAspect) *paper.Ref {
	if k == "" {
		return &paper.Ref{Basic: "staff:total", Aspect: aspect}
	}
	return &paper.Ref{Basic: "staff:" + string(k), Aspect: aspect}
}

func (b *Draft) staffName(k kpi.StaffKind) string {
	if k == "" {
		return b.p.T("staff.total")
	}
	return b.p.T("staff." + string(k))
}

// basicStaff returns posts and people by kind; what nobody stated has a dash.
func (b *Draft) basicStaff(figures []progress.StaffFigure) *paper.Table {
	t := &paper.Table{Widths: basicWidths, Caption: b.p.T("report.basic.staff")}
	t.Add(paper.Label(b.p.T("report.basic.staff")).Over(2, 1), paper.Label(b.p.T("report.column.posts")).Over(2, 1),
		paper.Label(b.p.T("report.column.people")).Over(2, 1), paper.Label(b.p.T("report.column.in_post")).Over(2, 1))
	for _, f := range figures {
		rate := b.dash()
		if f.Rate.Ok() {
			rate = paper.NewCell(paper.Live(b.p.Percent(f.Rate.Value), staffRef(f.Kind, paper.RefInPost))).Rated(f.Rate.Value)
		}
		t.Add(paper.Label(b.staffName(f.Kind)).Over(2, 1).AtLeft(),
			b.staffCell(f.Posts, staffRef(f.Kind, paper.RefPosts)).Over(2, 1).AtRight(),
			b.staffCell(f.People, staffRef(f.Kind, paper.RefPeople)).Over(2, 1).AtRight(), rate.Over(2, 1).AtRight())
	}
	const total = 1
	for _, column := range []int{2, 4} {
		if len(figures) == 1 {
			break
		}
		t.Calculate(nil, paper.At(total, column), paper.CalcSum, down(total+1, len(kpi.InPost), column)...)
	}
	for row := total; row < len(t.Rows); row++ {
		t.Calculate(nil, paper.At(row, 6), paper.CalcRate, paper.At(row, 4), paper.At(row, 2))
	}
	return t
}

func (b *Draft) staffCell(n progress.Opt[int64], r *paper.Ref) paper.Cell {
	if !n.Ok() {
		return b.dash()
	}
	a := kpi.Whole(n.Value)
	return paper.NewCell(paper.Live(b.p.Number(a, 0), r)).Counted(a, 0)
}

// basicOfficial returns the official costs (三公经费) under their total.
func (b *Draft) basicOfficial() *paper.Table {
	t := &paper.Table{Widths: basicWidths, Head: 1, Caption: b.p.T("report.basic.official")}
	t.Add(paper.Label(b.p.T("report.basic.official")).Over(2, 1), paper.Label(b.p.T("report.column.last")),
		paper.Label(b.p.T("report.column.initial")),
		paper.Label(b.p.T("report.column.full")), paper.Label(b.p.T("report.column.official_spent")),
		paper.Label(b.p.T("report.column.execution")).Over(2, 1))
	for _, f := range b.BasicFigures().Official {
		r := paper.Ref{Basic: "costs:" + string(f.Row)}
		rate := b.dash()
		if f.Execution.Ok() {
			rate = b.rateCell(f.Execution.Value, r)
		}
		t.Add(paper.Label(b.officialName(f.Row)).Over(2, 1).AtLeft(), b.officialCell(f.Last, r, paper.RefLast),
			b.officialCell(f.Initial, r, paper.RefInitial),
			b.officialCell(f.Full, r, paper.RefBudget), b.officialCell(f.Spent, r, paper.RefSpent), rate.Over(2, 1).AtRight())
	}
	sumUpOfficial(t)
	return t
}

// sumUpOfficial makes formulas: the rows are the total, abroad, reception, vehicles and its two parts.
func sumUpOfficial(t *paper.Table) {
	const total, vehicles = 1, 4
	for column := 2; column <= 5; column++ {
		t.Calculate(nil, paper.At(vehicles, column), paper.CalcSum, down(vehicles+1, 2, column)...)
		t.Calculate(nil, paper.At(total, column), paper.CalcSum, down(total+1, 3, column)...)
	}
	for row := total; row < len(t.Rows); row++ {
		t.Calculate(nil, paper.At(row, 6), paper.CalcRate, paper.At(row, 5), paper.At(row, 4))
	}
}

func (b *Draft) officialName(r progress.OfficialRow) string {
	name := b.p.T("official." + string(r))
	if r == progress.OfficialRow(kpi.VehiclePurchase) { // the next row goes on with it
		return b.p.T("report.part", name)
	}
	return name
}

func (b *Draft) officialCell(a progress.Opt[kpi.Amount], r paper.Ref, aspect paper.RefAspect) paper.Cell {
	if !a.Ok() {
		return b.dash()
	}
	return b.moneyCell(a.Value, 2, r, aspect).AtRight()
}

// Unwritten returns what prints where the office has written nothing: that, or what the section on staff says of
// itself.
func (in Input) Unwritten(key SectionKey) string {
	in.Texts = nil
	b := NewDraft(in)
	if key == Staffing && b.BasicFigures().StaffStated() {
		return paper.Text(b.staffSentence())
	}
	return paper.Text(b.unwritten(key))
}

// staffSentence says what is stated of the staff: 编制5名，实有4人；离退休2人。
func (b *Draft) staffSentence() []paper.Run {
	total, retired := b.BasicFigures().StaffOf(""), b.BasicFigures().StaffOf(kpi.Retired)
	var clauses [][]paper.Run
	add := func(key string, n progress.Opt[int64], r *paper.Ref) {
		if n.Ok() {
			clauses = append(clauses, phrase(b.p, key, paper.Live(b.p.Number(kpi.Whole(n.Value), 0), r)))
		}
	}
	add("report.staff.posts", total.Posts, staffRef("", paper.RefPosts))
	add("report.staff.people", total.People, staffRef("", paper.RefPeople))
	for _, k := range kpi.InPost {
		if f := b.BasicFigures().StaffOf(k); !total.People.Ok() || f.People.Value > 0 {
			add("report.staff."+string(k), f.People, staffRef(k, paper.RefPeople))
		}
	}
	add("report.staff.retired", retired.People, staffRef(kpi.Retired, paper.RefPeople))
	if len(clauses) == 0 {
		return b.unwritten(Staffing)
	}
	var out []paper.Run
	for i, clause := range clauses {
		if i > 0 {
			out = addText(out, b.p.T("report.staff.comma"))
		}
		out = join(out, clause...)
	}
	return addText(out, b.p.T("report.staff.stop"))
}
