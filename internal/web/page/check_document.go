package page

import (
	"net/url"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// documentPage is where a report written elsewhere is uploaded, and shows what was found in it.
type documentPage struct {
	Layout
	Tabs      []layoutLink
	Hint      string
	Action    string
	Refused   string // why the file could not be read
	File      Field
	Found     string // what was found, in a sentence; "" before an upload
	Year      string // heading of the column of indicators
	Findings  []checkFinding
	Numbers   []documentRow
	Proposals []proposalRow
}

// documentRow is a number of the document, with the indicator it belongs to, if any.
type documentRow struct {
	Written, Around, Where string
	Indicator              layoutLink
	Verdict                string
	Differs                bool
}

// proposalRow is a proposed indicator. Href is "" for those who may not create one.
type proposalRow struct{ Name, Measure, Written, Href string }

func NewDocument(pc Context, view *app.DocumentView, refusal *kpi.Error) documentPage {
	p, path := pc.Printer, documentPath(pc.Year.Year)
	page := documentPage{Layout: NewLayout(pc, p.T("check.document.title"), partReport, ""),
		Tabs: pc.reportTabs("document"), Hint: p.T("check.document.hint"), Action: path,
		File: Field{ID: "f-file", Name: "file", Label: p.T("check.document.file"),
			Hint: p.T("check.document.file_hint", intake.MaxGridFile>>20)}}
	if refusal != nil {
		page.Refused = p.Text(refusal.Text)
		for _, f := range refusal.Fields {
			page.Refused = p.Text(f.Text)
		}
	}
	if view != nil {
		page.found(pc, *view)
	}
	return page
}

func (page *documentPage) found(pc Context, view app.DocumentView) {
	p, in, year := pc.Printer, view.Input, pc.Year.Year
	in.Language = p
	page.Found = p.T("check.document.found", view.Name, view.Paragraphs, len(view.Found.Numbers), len(view.Found.Findings))
	page.Year = p.T("check.document.col.indicator", int(year))
	for _, f := range view.Found.Findings {
		found := checkFinding{Text: p.Text(f.Text)}
		if f.Section != "" {
			found.Where = in.SectionName(f.Section)
		}
		page.Findings = append(page.Findings, found)
	}
	for _, n := range view.Found.Numbers {
		row := documentRow{Written: n.Written, Around: n.Around, Where: in.SectionName(n.Section)}
		if n.Indicator != "" {
			row.Indicator = layoutLink{Href: IndicatorPath(year, n.Indicator), Text: n.Holds}
			row.Differs, row.Verdict = !n.Agrees, p.T("check.document.agrees")
			if row.Differs {
				row.Verdict = p.T("check.document.differs")
			}
		}
		page.Numbers = append(page.Numbers, row)
	}
	for _, x := range view.Found.Proposed {
		row := proposalRow{Name: x.Name, Measure: p.Measure(x.Measure), Written: x.Written}
		if pc.Actor.MayPlan() == nil {
			row.Href = PlanPath(year) + "/new?" + url.Values{"name": {x.Name}, "measure": {string(x.Measure)},
				"kind": {string(x.Kind)}}.Encode()
		}
		page.Proposals = append(page.Proposals, row)
	}
}

func documentPath(y kpi.Year) string { return checkPath(y) + "/document" }
