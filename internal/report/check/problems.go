package check

import (
	"regexp"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// nothingSaid is a section that states nothing, or that there is nothing.
var nothingSaid = regexp.MustCompile(`^[\s　]*(?:(?:无|没有|暂无|None|none)[。.]?)?[\s　]*$`)

// problemsDenied warns where the section on problems says 无 while figures are far behind or over their limits.
func (c *checker) problemsDenied() []Finding {
	if !nothingSaid.MatchString(c.Texts[report.Problems]) {
		return nil
	}
	far, over := 0, 0
	for i := range c.figures {
		switch c.figures[i].Light {
		case kpi.FarBehind:
			far++
		case kpi.Over:
			over++
		}
	}
	if far+over == 0 {
		return nil
	}
	return []Finding{{Code: "problems_denied", Severity: SeverityWarning, Section: report.Problems, Fix: FixText,
		Text: kpi.T("check.problems_denied", far, over)}}
}
