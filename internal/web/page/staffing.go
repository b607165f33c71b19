package page

import (
	"net/url"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/web/input"
)

// staffingPage shows a year's basic data besides its budget: posts and people, official costs in 万元.
type staffingPage struct {
	Layout
	AsOf     string
	Paper    layoutLink // the basic-data form
	Budget   layoutLink
	Edit     string // where it is edited; "" for those who may not
	Staff    []staffRow
	Costs    []officialRow
	Findings []findingView
	Form     *Form
}

// staffRow is a kind of staff, or everyone in post.
type staffRow struct {
	Name                string
	Posts, People, Rate cell
}

// officialRow is one of the official costs, or a sum.
type officialRow struct {
	Name                             string
	Last, Initial, Full, Spent, Rate cell
}

// StaffingInput is the input of the page besides the view.
type StaffingInput struct {
	Editing bool
	Typed   url.Values
	Refusal *kpi.Error
}

func NewStaffing(pc Context, v app.StaffingView, in StaffingInput) staffingPage {
	p, year := pc.Printer, v.Year.Year
	page := staffingPage{Layout: NewLayout(pc, p.T("staffing.title", int(year)), partBudget, StaffingPath(year)),
		AsOf: p.AsOf(v.AsOf), Paper: layoutLink{Href: pc.paperAt(reportPath(year), report.BasicData),
			Text: p.T("report.paper.basic-data")},
		Budget:   layoutLink{Href: pc.at(BudgetPath(year), pc.Unit, pc.AsOf.Period), Text: p.T("budget.title", int(year))},
		Findings: newFindings(pc, v.Basic.Findings)}
	for _, f := range v.Basic.Staff {
		page.Staff = append(page.Staff, newStaffRow(pc, f))
	}
	for _, f := range v.Basic.Official {
		page.Costs = append(page.Costs, newOfficialRow(pc, f))
	}
	alignRows(places(page.Costs), func(r *officialRow) []*string {
		return []*string{&r.Last.Text, &r.Initial.Text, &r.Full.Text, &r.Spent.Text}
	})
	if v.MaySet {
		page.Edit = WithQuery(pc.at(StaffingPath(year), pc.Unit, pc.AsOf.Period), "edit", "1") + "#staffing"
	}
	if in.Editing && (v.MaySet || in.Refusal != nil) {
		page.Form = newStaffingForm(pc, v, in)
	}
	return page
}

func newStaffRow(pc Context, f progress.StaffFigure) staffRow {
	count := func(n progress.Opt[int64]) cell {
		if !n.Ok() {
			return cell{Text: "—"}
		}
		return cell{Text: pc.Printer.Number(kpi.Whole(n.Value), 0)}
	}
	row := staffRow{Name: pc.Printer.T("staff.total"), Posts: count(f.Posts), People: count(f.People),
		Rate: cell{Text: "—"}}
	if f.Kind != "" {
		row.Name = pc.Printer.T("staff." + string(f.Kind))
	}
	if f.Rate.Ok() {
		row.Rate = percentCell(pc.Printer, f.Rate)
	}
	return row
}

func newOfficialRow(pc Context, f progress.OfficialFigure) officialRow {
	money := func(a progress.Opt[kpi.Amount]) cell {
		if !a.Ok() {
			return cell{Text: "—"}
		}
		return cell{Text: tenThousands(pc, a.Value)}
	}
	row := officialRow{Name: pc.Printer.T("official." + string(f.Row)), Last: money(f.Last), Initial: money(f.Initial),
		Full: money(f.Full), Spent: money(f.Spent), Rate: cell{Text: "—"}}
	if f.Execution.Ok() {
		row.Rate = percentCell(pc.Printer, f.Execution)
	}
	return row
}

func newStaffingForm(pc Context, v app.StaffingView, in StaffingInput) *Form {
	p := pc.Printer
	f := pc.form("staffing", StaffingPath(v.Year.Year), p.T("staffing.edit"), p.T("staffing.submit")).wide().
		keeping("f-", in.Typed)
	f.Hint = p.T("staffing.hint") + " " + p.T("budget.form.money_hint")
	staff := map[kpi.StaffKind]kpi.StaffCount{}
	for _, c := range v.Staff {
		staff[c.Kind] = c
	}
	count := func(name, key string, n *int64) *Field {
		value := ""
		if n != nil {
			value = strconv.FormatInt(*n, 10)
		}
		return f.field(name, key, value).number().optional()
	}
	for _, k := range kpi.StaffKinds {
		people := count(input.StaffField(k, "people"), "report.column.people", staff[k].People)
		if k == kpi.Retired {
			f.group(p.T("staff."+string(k)), "", people)
			continue
		}
		f.group(p.T("staff."+string(k)), "", count(input.StaffField(k, "posts"), "report.column.posts", staff[k].Posts),
			people)
	}
	costs := map[kpi.OfficialKind]kpi.OfficialCost{}
	for _, c := range v.Costs {
		costs[c.Kind] = c
	}
	money := func(name, key string, a *kpi.Amount) *Field {
		return f.field(name, key, wanOf(a, true)).measured(p.Measure(kpi.TenThousandY)).optional()
	}
	for _, k := range kpi.OfficialKinds {
		c := costs[k]
		f.group(p.T("official."+string(k)), "", money(input.OfficialField(k, "last"), "report.column.last", c.Last),
			money(input.OfficialField(k, "initial"), "report.column.initial", c.Initial),
			money(input.OfficialField(k, "budget"), "report.column.full", c.Full),
			money(input.OfficialField(k, "spent"), "report.column.official_spent", c.Spent))
	}
	f.refuse(in.Refusal)
	return f
}

func StaffingPath(y kpi.Year) string { return yearPath(y, "staffing") }

// formRowsPage is what the rows of a year's forms state, beside budget, staff and official costs.
type formRowsPage struct {
	Layout
	Tabs  []layoutLink
	Forms string // whose forms these are
	Rules layoutLink
	Form  *Form
	Table string // for those who may not change it: the address of the table
	Empty string
}

func NewFormRows(pc Context, v app.StatedView, typed url.Values, refusal *kpi.Error) formRowsPage {
	p, year := pc.Printer, pc.Year.Year
	draft := report.NewDraft(v.Input)
	forms := draft.Rules().YearForms()
	page := formRowsPage{Layout: NewLayout(pc, p.T("rows.title"), partReport, FormRowsPath(year)),
		Tabs: pc.reportTabs("edit"), Forms: p.T("rows.forms", forms.Name),
		Rules: layoutLink{Href: FormsPath(year), Text: p.T("forms.edit")}}
	f := pc.form("rows", FormRowsPath(year), "", p.T("rows.submit")).wide().keeping("f-", typed)
	n := 0
	for _, b := range forms.Basic {
		for _, row := range b.Rows {
			fields := rowFields(f, p.Name(b.Title, b.TitleEn), b, row, v.Input.Rows)
			if n += len(fields); len(fields) > 0 {
				f.group(draft.RowName(row), p.Name(b.Title, b.TitleEn), fields...)
			}
		}
	}
	switch {
	case n == 0:
		page.Empty = p.T("rows.empty")
	case v.MaySet || refusal != nil:
		f.refuse(refusal)
		page.Form = f
	default:
		page.Table = pc.paperAt(reportPath(year), report.BasicData)
	}
	return page
}

// rowFields are the fields of a row: what its records do not say.
func rowFields(f *Form, block string, b kpi.FormBlock, row kpi.FormRow, v kpi.FormValues) []*Field {
	var out []*Field
	switch {
	case row.Named:
		out = append(out, f.field(row.Key, "rows.name", v.Texts[row.Key]).optional())
	case b.Kind == kpi.BlockText:
		out = append(out, f.labelled(row.Key, block, v.Texts[row.Key]).note().optional())
	}
	for _, c := range b.Columns {
		if len(c.Of) > 0 || row.From != kpi.FromOffice && (row.From != kpi.FromProject || c.Key != "last") {
			continue
		}
		kept := ""
		if a, ok := v.Amount(row.Key, c.Key); ok {
			kept = Number(c.Shown(a))
		}
		out = append(out, f.labelled(row.Key+"."+c.Key, f.printer.Name(c.Name, c.NameEn), kept).
			measured(f.printer.Measure(c.Measure)).optional())
	}
	return out
}

func FormRowsPath(y kpi.Year) string { return reportPath(y) + "/rows" }
