package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

func init() {
	pageZero["completeness"], pageZero["letter_show"] = completenessPage{}, letterPage{}
}

// sampleCompleteness is the sample year's townships: one late, one complete, the others as it comes.
func sampleCompleteness() progress.Completeness {
	c := progress.Completeness{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0],
		Today: "2026-07-03", DueDay: 5}
	for i, u := range sampleUnits[1:] {
		var inputs []progress.Input
		for j, spec := range sampleSpecs[:6] {
			if i == 4 {
				break
			}
			if i == 0 {
				spec.months = []int64{1, 1, 1, 1, 1, 1}
			}
			ind := spec.indicator(j + 1)
			inputs = append(inputs, progress.Input{Indicator: ind, Unit: u.ID, AsOf: sampleAsOf, Rules: kpi.DefaultRules,
				Series: progress.Tally(ind.Kind, kpi.ReviewOff, spec.updates(ind, u.ID, 20), nil)})
		}
		c.Units = append(c.Units, progress.CompletenessOf(u, inputs, c.Today,
			func(kpi.IndicatorID, int) bool { return false }))
	}
	return c
}

// completenessPages are the pages about who has reported, with data.
func completenessPages(tag lang.Tag) map[string]any {
	pc, c := sampleContext(tag), sampleCompleteness()
	r := report.Reminders{Office: report.Office{Name: pc.Office.Name, NameEn: pc.Office.NameEn}, Completeness: c,
		Language: pc.Printer}
	bulletin, err := r.Bulletin(5)
	if err != nil {
		panic(err)
	}
	done := c
	done.Units = c.Units[:1]
	return map[string]any{
		"completeness":       NewCompleteness(pc, c, true),
		"completeness:done":  NewCompleteness(pc, done, false),
		"completeness:empty": NewCompleteness(pc, progress.Completeness{Year: c.Year, Unit: c.Unit, Today: c.Today}, false),
		"letter_show": NewLetter(pc, pc.Printer.T("letter_page.bulletin"), "/x.docx",
			map[string]string{"unit": "001", "date": "2026-06-10"}, append(r.All(), bulletin)),
	}
}
