package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"fmt"
	"net/url"
)

// budgetPage shows the year's budget and its execution: all lines, month by month, the sources of the
// money, and the revisions. Money is in 万元.
type budgetPage struct {
	Layout
	AsOf     string
	Total    *budgetRow // nil for a year without a budget
	Light    lightView
	Bullet   *bulletView
	Rows     []budgetRow
	Months   []budgetMonthRow
	Chart    *chartView // nil if nothing is known by month
	Findings []findingView
	Sources  []budgetSource
	Others   []budgetOther
	History  []budgetRevision
	Add      []layoutLink // lines that can still be added
	Form     *Form
	More     []layoutLink // projects, staff and official costs
	Audit    string       // who set what when; "" for those who may not read that
	Edit     string       // where sources and other money are edited; "" for those who may not
}

// budgetRow is a line, or the total.
type budgetRow struct {
	ID, Name                                       string
	Opening, Initial, Full, Income, Spent, Closing string
	Rate                                           cell
	Light                                          lightView
	Edit                                           string
	Editable                                       bool // whether the table has a column for editing lines
}

// budgetMonthRow is a month of all lines together.
type budgetMonthRow struct {
	Name              string
	Spent, Cumulative cell
	Rate              cell
	Expected          string
	Light             lightView
	Alarm             cell
	Raised            bool
}

// budgetSource is a source of the income.
type budgetSource struct {
	Name   string
	Amount cell
}

// budgetOther is money outside the budget.
type budgetOther struct {
	Name   string
	Amount cell
	Note   string
}

// budgetRevision is an entry of the history.
type budgetRevision struct{ Line, What, Dated, Document, Reason, By string }

// BudgetInput is the input of the page besides the view.
type BudgetInput struct {
	Line    string // key of the line being edited
	Sources bool   // whether sources and other money are being edited
	Typed   url.Values
	Refusal *kpi.Error
}

func BudgetLineKey(f kpi.Fund, n kpi.Nature) string { return string(f) + "-" + string(n) }

// LineOf returns the fund and nature of a key; ok is false if it is not a key.
func BudgetLineOf(key string) (f kpi.Fund, n kpi.Nature, ok bool) {
	for _, f := range kpi.Funds {
		for _, n := range []kpi.Nature{kpi.AnyNature, kpi.BasicSpend, kpi.ProjectSpend} {
			if BudgetLineKey(f, n) == key {
				return f, n, true
			}
		}
	}
	return "", "", false
}

func budgetLineName(p lang.Printer, f kpi.Fund, n kpi.Nature) string {
	if n == kpi.AnyNature {
		return p.T("fund." + string(f))
	}
	return p.T("budget.line", p.T("fund."+string(f)), p.T("nature."+string(n)))
}

func NewBudget(pc Context, v app.BudgetView, in BudgetInput) budgetPage {
	p, path := pc.Printer, BudgetPath(v.Year.Year)
	page := budgetPage{Layout: NewLayout(pc, p.T("budget.title", int(v.Year.Year)), partBudget, path),
		AsOf: p.AsOf(v.AsOf), Findings: newFindings(pc, v.Findings)}
	page.More = []layoutLink{{Href: pc.at(ProjectPath(v.Year.Year), pc.Unit, pc.AsOf.Period),
		Text: p.T("budget.projects")},
		{Href: pc.at(StaffingPath(v.Year.Year), pc.Unit, pc.AsOf.Period), Text: p.T("budget.staffing")}}
	if pc.Actor.MayAudit() == nil {
		page.Audit = "/audit?" + url.Values{"action": {"budget.set"},
			"object": {fmt.Sprintf("year %d", v.Year.Year)}}.Encode()
	}
	here := pc.at(path, pc.Unit, pc.AsOf.Period)
	kept := map[string]bool{}
	for _, l := range v.Budget.Lines {
		row := newBudgetRow(pc, l, budgetLineName(p, l.Fund, l.Nature))
		row.Rate.Href = "#months"
		row.Editable = v.MaySet
		if v.MaySet {
			row.Edit = WithQuery(here, "line", BudgetLineKey(l.Fund, l.Nature)) + "#budget"
		}
		kept[BudgetLineKey(l.Fund, l.Nature)] = true
		page.Rows = append(page.Rows, row)
	}
	if len(page.Rows) > 0 {
		page.total(pc, v)
	}
	page.align()
	for _, s := range kpi.IncomeSources {
		for _, income := range v.Sources {
			if income.Source == s {
				page.Sources = append(page.Sources, budgetSource{p.T("source." + string(s)),
					cell{Text: tenThousands(pc, income.Amount), Href: page.entries()}})
			}
		}
	}
	for _, o := range v.Others {
		page.Others = append(page.Others, budgetOther{o.Name,
			cell{Text: tenThousands(pc, o.Amount), Href: page.entries()}, o.Note})
	}
	alignRows(places(page.Others), func(o *budgetOther) []*string { return []*string{&o.Amount.Text} })
	alignRows(places(page.Sources), func(s *budgetSource) []*string { return []*string{&s.Amount.Text} })
	for i := len(v.Revisions) - 1; i >= 0; i-- {
		page.History = append(page.History, newBudgetRevision(pc, v.Revisions[i]))
	}
	if !v.MaySet && in.Refusal == nil {
		return page
	}
	page.form(pc, v, in)
	if !v.MaySet {
		return page
	}
	page.Edit = WithQuery(here, "edit", "sources") + "#budget"
	for _, f := range kpi.Funds {
		for _, n := range []kpi.Nature{kpi.BasicSpend, kpi.ProjectSpend, kpi.AnyNature} {
			if whole := n == kpi.AnyNature; !kept[BudgetLineKey(f, n)] && !kept[BudgetLineKey(f, kpi.AnyNature)] &&
				!(whole && (kept[BudgetLineKey(f, kpi.BasicSpend)] || kept[BudgetLineKey(f, kpi.ProjectSpend)])) {
				page.Add = append(page.Add, layoutLink{Href: WithQuery(here, "line", BudgetLineKey(f, n)) + "#budget",
					Text: budgetLineName(p, f, n)})
			}
		}
	}
	return page
}

// form sets the form that was asked for, also if the change was refused because the year is closed.
func (page *budgetPage) form(pc Context, v app.BudgetView, in BudgetInput) {
	switch f, n, ok := BudgetLineOf(in.Line); {
	case in.Sources:
		page.Form = newSourcesForm(pc, v, in)
	case ok:
		page.Form = newBudgetLineForm(pc, v, f, n, in)
	}
}

// entries is where the figures of a month come from: who entered what when, or for those who may not read that, the
// documents of the budget.
func (page *budgetPage) entries() string {
	if page.Audit != "" {
		return page.Audit
	}
	return "#history"
}

func (page *budgetPage) total(pc Context, v app.BudgetView) {
	p, total := pc.Printer, v.Budget.Total
	row := newBudgetRow(pc, total, p.T("budget.total"))
	row.Editable, row.Rate.Href = v.MaySet, "#months"
	page.Total, page.Light = &row, row.Light
	rules := RulesPath(v.Year.Year)
	if total.Execution.Ok() {
		passed := linearShare(v.AsOf)
		page.Bullet = &bulletView{Tone: lateTone(total.Light), Tall: true, Expected: bulletX(passed)}
		page.Bullet.Bar, page.Bullet.Beyond = bulletBar(total.Execution.Value)
		page.Bullet.Label = p.T("bullet.spent", p.Percent(total.Execution.Value)) + p.T("bullet.expected", p.Percent(passed))
	}
	page.Chart = newBudgetChart(pc, v)
	page.Charts = page.Chart != nil
	for _, m := range v.Months {
		row := newBudgetMonthRow(pc, v.AsOf, m)
		for _, c := range []*cell{&row.Spent, &row.Cumulative, &row.Rate} {
			c.Href = page.entries()
		}
		if row.Alarm.Text != "" {
			row.Alarm.Href = rules
		}
		page.Months = append(page.Months, row)
	}
}

// align gives all money of a table the same decimals, for its columns are added and subtracted.
func (page *budgetPage) align() {
	lines := places(page.Rows)
	if page.Total != nil {
		lines = append(lines, page.Total)
	}
	var money []*string
	for _, r := range lines {
		money = append(money, &r.Opening, &r.Initial, &r.Full, &r.Income, &r.Spent, &r.Closing)
	}
	align(money...)
	alignRows(places(page.Months), func(r *budgetMonthRow) []*string {
		return []*string{&r.Spent.Text, &r.Cumulative.Text}
	})
}

func newBudgetRow(pc Context, l progress.BudgetFigure, name string) budgetRow {
	money := func(a kpi.Amount) string { return tenThousandsTo(pc, a, l.Decimals) }
	row := budgetRow{ID: "line-" + BudgetLineKey(l.Fund, l.Nature), Name: name, Opening: money(l.Opening), Initial: "—",
		Full: money(l.Budget()), Income: money(l.Income), Spent: money(l.Spent),
		Closing: money(l.Closing), Rate: percentCell(pc.Printer, l.Execution)}
	if l.Execution.Ok() {
		row.Light = newLightView(pc.Printer, l.Light)
	}
	if l.Initial != nil {
		row.Initial = money(*l.Initial)
	}
	return row
}

func newBudgetMonthRow(pc Context, at kpi.AsOf, m progress.BudgetMonth) budgetMonthRow {
	p := pc.Printer
	money := func(o progress.Opt[kpi.Amount]) cell {
		if !o.Ok() {
			return cell{Why: reason(p, o.Reason)}
		}
		return cell{Text: tenThousandsTo(pc, o.Value, m.Decimals)}
	}
	row := budgetMonthRow{Name: p.Month(m.Period.Month), Spent: money(m.Spent), Cumulative: money(m.Cumulative),
		Rate: percentCell(p, m.Execution), Expected: p.Percent(m.Expected), Raised: m.Raised}
	if m.Execution.Ok() {
		row.Light = newLightView(p, m.Light)
	}
	if m.Alarm == nil {
		return row
	}
	over := m.Period.Month < at.Month || m.Period.Month == at.Month && at.Whole()
	switch below := p.Number(m.Alarm.Below.Amount(), 2); {
	case m.Raised:
		row.Alarm.Text = p.T("budget.alarm_raised", below)
	case over && m.Execution.Ok():
		row.Alarm.Text = p.T("budget.alarm_ok", below)
	default:
		row.Alarm.Text = p.T("budget.alarm_due", below)
	}
	return row
}

func newBudgetRevision(pc Context, r kpi.BudgetRevision) budgetRevision {
	p := pc.Printer
	money := func(a *kpi.Amount) string {
		if a == nil {
			return "—"
		}
		return tenThousands(pc, *a)
	}
	out := budgetRevision{Line: budgetLineName(p, r.Fund, r.Nature),
		What:     p.T("budget.history_line", money(r.Initial), money(r.Full)),
		Document: r.Document, Reason: r.Reason, By: pc.person(r.SetBy) + " " + p.Time(r.SetAt, pc.zone())}
	if r.Dated != "" {
		out.Dated = p.Date(r.Dated)
	}
	return out
}

// wan writes money for editing in a form, in 万元.
func wan(a kpi.Amount) string { return TenThousand(a) }

// wanOf is like wan for money that may not have been stated, which is "".
func wanOf(a *kpi.Amount, stated bool) string {
	if a == nil || !stated {
		return ""
	}
	return wan(*a)
}

func newBudgetLineForm(pc Context, v app.BudgetView, fund kpi.Fund, nature kpi.Nature, in BudgetInput) *Form {
	p := pc.Printer
	f := budgetForm(pc, v.Year.Year, budgetLineName(p, fund, nature), in)
	f.hide("line", BudgetLineKey(fund, nature))
	var line kpi.BudgetLine
	known := false
	for _, l := range v.Lines {
		if l.Fund == fund && l.Nature == nature {
			line, known = l, true
		}
	}
	inMeasure := p.Measure(kpi.TenThousandY)
	money := func(name string, a *kpi.Amount) *Field {
		return f.field(name, "budget.form."+name, wanOf(a, known)).measured(inMeasure).optional()
	}
	var spent, closing *kpi.Amount
	if !line.ByMonth() { // otherwise both follow from the months
		spent, closing = &line.Spent, &line.Closing
	}
	f.add(money("initial", line.Initial), money("full", line.Full), money("opening", &line.Opening),
		money("income", &line.Income), money("spent", spent), money("closing", closing))
	var months []*Field
	for m, a := range line.Months {
		amount := &a
		if a == 0 {
			amount = nil
		}
		field := f.labelled(Nth("month", m), p.Month(m+1), wanOf(amount, known)).measured(inMeasure)
		if v.Locks.Holds(kpi.Period{Year: v.Year.Year, Month: m + 1}) != nil {
			field.Fixed = true
			field.hinted(p.T("lock.locked"))
		}
		months = append(months, field)
	}
	f.group(p.T("budget.form.months"), "", months...)
	f.add(f.field("document", "budget.form.document", "").optional(),
		f.field("dated", "budget.form.dated", "").day().optional(),
		f.field("reason", "budget.form.reason", "").note().optional())
	f.refuse(in.Refusal)
	return f
}

// budgetForm returns an empty form that changes the budget; money is typed in 万元.
func budgetForm(pc Context, y kpi.Year, title string, in BudgetInput) *Form {
	f := pc.form("budget", BudgetPath(y), title, pc.Printer.T("budget.form.submit")).wide().keeping("f-", in.Typed)
	f.Hint = pc.Printer.T("budget.form.money_hint")
	return f
}

// otherRows is the number of rows for further items of other money.
const otherRows = 2

func newSourcesForm(pc Context, v app.BudgetView, in BudgetInput) *Form {
	p := pc.Printer
	f := budgetForm(pc, v.Year.Year, p.T("budget.edit_sources"), in)
	f.hide("edit", "sources")
	amounts := map[kpi.IncomeSource]string{}
	for _, s := range v.Sources {
		amounts[s.Source] = wan(s.Amount)
	}
	var sources []*Field
	for _, s := range kpi.IncomeSources {
		sources = append(sources, f.field("source_"+string(s), "source."+string(s), amounts[s]).
			measured(p.Measure(kpi.TenThousandY)).optional())
	}
	f.group(p.T("budget.sources"), "", sources...)
	var others []*Field
	for i := range len(v.Others) + otherRows {
		o, amount := kpi.OtherMoney{}, ""
		if i < len(v.Others) {
			o, amount = v.Others[i], wan(v.Others[i].Amount)
		}
		others = append(others, f.field(Nth("other_name", i), "budget.form.other_name", o.Name, i+1),
			f.field(Nth("other_amount", i), "budget.form.other_amount", amount, i+1).measured(p.Measure(kpi.TenThousandY)),
			f.field(Nth("other_note", i), "budget.form.other_note", o.Note, i+1))
	}
	f.group(p.T("budget.others"), p.T("budget.others_hint"), others...)
	f.refuse(in.Refusal)
	return f
}
