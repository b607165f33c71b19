package demo

import (
	"fmt"
	"maps"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// reportTexts sets the prose of the published year's report in both languages.
func (l *loader) reportTexts() error {
	for _, language := range lang.Tags {
		texts, err := passages(fmt.Sprintf("%d/report.%s.md", publishedYear, language))
		if err != nil {
			return err
		}
		for _, section := range slices.Sorted(maps.Keys(texts)) {
			err := l.app.SetReportText(l.ctx, l.actors[kpi.Staff], publishedYear, report.SectionKey(section), string(language), texts[section])
			if err != nil {
				return fmt.Errorf("report text %s: %w", section, err)
			}
		}
	}
	return nil
}
