package web

import (
	"dabiao/internal/report"
)

// reportPage previews the year-end report and offers it as files. It shows the same document the
// files are written from; every live number leads to its indicator.
type reportPage struct {
	layout
	Tabs      []layoutLink
	Hint      string
	AsOf      string
	Name      string // the document's title
	DocLang   string
	Downloads []reportDownload
	Evidence  string // the year's evidence
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
type reportRun struct{ Text, Href string }

// reportRow is a row of a table.
type reportRow struct{ Cells []reportCell }

// reportCell is a cell, which may span.
type reportCell struct {
	Runs          []reportRun
	Columns, Rows int
	Label, Left   bool
}

// newReportPage builds the preview of a document.
func newReportPage(pc pageContext, d report.Document) reportPage {
	p := pc.Printer
	path := reportPath(pc.Year.Year)
	page := reportPage{
		layout: newLayout(pc, p.T("report_page.title"), partReport, path),
		Tabs:   pc.reportTabs("report"),
		Hint:   p.T("report_page.hint"), Evidence: evidencePath(pc.Year.Year), AsOf: p.AsOf(pc.AsOf), Name: d.Title, DocLang: string(d.Language),
	}
	for _, format := range []string{"docx", "xlsx"} {
		page.Downloads = append(page.Downloads, reportDownload{
			Href: pc.at(path+"."+format, pc.Unit, pc.AsOf.Period), Text: p.T("report_page." + format)})
	}
	for _, s := range d.Sections {
		page.Sections = append(page.Sections, reportSection{ID: string(s.Key), Heading: s.Heading, Blocks: pc.reportBlocks(s.Blocks)})
	}
	for _, a := range d.Annexes {
		page.Sections = append(page.Sections, reportSection{ID: string(a.Form), Heading: a.Mark + " " + a.Title, Blocks: pc.reportBlocks(a.Blocks)})
	}
	return page
}

func (pc pageContext) reportBlocks(blocks []report.Block) []reportBlock {
	var out []reportBlock
	for _, b := range blocks {
		switch {
		case b.Heading != nil:
			out = append(out, reportBlock{Heading: b.Heading.Text, Deep: b.Heading.Level > 2})
		case b.Paragraph != nil:
			out = append(out, reportBlock{Paragraph: pc.reportRuns(b.Paragraph.Runs)})
		case b.Table != nil:
			out = append(out, reportBlock{Table: pc.reportRows(*b.Table)})
		}
	}
	return out
}

func (pc pageContext) reportRuns(runs []report.Run) []reportRun {
	var out []reportRun
	for _, r := range runs {
		run := reportRun{Text: r.Text}
		if r.Ref != nil && r.Ref.Indicator != "" {
			run.Href = pc.at(indicatorPath(pc.Year.Year, r.Ref.Indicator), pc.Unit, pc.AsOf.Period)
		}
		out = append(out, run)
	}
	return out
}

func (pc pageContext) reportRows(t report.Table) []reportRow {
	var out []reportRow
	for _, row := range t.Rows {
		var r reportRow
		for _, c := range row.Cells {
			r.Cells = append(r.Cells, reportCell{Runs: pc.reportRuns(c.Runs), Columns: c.Columns, Rows: c.Rows,
				Label: c.Label, Left: c.Align == report.Left})
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
