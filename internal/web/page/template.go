package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

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
