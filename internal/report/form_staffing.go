package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// basic is the year's basic data, all of it absent where nobody stated any.
func (b *builder) basic() progress.BasicData {
	if b.Basic == nil {
		return progress.Basic(nil, nil, nil, progress.Budget{})
	}
	return *b.Basic
}

func staffRef(k kpi.StaffKind, form RefForm) *Ref {
	if k == "" {
		return &Ref{Basic: "staff:total", Form: form}
	}
	return &Ref{Basic: "staff:" + string(k), Form: form}
}

func (b *builder) staffName(k kpi.StaffKind) string {
	if k == "" {
		return b.p.T("staff.total")
	}
	return b.p.T("staff." + string(k))
}

// basicStaff are posts and people by kind; what nobody stated has a dash.
func (b *builder) basicStaff() *Table {
	t := &Table{Widths: basicWidths, Caption: b.p.T("report.basic.staff")}
	t.row(label(b.p.T("report.basic.staff")).over(2, 1), label(b.p.T("report.column.posts")).over(2, 1),
		label(b.p.T("report.column.people")).over(2, 1), label(b.p.T("report.column.in_post")).over(2, 1))
	for _, f := range b.basic().Staff {
		rate := b.dash()
		if f.Rate.Ok() {
			rate = cell(Run{b.p.Percent(f.Rate.Value), staffRef(f.Kind, RefInPost)}).rated(f.Rate.Value)
		}
		t.row(label(b.staffName(f.Kind)).over(2, 1).left(), b.staffCell(f.Posts, staffRef(f.Kind, RefPosts)).over(2, 1).right(),
			b.staffCell(f.People, staffRef(f.Kind, RefPeople)).over(2, 1).right(), rate.over(2, 1).right())
	}
	const total = 1
	for _, column := range []int{2, 4} {
		t.calculate(nil, Place{total, column}, CalcSum, down(total+1, len(kpi.InPost), column)...)
	}
	for row := total; row < len(t.Rows); row++ {
		t.calculate(nil, Place{row, 6}, CalcRate, Place{row, 4}, Place{row, 2})
	}
	return t
}

func (b *builder) staffCell(n progress.Opt[int64], r *Ref) Cell {
	if !n.Ok() {
		return b.dash()
	}
	a := kpi.Whole(n.Value)
	return cell(Run{b.p.Number(a, 0), r}).counted(a, 0)
}

// basicOfficial are the official costs (三公经费) under their total.
func (b *builder) basicOfficial() *Table {
	t := &Table{Widths: basicWidths, Caption: b.p.T("report.basic.official")}
	t.row(label(b.p.T("report.basic.official")).over(2, 1), label(b.p.T("report.column.last")), label(b.p.T("report.column.initial")),
		label(b.p.T("report.column.full")), label(b.p.T("report.column.official_spent")), label(b.p.T("report.column.execution")).over(2, 1))
	for _, f := range b.basic().Official {
		r := Ref{Basic: "costs:" + string(f.Row)}
		rate := b.dash()
		if f.Execution.Ok() {
			rate = b.rateCell(f.Execution.Value, r, RefExecution)
		}
		t.row(label(b.officialName(f.Row)).over(2, 1).left(), b.officialCell(f.Last, r, RefLast), b.officialCell(f.Initial, r, RefInitial),
			b.officialCell(f.Full, r, RefBudget), b.officialCell(f.Spent, r, RefSpent), rate.over(2, 1).right())
	}
	sumUpOfficial(t)
	return t
}

// sumUpOfficial makes formulas: the rows are the total, abroad, reception, vehicles and its two parts.
func sumUpOfficial(t *Table) {
	const total, vehicles = 1, 4
	for column := 2; column <= 5; column++ {
		t.calculate(nil, Place{vehicles, column}, CalcSum, down(vehicles+1, 2, column)...)
		t.calculate(nil, Place{total, column}, CalcSum, down(total+1, 3, column)...)
	}
	for row := total; row < len(t.Rows); row++ {
		t.calculate(nil, Place{row, 6}, CalcRate, Place{row, 5}, Place{row, 4})
	}
}

func (b *builder) officialName(r progress.OfficialRow) string {
	name := b.p.T("official." + string(r))
	if r == progress.OfficialRow(kpi.VehiclePurchase) { // the next row goes on with it
		return b.p.T("report.part", name)
	}
	return name
}

func (b *builder) officialCell(a progress.Opt[kpi.Amount], r Ref, form RefForm) Cell {
	if !a.Ok() {
		return b.dash()
	}
	return b.moneyCell(a.Value, 2, r, form).right()
}

// Unwritten is what prints where the office has written nothing: 无。, or what the section on staff says of
// itself.
func (in Input) Unwritten(key SectionKey) string {
	in.Texts = nil
	b := newBuilder(in)
	if key == Staffing && b.basic().StaffStated() {
		return plain(b.staffSentence())
	}
	return b.p.T("report.none")
}

// staffSentence says what is stated of the staff: 编制5名，实有4人；离退休2人。
func (b *builder) staffSentence() []Run {
	total, retired := b.basic().StaffOf(""), b.basic().StaffOf(kpi.Retired)
	var clauses [][]Run
	add := func(key string, n progress.Opt[int64], r *Ref) {
		if n.Ok() {
			clauses = append(clauses, phrase(b.p, key, Run{b.p.Number(kpi.Whole(n.Value), 0), r}))
		}
	}
	add("report.staff.posts", total.Posts, staffRef("", RefPosts))
	add("report.staff.people", total.People, staffRef("", RefPeople))
	for _, k := range kpi.InPost {
		if f := b.basic().StaffOf(k); !total.People.Ok() || f.People.Value > 0 {
			add("report.staff."+string(k), f.People, staffRef(k, RefPeople))
		}
	}
	add("report.staff.retired", retired.People, staffRef(kpi.Retired, RefPeople))
	if len(clauses) == 0 {
		return phrase(b.p, "report.none")
	}
	var out []Run
	for i, clause := range clauses {
		if i > 0 {
			out = addText(out, b.p.T("report.staff.comma"))
		}
		out = join(out, clause...)
	}
	return addText(out, b.p.T("report.staff.stop"))
}
