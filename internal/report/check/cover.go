package check

import "dabiao/internal/kpi"

// cover warns of a year's report without a date: the date is the office's to choose, and prints as a blank
// until it is.
func (c *checker) cover() []Finding {
	if c.Dated != "" {
		return nil
	}
	return []Finding{{Code: "cover_date_open", Severity: SeverityWarning, Text: kpi.T("check.cover_date_open"),
		Fix: FixCover}}
}
