package page

import (
	"net/url"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// GridValues returns a grid's query as parameters of an address.
func GridValues(q app.GridQuery) url.Values {
	out := url.Values{}
	if q.Unit != "" {
		out.Set("unit", q.Unit)
	}
	if q.Month != 0 {
		out.Set("month", strconv.Itoa(q.Month))
	}
	if q.All {
		out.Set("all", "1")
	}
	return out
}

func GridPath(y kpi.Year) string { return yearPath(y, "grid") }

// CellName returns the name of a cell's field: c:unit:indicator:month:entry. Codes contain no colon.
func CellName(unit, indicator string, month int, seen kpi.UpdateID) string {
	return strings.Join([]string{"c", unit, indicator, strconv.Itoa(month), strconv.FormatInt(int64(seen), 10)}, ":")
}

// sureOf returns the value that confirms a cell's amount.
func sureOf(e app.GridEdit, amount string) string {
	return CellName(e.Unit, e.Indicator, e.Month, e.Seen) + "=" + amount
}

// gridPage shows many figures to be filled in like a spreadsheet: the indicators of a unit by month, or
// for one month the units below by indicator. Its form works without scripts.
type gridPage struct {
	Layout
	Hint     string
	Saved    string
	Choose   gridChoose
	Empty    string // said instead of the grid
	Missing  *missingView
	More     layoutLink // the same grid with all indicators; "" where none is left out
	Action   string
	CSRF     string
	Key      string
	Draft    string // key under which a draft is stored
	Hidden   []formOption
	Summary  string
	Errors   []formError
	Caption  string
	Corner   string
	Heads    []gridHead
	Rows     []gridRow
	Reason   Field
	Ask      *formAsk // what must be confirmed; nil if nothing must
	Messages []gridMessage
}

// gridChoose is the form that selects a grid. Field names: unit, month.
type gridChoose struct {
	Action        string
	Units, Months []formOption
}

// gridHead is the heading of a column or row.
type gridHead struct{ Text, Sub, Href string }

type gridRow struct {
	gridHead
	Cells []gridCell
}

// gridCell is a cell: a field, or a value that cannot be changed here, with the reason.
type gridCell struct {
	ID, Name, Label string
	Value, Shown    string // what the field contains, and what it contained when it was read
	Word            string // its state in a word; "" if it is saved or empty
	Error           string
	Fillable        bool
	Why             string // why it cannot be changed here
	Href            string // of the log, if it cannot be changed here
}

// gridMessage is a sentence for the page's script.
type gridMessage struct{ Name, Text string }

// GridInput is the input of the page besides the view.
type GridInput struct {
	Query   app.GridQuery
	Key     string
	Reason  string
	Edits   []app.GridEdit
	Result  app.GridResult
	Refusal *kpi.Error
	Saved   string
}

// gridAxis is a unit, an indicator or a month: what a row or a column determines of a cell.
type gridAxis struct {
	unit      kpi.Unit
	indicator kpi.Indicator
	month     int
	gridHead
}

func NewGrid(pc Context, g app.Grid, in GridInput) gridPage {
	p := pc.Printer
	page := gridPage{Layout: NewLayout(pc, p.T("grid.title"), PartLog, GridPath(g.Year.Year)), Saved: in.Saved,
		Action: GridPath(g.Year.Year), CSRF: pc.CSRF, Key: in.Key,
		Draft: "grid:" + strconv.Itoa(int(g.Year.Year)) + ":" + g.Unit.Code + ":" + strconv.Itoa(g.Month)}
	page.Scripts, page.Tabs = []string{"draft.js", "grid.js"}, pc.logTabs("grid")
	page.Live = "" // no live update may replace what is being typed
	page.Choose = newGridChoose(pc, g)
	unit := p.Name(g.Unit.Name, g.Unit.NameEn)
	page.Caption = p.T("grid.caption_unit", unit, int(g.Year.Year))
	if g.Month != 0 {
		page.Caption = p.T("grid.caption_month", unit, int(g.Year.Year), p.Month(g.Month))
	}
	if q := in.Query; g.Left > 0 {
		q.All = true
		page.More = layoutLink{Href: GridPath(g.Year.Year) + "?" + GridValues(q).Encode(), Text: p.T("grid.more", g.Left)}
	}
	switch {
	case len(g.Units) == 0:
		page.Empty = p.T("grid.no_units", unit)
	case len(g.Indicators) == 0:
		page.Empty = p.T("grid.no_indicators")
	}
	for name, value := range GridValues(in.Query) {
		page.Hidden = append(page.Hidden, formOption{Value: name, Text: value[0]})
	}
	page.Reason = Field{ID: "f-reason", Name: "reason", Label: p.T("grid.reason"), Value: in.Reason,
		Hint: p.T("grid.reason_hint")}
	rows, columns := gridAxes(pc, g)
	page.Corner = p.T("col.indicator")
	if g.Month != 0 {
		page.Corner = p.T("col.unit")
	}
	for _, c := range columns {
		page.Heads = append(page.Heads, c.gridHead)
	}
	for _, r := range rows {
		row := gridRow{gridHead: r.gridHead}
		for _, c := range columns {
			row.Cells = append(row.Cells, newGridCell(pc, g, merge(r, c)))
		}
		page.Rows = append(page.Rows, row)
	}
	page.keepTyped(p, in)
	for _, name := range []string{"pasted", "skipped", "outside", "changed", "undone", "nothing", "unsaved", "stop"} {
		page.Messages = append(page.Messages, gridMessage{name, p.T("grid.said_" + name)})
	}
	return page
}

func newGridChoose(pc Context, g app.Grid) gridChoose {
	p := pc.Printer
	out := gridChoose{Action: GridPath(g.Year.Year)}
	for _, u := range pc.Units {
		out.Units = append(out.Units, formOption{u.Code, p.Name(u.Name, u.NameEn), u.ID == g.Unit.ID})
	}
	out.Months = []formOption{{"", p.T("grid.all_months"), g.Month == 0}}
	for m := 1; m <= kpi.AsOfToday(g.Year.Year, pc.Today).Month; m++ {
		out.Months = append(out.Months, formOption{strconv.Itoa(m), p.T("grid.one_month", p.Month(m)), g.Month == m})
	}
	return out
}

// gridAxes returns the rows and columns: indicators by month, or units by indicator.
func gridAxes(pc Context, g app.Grid) (rows, columns []gridAxis) {
	p := pc.Printer
	var indicators []gridAxis
	for _, ind := range g.Indicators {
		link := pc.indicatorLink(ind)
		head := gridHead{link.Text, p.Measure(ind.Measure), link.Href}
		if !ind.Kind.Sums() {
			head.Sub = p.T("grid.reading", p.Measure(ind.Measure))
			if ind.Rated() || ind.Kind == kpi.Standard {
				head.Sub = p.T("grid.rate", p.Measure(ind.Measure))
			}
		}
		indicators = append(indicators, gridAxis{indicator: ind, gridHead: head})
	}
	if g.Month == 0 {
		for m := 1; m <= 12; m++ {
			columns = append(columns, gridAxis{unit: g.Unit, month: m, gridHead: gridHead{Text: p.Month(m)}})
		}
		return indicators, columns
	}
	for _, u := range g.Units {
		rows = append(rows, gridAxis{unit: u, month: g.Month, gridHead: gridHead{Text: p.Name(u.Name, u.NameEn)}})
	}
	return rows, indicators
}

// merge combines a row and a column, one of which determines the indicator, the other the rest.
func merge(a, b gridAxis) gridAxis {
	if a.indicator.ID == 0 {
		a, b = b, a
	}
	a.unit, a.month, a.Sub = b.unit, b.month, b.Text
	return a
}

func newGridCell(pc Context, g app.Grid, at gridAxis) gridCell {
	p := pc.Printer
	c, ok := g.Cell(at.unit.ID, at.indicator.ID, at.month)
	out := gridCell{Fillable: c.State.Fillable(), Label: at.Text + " " + at.Sub, Word: gridWord(p, c),
		ID: "c-" + at.unit.Code + "-" + at.indicator.Code + "-" + strconv.Itoa(at.month)}
	if !ok {
		return gridCell{ID: out.ID, Label: out.Label}
	}
	if out.Fillable {
		out.Name = CellName(at.unit.Code, at.indicator.Code, at.month, c.Entry.ID)
		out.Shown, out.Value = c.Text(), c.Text()
		return out
	}
	if out.Why = out.Word; c.State == app.GridFuture {
		out.Why = p.T("grid.future")
	}
	if c.Counts.Ok() {
		out.Value = p.Amount(at.indicator, c.Counts.Value)
	}
	if c.Entries > 0 || c.State == app.GridBelow || c.State == app.GridComputed {
		out.Href = pc.at(IndicatorPath(g.Year.Year, at.indicator.Code), at.unit, kpi.Period{}) + "#entries"
	}
	return out
}

// gridWord returns a cell's state in a word, or "".
func gridWord(p lang.Printer, c app.GridCell) string {
	switch {
	case c.State == app.GridMany:
		return p.T("grid.state_many", c.Entries)
	case c.State == app.GridOne && c.Entry.State != kpi.StateApproved:
		return p.T("grid.state_" + string(c.Entry.State))
	case c.State == app.GridOne || c.State == app.GridEmpty:
		return ""
	}
	return p.T("grid.state_" + string(c.State))
}

// keepTyped fills in what was typed, with what is wrong with each cell.
func (page *gridPage) keepTyped(p lang.Printer, in GridInput) {
	if in.Refusal != nil {
		for _, f := range in.Refusal.Fields {
			page.Reason.Error = p.Text(f.Text)
			page.Errors = append(page.Errors, formError{"#" + page.Reason.ID, page.Reason.Error})
		}
		page.Summary = p.Text(in.Refusal.Text)
	}
	typed := map[string]*gridCell{}
	for r := range page.Rows {
		for c := range page.Rows[r].Cells {
			cell := &page.Rows[r].Cells[c]
			typed[cell.ID] = cell
		}
	}
	ids := make([]string, len(in.Edits))
	for i, e := range in.Edits {
		ids[i] = "c-" + e.Unit + "-" + e.Indicator + "-" + strconv.Itoa(e.Month)
		if cell := typed[ids[i]]; cell != nil && cell.Fillable {
			cell.Value = e.Text
		}
	}
	if n := len(page.Errors) + len(in.Result.Refused); n > 0 {
		page.Summary = p.T("form_invalid", n)
	}
	say := func(edit int, text string) {
		href := ""
		if cell := typed[ids[edit]]; cell != nil {
			cell.Error, href = text, "#"+cell.ID
			text = cell.Label + p.T("grid.colon") + text
			if !cell.Fillable { // closed meanwhile: it has no field to keep the text in
				text += p.T("grid.typed", in.Edits[edit].Text)
			}
		}
		page.Errors = append(page.Errors, formError{href, text})
	}
	for _, refused := range in.Result.Refused {
		say(refused.Edit, p.Text(refused.Text))
	}
	if len(in.Result.Asked) == 0 {
		return
	}
	page.Summary, page.Ask = p.T("entry_to_confirm"), &formAsk{Text: p.T("grid.sure", len(in.Result.Asked))}
	var sure []string
	for _, asked := range in.Result.Asked {
		say(asked.Edit, p.Text(asked.Text))
		sure = append(sure, sureOf(in.Edits[asked.Edit], asked.Amount))
	}
	page.Ask.Sure = strings.Join(sure, " ")
}
