package demo

import (
	"fmt"
	"maps"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// reportTexts sets the prose of a year's report in both languages, from the files with this prefix.
func (l *loader) reportTexts(year kpi.Year, files string) error {
	for _, language := range lang.Tags {
		texts, err := passages(fmt.Sprintf("%s.%s.md", files, language))
		if err != nil {
			return err
		}
		for _, section := range slices.Sorted(maps.Keys(texts)) {
			err := l.app.SetReportText(l.ctx, l.actors[kpi.Staff], year, report.SectionKey(section),
				string(language), texts[section])
			if err != nil {
				return fmt.Errorf("report text %s: %w", section, err)
			}
		}
	}
	return nil
}

// cover states whom to ask, and the day on which the report is handed in; "" while that is open.
func (l *loader) cover(y kpi.Year, day kpi.Date) error {
	return l.app.SetCover(l.ctx, l.actors[kpi.Staff], y, report.Cover{Date: day, Contact: "办公室"})
}

// signReport has the published year's report checked and signed, in spite of the contradiction it was
// published with.
func (l *loader) signReport() error {
	if _, err := l.app.CheckReport(l.ctx, l.actors[kpi.Staff], publishedYear, "数字与公开的自评报告逐项核对过"); err != nil {
		return err
	}
	_, err := l.app.SignReport(l.ctx, l.actors[kpi.Leader], publishedYear, app.NewSigning{Reason: "公开的报告即如此，庭院数待台账核实"})
	return err
}
