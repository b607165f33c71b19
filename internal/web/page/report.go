package page

import (
	"net/url"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// reportPage previews the year-end report and offers it as files. It shows the same document that the
// files are written from; every figure links to its indicator.
type reportPage struct {
	Layout
	Tabs      []layoutLink
	Hint      string
	AsOf      string
	Name      string // the document's title
	DocLang   string
	Pages     string // where the whole report is shown as printed pages; "" for a table
	Downloads []reportDownload
	Sections  []reportSection
}

type reportDownload struct{ Href, Text, Note string }

// reportSection is a numbered section or an annex; ID is its anchor.
type reportSection struct {
	ID      string
	Heading string
	Text    paper.Fragment
}

func NewReport(pc Context, d paper.Document) reportPage { return newPaperPage(pc, d, nil) }

// laterKey identifies a figure and its text as printed.
type laterKey struct{ indicator, text string }

// newPaperPage builds the preview of a document of which some figures have changed since.
func newPaperPage(pc Context, d paper.Document, later map[laterKey]string) reportPage {
	p := pc.Printer
	path := reportPath(pc.Year.Year)
	which, title, tab := report.WholeReport, p.T("report_page.title"), "report"
	if len(d.Sections) == 0 && len(d.Annexes) == 1 {
		which, tab = report.Paper(d.Annexes[0].Key), "forms"
		title = p.T(which.TitleKey())
	}
	page := reportPage{
		Layout: NewLayout(pc, title, partReport, paperPath(path, which)),
		Tabs:   pc.reportTabs(tab),
		Hint:   p.T("report_page.hint"), AsOf: p.AsOf(pc.AsOf), Name: d.Title, DocLang: string(d.Language),
	}
	for _, format := range []string{"docx", "xlsx"} {
		page.Downloads = append(page.Downloads, reportDownload{Href: pc.paperAt(path+"."+format, which),
			Text: p.T("report_page." + format)})
	}
	if which == report.WholeReport && later == nil {
		page.Pages = pc.at(PagesPath(pc.Year.Year, ""), pc.Unit, pc.AsOf.Period)
	}
	v := preview{pc, d.Anchors(), later}
	for _, s := range d.Sections {
		page.Sections = append(page.Sections, reportSection{ID: s.Key, Heading: s.Heading, Text: v.text(s.Blocks)})
	}
	for _, a := range d.Annexes {
		if which := report.Paper(a.Key); which == report.Sources || which == report.SourceLog {
			// from here on, the indicator's page shows more
			v.sources = nil
		}
		page.Sections = append(page.Sections, reportSection{ID: a.Key, Heading: strings.TrimSpace(a.Mark + " " + a.Title),
			Text: v.text(a.Blocks)})
	}
	if which != report.WholeReport { // its heading is the paper's title
		page.Name = ""
	}
	return page
}

// preview writes a document as markup. A figure links to its row in the source annex if the page has
// one, else to its indicator.
type preview struct {
	Context
	sources map[string]bool // by anchor
	later   map[laterKey]string
}

func (v preview) text(blocks []paper.Block) paper.Fragment {
	return paper.Fragment{Blocks: blocks, Link: v.link}
}

func (v preview) link(r paper.Run) paper.Link {
	if r.Ref == nil {
		return paper.Link{}
	}
	l := paper.Link{Later: v.later[laterKey{r.Ref.Indicator, r.Text}]}
	switch {
	case v.sources["f-"+r.Ref.Number]:
		l.Href = "#f-" + r.Ref.Number
	case r.Ref.Basic != "":
		l.Href = v.at(StaffingPath(v.Year.Year), v.Unit, v.AsOf.Period)
	case r.Ref.Project != "":
		l.Href = v.at(ProjectPath(v.Year.Year), v.Unit, v.AsOf.Period) + "#project-" + r.Ref.Project
	case r.Ref.Indicator != "":
		l.Href = v.at(IndicatorPath(v.Year.Year, r.Ref.Indicator), v.Unit, v.AsOf.Period)
	}
	return l
}

// reportPages is the report as its printed pages.
type reportPages struct {
	Layout
	Tabs   []layoutLink
	AsOf   string
	Place  string // what is being written: the key of a section; "" for nothing
	Edit   string // where it is written
	Sheets paper.Sheets
}

func NewReportPages(pc Context, d paper.Document, place report.SectionKey) reportPages {
	p := pc.Printer
	page := reportPages{Layout: NewLayout(pc, p.T("report_page.pages"), partReport, PagesPath(pc.Year.Year, "")),
		Tabs: pc.reportTabs("report"), AsOf: p.AsOf(pc.AsOf), Place: string(place), Sheets: paper.Sheets{Document: d}}
	if place != "" {
		page.Edit = EditPath(pc.Year.Year, place)
	}
	page.Scripts = append(page.Scripts, "pages.js")
	return page
}

// PagesPath returns where the report is shown as printed pages, at a place of its text or, for "", from the cover.
func PagesPath(y kpi.Year, place report.SectionKey) string {
	path := reportPath(y) + "/pages"
	if place != "" {
		path += "?place=" + url.QueryEscape(string(place))
	}
	return path
}
