package page

import (
	"strings"

	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// reportPage previews the year-end report and offers it as files. It shows the same document the
// files are written from; every live number leads to its indicator.
type reportPage struct {
	Layout
	Tabs      []layoutLink
	Hint      string
	AsOf      string
	Name      string // the document's title
	DocLang   string
	Downloads []reportDownload
	Sections  []reportSection
}

// reportDownload is one file.
type reportDownload struct{ Href, Text, Note string }

// reportSection is a numbered section or an annex; ID is its anchor.
type reportSection struct {
	ID      string
	Heading string
	Blocks  []reportBlock
}

// reportBlock is a sub-heading, a paragraph or a table: one of the three is set.
type reportBlock struct {
	Heading   string
	Deep      bool // the heading is of the second level below its section
	Paragraph []reportRun
	Table     []reportRow
}

// reportRun is a stretch of text; Href leads from a live number to where it comes from.
// Later says what a figure of a signed report has become since.
type reportRun struct{ Text, Href, Later string }

// reportRow is a row of a table.
type reportRow struct{ Cells []reportCell }

// reportCell is a cell, which may span.
type reportCell struct {
	Runs          []reportRun
	Columns, Rows int
	Label         bool
	Class         string // how it is aligned
	ID            string // where figures of the page lead to
}

// NewReport builds the preview of a document.
func NewReport(pc Context, d paper.Document) reportPage { return newPaperPage(pc, d, nil) }

// laterKey is a figure as it was printed.
type laterKey struct{ indicator, text string }

// newPaperPage builds the preview of a document some of whose figures have changed since.
func newPaperPage(pc Context, d paper.Document, later map[laterKey]string) reportPage {
	p := pc.Printer
	path := reportPath(pc.Year.Year)
	form, title, tab := report.WholeReport, p.T("report_page.title"), "report"
	if len(d.Sections) == 0 && len(d.Annexes) == 1 {
		form, tab = report.Form(d.Annexes[0].Form), "forms"
		title = p.T(form.TitleKey())
	}
	page := reportPage{
		Layout: NewLayout(pc, title, partReport, formPath(path, form)),
		Tabs:   pc.reportTabs(tab),
		Hint:   p.T("report_page.hint"), AsOf: p.AsOf(pc.AsOf), Name: d.Title, DocLang: string(d.Language),
	}
	for _, format := range []string{"docx", "xlsx"} {
		page.Downloads = append(page.Downloads, reportDownload{Href: pc.paperAt(path+"."+format, form), Text: p.T("report_page." + format)})
	}
	v := preview{pc, d.Anchors(), later}
	for _, s := range d.Sections {
		page.Sections = append(page.Sections, reportSection{ID: s.Key, Heading: s.Heading, Blocks: v.blocks(s.Blocks)})
	}
	for _, a := range d.Annexes {
		if a.Form == string(report.Sources) { // from there on it is the indicator's page that tells more
			v.sources = nil
		}
		page.Sections = append(page.Sections, reportSection{ID: a.Form, Heading: strings.TrimSpace(a.Mark + " " + a.Title), Blocks: v.blocks(a.Blocks)})
	}
	if form != report.WholeReport { // its heading is the paper's title
		page.Name = ""
	}
	return page
}

// preview turns a document into the page. A figure leads to its line in the source annex where the
// page has one, else to its indicator.
type preview struct {
	Context
	sources map[string]bool // by anchor
	later   map[laterKey]string
}

func (v preview) blocks(blocks []paper.Block) []reportBlock {
	var out []reportBlock
	for _, b := range blocks {
		switch {
		case b.Heading != nil:
			out = append(out, reportBlock{Heading: b.Heading.Text, Deep: b.Heading.Level > 2})
		case b.Paragraph != nil:
			out = append(out, reportBlock{Paragraph: v.runs(b.Paragraph.Runs)})
		case b.Chart != nil:
			out = append(out, reportBlock{Table: v.rows(b.Chart.Table())})
		case b.Table != nil:
			out = append(out, reportBlock{Table: v.rows(*b.Table)})
		}
	}
	return out
}

func (v preview) runs(runs []paper.Run) []reportRun {
	var out []reportRun
	for _, r := range runs {
		run := reportRun{Text: r.Text}
		switch {
		case r.Ref == nil:
		case v.sources["f-"+r.Ref.Number]:
			run.Href = "#f-" + r.Ref.Number
		case r.Ref.Basic != "":
			run.Href = v.at(StaffingPath(v.Year.Year), v.Unit, v.AsOf.Period)
		case r.Ref.Project != "":
			run.Href = v.at(ProjectPath(v.Year.Year), v.Unit, v.AsOf.Period) + "#project-" + r.Ref.Project
		case r.Ref.Indicator != "":
			run.Href = v.at(IndicatorPath(v.Year.Year, r.Ref.Indicator), v.Unit, v.AsOf.Period)
		}
		if r.Ref != nil {
			run.Later = v.later[laterKey{r.Ref.Indicator, r.Text}]
		}
		out = append(out, run)
	}
	return out
}

func (v preview) rows(t paper.Table) []reportRow {
	var out []reportRow
	for _, row := range t.Rows {
		var r reportRow
		for _, c := range row.Cells {
			r.Cells = append(r.Cells, reportCell{Runs: v.runs(c.Runs), Columns: c.Columns, Rows: c.Rows,
				Label: c.Label, Class: string(c.Align), ID: c.Anchor})
		}
		out = append(out, r)
	}
	return out
}

// Head reports whether the cell is a heading: a label with words in it.
func (c reportCell) Head() bool {
	for _, r := range c.Runs {
		if c.Label && r.Text != "" {
			return true
		}
	}
	return false
}
