package page

import (
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// papersPage lists the papers of a year with the files they are available as.
type papersPage struct {
	Layout
	Tabs      []layoutLink
	AsOf      string
	Papers    []paperRow
	Templates layoutLink
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
