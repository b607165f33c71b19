package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func init() {
	pageZero["evidence_entry"], pageZero["evidence_year"] = entryEvidencePage{}, yearEvidencePage{}
}

// evidencePages are the pages about evidence with data.
func evidencePages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	view := sampleView()
	entry := view.Log[2]
	entry.Evidence[0].MediaType, entry.Evidence[1].MediaType = "application/x", "image/jpeg"
	list := app.EvidenceOfYear{Year: pc.Year, Unit: pc.Unit, AsOf: pc.AsOf, Areas: sampleAreas}
	var files []kpi.Evidence
	for i, s := range sampleSpecs {
		list.Indicators = append(list.Indicators, s.indicator(i+1))
		for j := range 6 {
			files = append(files, kpi.Evidence{ID: kpi.EvidenceID(10*i + j), Update: 5, Indicator: kpi.IndicatorID(i + 1),
				Name: "现场照片.jpg", MediaType: "image/jpeg", Size: 2310021, Sensitive: j == 3})
		}
	}
	list.Files = progress.NumberEvidence(list.Areas, list.Indicators, files)
	for i := range list.Files {
		list.Files[i].Unit, list.Files[i].Withdrawn = sampleUnits[1+i%5], i%7 == 0
	}
	closed := pc
	closed.Year.State = kpi.YearClosed
	all := app.EvidenceMarks{Mark: true, Unmark: true, OpenSensitive: true}
	refused := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "evidence", Text: kpi.T("file_not_what_it_says", "a.png")}}}
	return map[string]any{
		"evidence_entry":         NewEntryEvidence(pc, entry, all, EvidenceInput{}),
		"evidence_entry:refused": NewEntryEvidence(pc, entry, all, EvidenceInput{Refusal: refused}),
		"evidence_entry:closed":  NewEntryEvidence(closed, view.Log[3], all, EvidenceInput{}),
		"evidence_year": NewYearEvidence(pc, list, app.EvidenceQuery{Year: 2026, Area: "rights"}, evidenceOnPage/2,
			EraseInput{}),
		"evidence_year:empty": NewYearEvidence(pc, app.EvidenceOfYear{Year: pc.Year, Unit: pc.Unit},
			app.EvidenceQuery{Year: 2026}, 0, EraseInput{}),
	}
}
