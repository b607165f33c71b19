package page

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// CompareParams are the parameters of the address that a saved comparison stores.
var CompareParams = []string{"unit", "as_of", "second", "with", "rows", "i", "show", "sort", "pin"}

// KeptQuery returns what a saved comparison stores of the query of its address. Refusal: Invalid value_unreadable.
func KeptQuery(query string) (string, error) {
	asked, err := url.ParseQuery(query)
	if err != nil {
		return "", kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	kept := url.Values{}
	for _, name := range CompareParams {
		if values, ok := asked[name]; ok {
			kept[name] = values
		}
	}
	return kept.Encode(), nil
}

// comparePage shows figures side by side, with the form that chooses them and the saved comparisons.
type comparePage struct {
	Layout
	Tabs    []layoutLink
	AsOf    string
	Form    compareForm
	Columns []compareColumn
	First   string // heading of the rows' names
	Rows    []compareRow
	Marked  bool // the bars have a mark at 100 %
	Views   []compareView
	Save    compareSave
}

// compareForm is the form that chooses a comparison. It is sent by GET.
type compareForm struct {
	Action               string
	Rows, Second, With   []formOption
	Show                 []formOption
	Unit, AsOf           string // kept as they are
	Indicators           []formOption
	ByUnit, HasOtherYear bool
}

type compareColumn struct {
	Name, Hint, Sort string // Sort orders the rows by this column; "" for the difference
	Brief            string // the year, where Hint has the whole date
	Sorted           bool
}

// brief returns a short name of a column: the year if all columns are of one unit.
func (c compareColumn) brief(all []compareColumn) string {
	other := func(o compareColumn) bool { return o.Sort != "" && o.Name != c.Name }
	if c.Brief == "" || slices.ContainsFunc(all, other) {
		return c.Name
	}
	return c.Brief
}

type compareRow struct {
	Name   string
	Href   string
	Pin    string // address that pins the row to the top, or unpins it
	Pinned bool
	Cells  []compareCell
}

// compareCell shows one figure.
type compareCell struct {
	Head  string // the name of its column
	Text  cell
	Light lightView
	Bar   string // the completion as a length; "" without one
	Tone  string

	Hundred string // where 100 % is on the bar; "" where the bar ends there
}

// compareView is a saved comparison.
type compareView struct {
	Name, Href, Delete string // Delete is "" if it may not be deleted
	Shared             bool
}

// compareSave is the form that saves this comparison under a name.
type compareSave struct {
	Action, CSRF, Summary string
	Name                  Field
}

type CompareInput struct {
	Asked   url.Values
	Views   []kpi.View
	Name    string
	Refusal *kpi.Error
}

// What a cell shows.
const (
	showRate  = "completion"
	showValue = "value"
	showPace  = "pace"
)

func NewCompare(pc Context, c app.Comparison, in CompareInput) comparePage {
	p := pc.Printer
	a := compareAddress{ComparePath(c.Year.Year), in.Asked}
	page := comparePage{Layout: NewLayout(pc, p.T("compare.title"), partBoard, ComparePath(c.Year.Year)),
		Tabs: pc.boardTabs(tabCompare), AsOf: pc.asOf(c.AsOf, comparedFigures(c)...), First: p.T("col.indicator"),
		Form: newCompareForm(pc, c, in.Asked)}
	if page.Form.ByUnit {
		page.First = p.T("col.unit")
	}
	for n, col := range c.Columns {
		page.Columns = append(page.Columns, newCompareColumn(pc, a, n, col))
	}
	show := in.Asked.Get("show")
	if differs(c) {
		page.Columns = append(page.Columns, compareColumn{Name: p.T("compare.difference")})
	}
	end := compareEnd(c)
	page.Marked = end > kpi.Hundred
	for _, row := range c.Rows {
		page.Rows = append(page.Rows, newCompareRow(pc, a, c, row, show, end))
	}
	for _, row := range page.Rows {
		for n := range row.Cells {
			row.Cells[n].Head = page.Columns[n].brief(page.Columns)
		}
	}
	for _, v := range in.Views {
		view := compareView{Name: v.Name, Href: ComparePath(c.Year.Year) + "?" + v.Query, Shared: v.Shared}
		if v.Account == pc.Actor.ID || v.Shared && pc.Actor.MayAdminister() == nil {
			view.Delete = fmt.Sprintf("%s/views/%d/delete", ComparePath(c.Year.Year), v.ID)
		}
		page.Views = append(page.Views, view)
	}
	page.Save = compareSave{Action: a.with("done", nil), CSRF: pc.CSRF,
		Name: Field{ID: "f-name", Name: "name", Label: p.T("compare.name"), Value: in.Name}}
	page.Save.Action = strings.Replace(page.Save.Action, "/compare", "/compare/views", 1)
	if in.Refusal != nil {
		page.Save.Summary = p.Text(in.Refusal.Text)
		for _, m := range in.Refusal.Fields {
			page.Save.Name.Error = p.Text(m.Text)
		}
	}
	return page
}

// compareAddress builds addresses of this comparison with one parameter changed.
type compareAddress struct {
	path  string
	asked url.Values
}

// with sets a parameter; without values it removes it.
func (a compareAddress) with(name string, values []string) string {
	q := url.Values{}
	for _, known := range CompareParams {
		if kept, ok := a.asked[known]; ok && known != name && kept[0] != "" {
			q[known] = kept
		}
	}
	if len(values) > 0 {
		q[name] = values
	}
	if len(q) == 0 {
		return a.path
	}
	return a.path + "?" + q.Encode()
}

func newCompareForm(pc Context, c app.Comparison, asked url.Values) compareForm {
	p := pc.Printer
	f := compareForm{Action: ComparePath(c.Year.Year), Unit: asked.Get("unit"), AsOf: asked.Get("as_of"),
		ByUnit: asked.Get("rows") == "units"}
	option := func(list *[]formOption, param, value, text string) {
		*list = append(*list, formOption{value, text, asked.Get(param) == value})
	}
	option(&f.Rows, "rows", "", p.T("compare.rows_indicators"))
	option(&f.Rows, "rows", "units", p.T("compare.rows_units"))
	option(&f.Second, "second", "", p.T("compare.none"))
	for _, u := range pc.Units {
		if u.ID != c.Unit.ID {
			option(&f.Second, "second", u.Code, p.Name(u.Name, u.NameEn))
		}
	}
	option(&f.With, "with", "", p.T("compare.none"))
	for _, y := range pc.Years {
		if y.Year != c.Year.Year {
			option(&f.With, "with", fmt.Sprint(int(y.Year)), p.T("page.year", int(y.Year)))
		}
	}
	option(&f.Show, "show", "", p.T("col.rate"))
	option(&f.Show, "show", showValue, p.T("col.value"))
	option(&f.Show, "show", showPace, p.T("compare.pace"))
	for _, ind := range c.Choices {
		f.Indicators = append(f.Indicators, formOption{ind.Code, p.Name(ind.Name, ind.NameEn),
			slices.Contains(asked["i"], ind.Code)})
	}
	return f
}

// comparedFigures are the figures of the rows, each target's once.
func comparedFigures(c app.Comparison) (out []progress.Figure) {
	seen := map[kpi.TargetID]bool{}
	for _, row := range c.Rows {
		for _, f := range row.Cells {
			if f != nil && f.Target != nil && !seen[f.Target.ID] {
				seen[f.Target.ID] = true
				out = append(out, *f)
			}
		}
	}
	return out
}

func newCompareColumn(pc Context, a compareAddress, n int, c app.CompareColumn) compareColumn {
	p, number := pc.Printer, fmt.Sprint(n+1)
	col := compareColumn{Name: p.Name(c.Unit.Name, c.Unit.NameEn), Hint: p.AsOf(c.AsOf),
		Brief: p.T("page.year", int(c.Year.Year)), Sorted: a.asked.Get("sort") == number}
	if c.Indicator != nil {
		col.Name, col.Hint, col.Brief = p.Name(c.Indicator.Name, c.Indicator.NameEn), p.Measure(c.Indicator.Measure), ""
	}
	col.Sort = a.with("sort", []string{number})
	if col.Sorted {
		col.Sort = a.with("sort", nil)
	}
	return col
}

func newCompareRow(pc Context, a compareAddress, c app.Comparison, row app.CompareRow, show string,
	end kpi.Percent) compareRow {
	p := pc.Printer
	out := compareRow{Pinned: row.Pinned}
	pinned := slices.DeleteFunc(slices.Clone(a.asked["pin"]), func(code string) bool { return code == row.Code })
	out.Pin = a.with("pin", pinned)
	if !row.Pinned {
		out.Pin = a.with("pin", append(pinned, row.Code))
	}
	if row.Indicator != nil {
		out.Name = p.Name(row.Indicator.Name, row.Indicator.NameEn)
		out.Href = pc.at(IndicatorPath(c.Year.Year, row.Code), c.Unit, c.AsOf.Period)
	} else {
		out.Name = p.Name(row.Unit.Name, row.Unit.NameEn)
		out.Href = pc.at(BoardPath(c.Year.Year), *row.Unit, c.AsOf.Period)
	}
	for n, f := range row.Cells {
		out.Cells = append(out.Cells, newCompareCell(pc, c.Columns[n], row, f, show, end))
	}
	if differs(c) {
		out.Cells = append(out.Cells, compareCell{Text: difference(p, row.Cells[0], row.Cells[1], show)})
	}
	return out
}

// differs reports whether a comparison has two figures of the same indicator.
func differs(c app.Comparison) bool { return len(c.Columns) == 2 && c.Columns[0].Indicator == nil }

// difference returns the first figure less the second, as both are printed: rates in percentage points, values in
// the indicator's measure. It is empty for approximate values and judgements.
func difference(p lang.Printer, a, b *progress.Figure, show string) cell {
	if a == nil || b == nil {
		return cell{Why: p.T("compare.absent")}
	}
	rates := [2]progress.Opt[kpi.Percent]{a.Rate(), b.Rate()}
	switch show {
	case showPace:
		rates = [2]progress.Opt[kpi.Percent]{a.Pace, b.Pace}
	case showValue:
		x, y := a.Achievement, b.Achievement
		if !x.Ok() || !y.Ok() || x.Value.Precision != kpi.Exact || y.Value.Precision != kpi.Exact ||
			a.Indicator.Kind == kpi.Level {
			return cell{Why: p.T("compare.no_difference")}
		}
		by := x.Value.Amount - y.Value.Amount
		return cell{Text: signed(by, apart(p, a.Indicator, by))}
	}
	if !rates[0].Ok() || !rates[1].Ok() {
		return cell{Why: p.T("compare.no_difference")}
	}
	by := rates[0].Value - rates[1].Value
	return cell{Text: signed(by.Amount(), p.T("compare.points", max(by, -by).String()))}
}

// signed puts the sign of a difference before its size.
func signed(by kpi.Amount, text string) string {
	switch {
	case by > 0:
		return "+" + text
	case by < 0:
		return "-" + text
	}
	return text
}

// newCompareCell shows the requested aspect of a figure with its light, linked to the figure's page.
func newCompareCell(pc Context, col app.CompareColumn, row app.CompareRow, f *progress.Figure,
	show string, end kpi.Percent) compareCell {
	p := pc.Printer
	if f == nil {
		return compareCell{Text: cell{Why: p.T("compare.absent")}}
	}
	unit := col.Unit
	if row.Unit != nil {
		unit = *row.Unit
	}
	out := compareCell{Light: standingView(p, *f), Tone: lateTone(f.Light), Text: rateCell(p, *f)}
	switch show {
	case showValue:
		out.Text = cell{Why: reason(p, f.Achievement.Reason)}
		if f.Achievement.Ok() {
			out.Text.Text = measured(p, f.Indicator, p.Value(f.Indicator, f.Achievement.Value))
		}
	case showPace:
		out.Text = percentCell(p, f.Pace)
	}
	if out.Text.Why == "" {
		at := pc
		at.Year = col.Year
		out.Text.Href = at.at(IndicatorPath(col.Year.Year, f.Indicator.Code), unit, col.AsOf.Period)
	}
	if rate := f.Rate(); rate.Ok() {
		out.Bar = shareOf(min(max(rate.Value, 0), end), end)
		if end > kpi.Hundred {
			out.Hundred = shareOf(kpi.Hundred, end)
		}
	}
	return out
}

// compareMost is the end of the longest scale: a single rate of thousands of percent would leave all others no length.
const compareMost = 5 * kpi.Hundred

// compareEnd returns the end of the bars' scale, one for the whole table: the highest rate, but at least 100 %.
func compareEnd(c app.Comparison) kpi.Percent {
	end := kpi.Hundred
	for _, row := range c.Rows {
		for _, f := range row.Cells {
			if f != nil && f.Rate().Ok() {
				end = max(end, min(f.Rate().Value, compareMost))
			}
		}
	}
	return end
}
