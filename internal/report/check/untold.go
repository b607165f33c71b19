package check

import (
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// untold names the figures of each area that the text does not say and that are not listed below it either: readers
// find them in the tables only.
func (c *checker) untold() (out []Finding) {
	for _, a := range c.Board.Areas {
		left := c.Untold(a.Area.Code)
		if len(left) == 0 {
			continue
		}
		names := make([]kpi.Name, len(left))
		for i, f := range left {
			names[i] = f.Indicator.Names()
		}
		out = append(out, Finding{Code: "untold", Severity: SeverityWarning, Section: report.AreaText(a.Area.Code),
			Fix: FixText, Text: kpi.T("check.untold", kpi.Name{Name: a.Area.Name, NameEn: a.Area.NameEn}, len(left),
				report.Listed(names))})
	}
	return out
}
