package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

func init() {
	for name, zero := range map[string]any{"paper_list": papersPage{}, "outlook": outlookPage{}, "rekey": rekeyPage{},
		"template": templatePage{}} {
		pageZero[name] = zero
	}
}

// paperPages are the pages about the year's papers.
func paperPages(tag lang.Tag) map[string]any {
	pc, board := sampleContext(tag), sampleBoard()
	view := app.OutlookView{Board: board, MaySet: true,
		Outlooks: map[kpi.IndicatorID]kpi.Outlook{1: {Possibility: kpi.Possible,
			Causes: []kpi.Cause{kpi.CauseFunds, kpi.CauseStaff}, Reason: "经费六月才到位"}}}
	said := kpi.Outlook{Possibility: kpi.Impossible}
	d := sampleReport(pc)
	done := map[string]kpi.Rekeyed{}
	for i, l := range report.RekeyRows(d.Annexes[1])[1] {
		tick := kpi.Rekeyed{Row: l.Key, Printed: l.Printed(), By: "liu", At: 1780000000000}
		if i == 2 {
			tick.Printed = "something else"
		}
		if i < 3 {
			done[l.Key] = tick
		}
	}
	return map[string]any{
		"paper_list": NewPapers(pc),
		"outlook":    NewOutlook(pc, view, OutlookInput{Code: "screened"}),
		"outlook:refused": NewOutlook(pc, view, OutlookInput{Code: "screened", Said: &said,
			Refusal: &kpi.Error{Code: kpi.Invalid,
				Text: kpi.T("form_invalid", 2), Fields: []kpi.Field{{Name: "causes", Text: kpi.T("cause_missing")},
					{Name: "reason", Text: kpi.T("outlook_reason_missing")}}}}),
		"template": NewTemplate(pc, app.TemplatesView{MaySet: true,
			Templates: []kpi.Template{{Year: 2026, Paper: "bulletin", Name: "进度通报.docx", SetBy: "liu", SetAt: 1780000000000}}},
			TemplateInput{Paper: report.Bulletin, Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "file", Text: kpi.T("template_token", kpi.T("template.in.document", 4),
					kpi.T("token_area_unknown", "x"))}}}}),
		"rekey": NewRekey(pc, d.Annexes[1], done),
	}
}
