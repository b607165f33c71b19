package page

import (
	"fmt"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func RefusedRows(r app.ImportResult) int { return r.Rows - len(r.GoodRows()) }

func ImportPath(y kpi.Year) string { return yearPath(y, "import") }

// importPage is where a table is uploaded, and lists the last imports.
type importPage struct {
	Layout
	Hint     string
	Action   string
	Summary  string // why the file was refused
	File     Field
	Template string
	Latest   []importRow
}

type importRow struct{ At, Name, Author, Result, Refused string }

func NewImport(pc Context, latest []kpi.Import, refusal *kpi.Error) importPage {
	p, path := pc.Printer, ImportPath(pc.Year.Year)
	page := importPage{
		Layout: NewLayout(pc, p.T("import.title"), PartLog, ""),
		Hint:   p.T("import.hint", p.T("page.year", int(pc.Year.Year))),
		Action: path, Template: path + "/template.xlsx",
		File: Field{ID: "f-file", Name: "file", Label: p.T("import.file"), Hint: p.T("import.file_hint")},
	}
	page.Scripts, page.Tabs = []string{"progress.js"}, pc.logTabs("import")
	if refusal != nil {
		page.Summary = p.Text(refusal.Text)
		for _, f := range refusal.Fields {
			page.Summary = p.Text(f.Text)
		}
	}
	for _, i := range latest {
		row := importRow{At: p.Time(i.At, pc.zone()), Name: i.Name, Author: pc.person(i.Author),
			Result: p.T("import.latest_line", i.Rows, i.Entries)}
		if i.Refused > 0 {
			row.Refused = p.T("import.latest_refused", i.Refused)
		}
		page.Latest = append(page.Latest, row)
	}
	return page
}

// importPreview shows how a table was understood, and what importing it would do.
type importPreview struct {
	Layout
	Choose   string // address to choose another file
	Hint     string
	Action   string // of both forms
	Workbook string
	Summary  string // why nothing was or can be imported
	Found    string
	Refused  string
	Earlier  string
	Hidden   []formOption // fields all forms carry: name and value
	Answers  []formOption // fields that answer questions
	Asked    *importQuestions
	Open     string // what must be answered first; "" if nothing must
	File     string
	Sheets   []formOption
	Columns  []importColumn
	Across   []string // columns side by side that are read one by one
	Date     *Field
	Figures  []importFigure
	More     string
	Rejected []importReason
	RestBad  string
	Asks     []importReason
	Left     []importReason
	Agree    string
	Blank    string
	Submit   string // "" if there is nothing to import
	Partial  string
	Again    bool // the file was imported before, which must be confirmed
	Learn    bool
	Blocked  string // what to do while rows are refused
	New      *importNew
}

// importNew offers to make the indicators that a table names and nobody knows.
type importNew struct{ Action, Sum, Name, Submit string }

// importColumn is a column with the roles it can have.
type importColumn struct {
	Name, ID, Heading, Sample, Label string
	Roles                            []formOption
}

// importFigure is a figure to be logged.
type importFigure struct{ Cell, Indicator, Unit, Date, Value, Written, Logged, SoFar, Note string }

// importReason is a sentence about a cell.
type importReason struct{ Cell, Text string }

// Limits of what the preview lists of a table; the workbook with the remarks contains all of it.
const (
	previewFigures = 50
	previewReasons = 100
	previewColumns = 30
)

func NewImportPreview(pc Context, n app.NewImport, r app.ImportResult, refusal *kpi.Error) importPreview {
	p, path := pc.Printer, ImportPath(n.Year)+"/"+n.File.SHA256()
	page := importPreview{
		Layout: NewLayout(pc, p.T("import.preview"), PartLog, ""), Choose: ImportPath(n.Year), Action: path,
		Workbook: path + "/workbook", Hint: p.T("import.preview_hint", p.T("page.year", int(n.Year)), n.File.Name),
		File: n.File.Name,
	}
	page.Scripts = []string{"progress.js"}
	if refusal != nil {
		page.Summary = p.Text(refusal.Text)
	}
	page.columns(pc, n, r)
	page.reasons(p, r)
	if n := unknownNames(r); n > 0 && pc.Actor.MayPlan() == nil && pc.Year.CheckOpen() == nil {
		page.New = &importNew{AdoptPath(pc.Year.Year), strings.TrimPrefix(path, ImportPath(pc.Year.Year)+"/"), page.File,
			countText(p, "import.new", n)}
	}
	page.questions(p, r, n.Choices.Answers)
	if r.Plan != nil {
		page.Found = p.T("import.rows_found", r.Rows, len(r.GoodRows()), r.Entries)
		page.figures(pc, r)
		page.confirm(p, r)
	}
	page.Again = r.NeedsAgain()
	if r.Earlier != nil {
		page.Earlier = p.T("import.earlier", p.Time(r.Earlier.At, pc.zone()), pc.person(r.Earlier.Author), r.Earlier.Entries)
	}
	return page
}

// columns sets the columns with the roles they can have.
func (page *importPreview) columns(pc Context, n app.NewImport, r app.ImportResult) {
	p := pc.Printer
	hide := func(name, value string) { page.Hidden = append(page.Hidden, formOption{Value: value, Text: name}) }
	hide("name", n.File.Name)
	if len(r.Sheets) > 1 {
		for i, name := range r.Sheets {
			page.Sheets = append(page.Sheets, formOption{fmt.Sprint(i + 1), name, i+1 == r.Sheet})
		}
		hide("sheet", fmt.Sprint(r.Sheet))
	}
	if r.Dated != "" && r.Period == nil {
		page.Date = &Field{ID: "f-date", Name: "date", Label: p.T("import.dated"), Value: string(r.Dated),
			Max: string(min(pc.Today, n.Year.End()))}
		hide("date", string(r.Dated))
	}
	across := map[intake.ColumnRole][]intake.ImportColumn{}
	for _, c := range r.Columns {
		if c.Role != c.Auto {
			hide("c"+fmt.Sprint(c.Index), string(c.Role))
			page.Learn = true
		}
		if c.Across() && c.Role == c.Auto {
			across[c.Role] = append(across[c.Role], c)
			continue
		}
		if len(page.Columns) == previewColumns {
			continue
		}
		col := importColumn{Name: c.Name(), ID: "f-c" + fmt.Sprint(c.Index), Heading: c.Heading, Sample: c.Sample,
			Label: p.T("import.role_of", c.Name())}
		for _, role := range intake.ColumnRoles {
			col.Roles = append(col.Roles, formOption{string(role), p.T("import.role." + string(role)), role == c.Role})
		}
		page.Columns = append(page.Columns, col)
	}
	for _, role := range intake.ColumnRoles {
		if list := across[role]; len(list) > 0 && role != intake.ColIgnore {
			page.Across = append(page.Across, p.T("import.across", list[0].Name(), list[len(list)-1].Name())+" · "+
				list[0].Heading+" … "+list[len(list)-1].Heading+" · "+p.T("import.role."+string(role)))
		}
	}
}

// unknownNames is how many indicators a table names that there are not.
func unknownNames(r app.ImportResult) int {
	names := map[string]bool{}
	for _, m := range r.Rejected {
		if m.Text.Key == "import_indicator_unknown" && len(m.Text.Args) > 0 {
			names[fmt.Sprint(m.Text.Args[0])] = true
		}
	}
	return len(names)
}

// reasons lists what is refused and what does not match.
func (page *importPreview) reasons(p lang.Printer, r app.ImportResult) {
	for i, m := range r.Rejected {
		if i == previewReasons {
			page.RestBad = p.T("import.more", len(r.Rejected)-i)
			break
		}
		page.Rejected = append(page.Rejected, importReason{m.Ref(), p.Text(m.Text)})
	}
	agree := 0
	for _, t := range r.Totals {
		key := "import.total_differs"
		switch {
		case t.Agrees():
			agree++
			continue
		case t.Rough:
			key = "import.total_rough"
		}
		page.Asks = append(page.Asks, importReason{t.Ref(), p.T(key, t.Stated, t.Computed)})
	}
	if agree > 0 {
		page.Agree = p.T("import.totals_agree", agree)
	}
	for _, m := range r.Asks[:min(len(r.Asks), previewReasons)] {
		page.Asks = append(page.Asks, importReason{m.Ref(), p.Text(m.Text)})
	}
	for _, m := range r.Left[:min(len(r.Left), previewReasons)] {
		page.Left = append(page.Left, importReason{m.Ref(), p.Text(m.Text)})
	}
	if r.Blank > 0 {
		page.Blank = p.T("import.blank", r.Blank)
	}
}

// figures lists the first figures to be logged.
func (page *importPreview) figures(pc Context, r app.ImportResult) {
	p := pc.Printer
	units := map[string]kpi.Unit{}
	for _, u := range pc.Units {
		units[u.Code] = u
	}
	good := r.GoodRows()
	for _, f := range r.Plan {
		if !good[f.Row] {
			continue
		}
		if len(page.Figures) == previewFigures {
			page.More = p.T("import.will_hint", previewFigures)
			return
		}
		figure := importFigure{Cell: intake.Mistake{Row: f.Row, Column: f.Column}.Ref(),
			Indicator: p.Name(f.Indicator.Name, f.Indicator.NameEn), Unit: f.Unit, Date: p.Day(f.Dated), Note: f.Note}
		if u, ok := units[f.Unit]; ok {
			figure.Unit = p.Name(u.Name, u.NameEn)
		}
		figure.Value = figureText(p, f.Indicator, f.Level, f.Quantity)
		switch {
		case f.Waits:
			figure.Logged = p.T("import.waits")
		case f.Same:
			figure.Logged = p.T("import.same")
		case f.Corrects():
			figure.Logged = p.T("import.corrects", figureText(p, f.Indicator, f.Level, f.Logged))
		default:
			figure.Logged = figureText(p, f.Indicator, f.Level, f.Logged)
		}
		if f.Written != "" {
			figure.Written = p.T("import.written", f.Written)
		}
		if f.SoFar != nil {
			figure.SoFar = p.T("import.so_far", p.Amount(f.Indicator, *f.SoFar))
		}
		page.Figures = append(page.Figures, figure)
	}
}

func figureText(p lang.Printer, ind kpi.Indicator, level kpi.LevelValue, q kpi.Quantity) string {
	if ind.Kind == kpi.Level {
		return p.T("level." + string(level))
	}
	return measured(p, ind, p.Value(asLogged(ind, q), q))
}

// confirm sets the text of the button.
func (page *importPreview) confirm(p lang.Printer, r app.ImportResult) {
	if bad := RefusedRows(r); bad > 0 {
		page.Refused = p.T("import.rows_refused", bad)
		page.Blocked = p.T("import.blocked", bad)
		page.Partial = p.T("import.partial", bad)
	}
	if r.Entries > 0 && page.Open == "" {
		page.Submit = countText(p, "import.submit", r.Entries)
	} else if len(r.Outlooks) > 0 {
		page.Submit = p.T("import.submit_outlooks", len(r.Outlooks))
	}
}
