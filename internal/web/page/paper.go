package page

import (
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// papersPage lists the papers of a year with the files they are available as.
type papersPage struct {
	Layout
	Tabs      []layoutLink
	AsOf      string
	Papers    []paperRow
	Templates layoutLink
	Ways      []layoutLink // to an office above, and from those below
}

// paperRow is the report or one of its tables; Show is the address that shows it on screen.
type paperRow struct {
	Name, Hint string
	Show       string
	Files      []layoutLink
	More       []layoutLink // related pages
}

func NewPapers(pc Context) papersPage {
	p := pc.Printer
	page := papersPage{Tabs: pc.reportTabs("forms"), Layout: NewLayout(pc, p.T("paper.title", int(pc.Year.Year)),
		partReport, papersPath(pc.Year.Year)), AsOf: p.AsOf(pc.AsOf),
		Templates: layoutLink{Href: pc.at(TemplatePath(pc.Year.Year), pc.Unit, pc.AsOf.Period), Text: p.T("paper.template")}}
	for _, f := range append([]report.Paper{report.WholeReport}, report.Papers...) {
		paper := paperRow{Name: p.T(f.TitleKey()), Hint: p.T("paper.hint." + string(f)),
			Show: pc.paperAt(reportPath(pc.Year.Year), f)}
		for _, format := range report.Formats {
			if _, err := report.WriterOf(format, f); err == nil {
				paper.Files = append(paper.Files, layoutLink{Href: pc.paperAt(reportPath(pc.Year.Year)+"."+format, f),
					Text: p.T("paper.format." + format)})
			}
		}
		switch f {
		case report.Monitoring:
			paper.more(pc.at(OutlookPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), p.T("paper.outlook"))
		case report.BasicData:
			paper.more(pc.at(StaffingPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), p.T("paper.staffing"))
		case report.ProjectScores:
			paper.more(pc.at(ProjectPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), p.T("paper.projects"))
		}
		if slices.Contains(RekeyPapers, f) {
			paper.more(pc.paperAt(RekeyPath(pc.Year.Year), f), p.T("paper.rekey"))
		}
		page.Papers = append(page.Papers, paper)
	}
	if y := pc.Year.Year; pc.Actor.MayHandUp() == nil {
		page.Ways = append(page.Ways, layoutLink{Href: HandupPath(y), Text: p.T("handup.title", int(y))})
	}
	if y := pc.Year.Year; pc.Actor.MayTakeIn() == nil {
		page.Ways = append(page.Ways, layoutLink{Href: BelowPath(y), Text: p.T("below.title", int(y))})
	}
	return page
}

func (f *paperRow) more(href, text string) {
	f.More = append(f.More, layoutLink{Href: href, Text: text})
}

// paperAt returns the address of a paper for the page's month.
func (pc Context) paperAt(path string, f report.Paper) string {
	return pc.at(paperPath(path, f), pc.Unit, pc.AsOf.Period)
}

// paperPath returns the address of a paper of the report.
func paperPath(path string, f report.Paper) string {
	if f == report.WholeReport {
		return path
	}
	return path + "?form=" + string(f)
}

func papersPath(y kpi.Year) string { return reportPath(y) + "/forms" }

// templatePage lists a year's own Word templates and accepts new ones.
type templatePage struct {
	Layout
	Tabs            []layoutLink
	AsOf            string
	Begin           string // a file to start from
	Templates       []templateRow
	MaySet          bool
	Action, Removal string
	Refused         string
	Errors          []string
	Papers          []formOption
	File            Field
}

type templateRow struct {
	Paper, Title, Name, By string
	Filled, Original       string
}

// TemplateInput is the input of the page besides the view.
type TemplateInput struct {
	Paper   report.Paper
	Refusal *kpi.Error
}

func NewTemplate(pc Context, v app.TemplatesView, in TemplateInput) templatePage {
	p, year := pc.Printer, pc.Year.Year
	page := templatePage{Layout: NewLayout(pc, p.T("template.title"), partReport, TemplatePath(year)),
		Tabs: pc.reportTabs("forms"), AsOf: p.AsOf(pc.AsOf), Begin: TemplatePath(year) + "/sample.docx", MaySet: v.MaySet,
		Action: TemplatePath(year), Removal: TemplatePath(year) + "/removal",
		File: Field{ID: "f-file", Name: "file", Label: p.T("template.file"), Hint: p.T("template.file_hint")}}
	for _, f := range append([]report.Paper{report.WholeReport}, report.Papers...) {
		page.Papers = append(page.Papers, formOption{Value: string(f), Text: p.T(f.TitleKey()), Selected: f == in.Paper})
	}
	for _, t := range v.Templates {
		f := report.Paper(t.Paper)
		page.Templates = append(page.Templates, templateRow{Paper: t.Paper, Title: p.T(f.TitleKey()), Name: t.Name,
			By:       p.T("template.by", pc.person(t.SetBy), p.Time(t.SetAt, pc.zone())),
			Filled:   pc.paperAt(TemplatePath(year)+"/filled.docx", f),
			Original: pc.paperAt(TemplatePath(year)+"/original.docx", f)})
	}
	if in.Refusal != nil {
		page.Refused = p.Text(in.Refusal.Text)
		for _, mistake := range in.Refusal.Fields {
			page.Errors = append(page.Errors, p.Text(mistake.Text))
		}
	}
	return page
}

func TemplatePath(y kpi.Year) string { return reportPath(y) + "/template" }

// rekeyPage shows a paper that is typed into the finance system row by row.
type rekeyPage struct {
	Layout
	Tabs    []layoutLink
	AsOf    string
	Name    string
	Count   string // how many rows are done
	Action  string
	Tables  []rekeyTable
	MayTick bool
}

type rekeyTable struct {
	Caption string
	Rows    []rekeyRow
}

// rekeyRow is a row of the paper. Changed means that its contents have changed since it was typed.
type rekeyRow struct {
	Key, Label string
	Cells      []rekeyCell
	Head       bool
	Done       bool
	Changed    bool
	By         string
}

// rekeyCell is a cell of a rekeyRow. Column is its first column, counted from 1, so that a column can be
// copied whole.
type rekeyCell struct {
	Text          string
	Label, Left   bool
	Columns, Rows int
	Column        int
}

func NewRekey(pc Context, a paper.Annex, done map[string]kpi.Rekeyed) rekeyPage {
	p, year := pc.Printer, pc.Year.Year
	page := rekeyPage{Tabs: pc.reportTabs("forms"), Layout: NewLayout(pc, p.T("rekey.title"), partReport, RekeyPath(year)),
		AsOf: p.AsOf(pc.AsOf), Name: a.Title, Action: pc.paperAt(RekeyPath(year), report.Paper(a.Key)),
		MayTick: pc.Actor.MayPlan() == nil}
	page.Scripts = append(page.Scripts, "rekey.js")
	all, ticked := 0, 0
	for i, rows := range report.RekeyRows(a) {
		columns := columnsOf(*a.Blocks[i].Table)
		table := rekeyTable{Caption: a.Blocks[i].Table.Caption}
		for at, r := range rows {
			row := newRekeyRow(pc, r, columns[at], done)
			table.Rows = append(table.Rows, row)
			if !row.Head {
				all++
			}
			if row.Done {
				ticked++
			}
		}
		page.Tables = append(page.Tables, table)
	}
	page.Count = p.T("rekey.count", ticked, all)
	return page
}

// columnsOf returns, for each row, the first columns of its cells, counted from 1.
func columnsOf(t paper.Table) [][]int {
	out := make([][]int, len(t.Rows))
	for _, c := range t.Place() {
		out[c.Row] = append(out[c.Row], c.Column+1)
	}
	return out
}

func newRekeyRow(pc Context, r report.RekeyRow, columns []int, done map[string]kpi.Rekeyed) rekeyRow {
	row := rekeyRow{Key: r.Key, Head: r.Head}
	for i, c := range r.Cells {
		row.Cells = append(row.Cells, rekeyCell{Text: c.Text(), Label: c.Label && c.Text() != "", Left: c.Align == paper.Left,
			Columns: c.Columns, Rows: c.Rows, Column: columns[i]})
		if c.Label || row.Label == "" {
			row.Label = c.Text()
		}
	}
	if tick, ok := done[r.Key]; ok && !r.Head {
		row.Done = tick.Printed == r.Printed()
		row.Changed = !row.Done
		row.By = pc.Printer.T("rekey.by", pc.person(tick.By), pc.Printer.Time(tick.At, pc.zone()))
	}
	return row
}

func RekeyPath(y kpi.Year) string { return reportPath(y) + "/rekey" }

// RekeyPapers lists the papers that are typed into the finance system.
var RekeyPapers = []report.Paper{report.SelfEvaluation, report.ProjectScores}
