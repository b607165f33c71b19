package check

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// projects checks the projects themselves and against the budget.
func (c *checker) projects() []Finding {
	var out []Finding
	if progress.HasProjects(c.Projects, c.Board.Budget) &&
		!slices.Contains(c.YearOutline().Annexes, report.ProjectScores) {
		out = append(out, Finding{Code: "project", Severity: SeverityWarning,
			Text: kpi.T("project.finding.no_annex"), Fix: FixOutline})
	}
	for _, f := range progress.ProjectFindings(c.Projects, c.Board.Budget) {
		found := Finding{Code: "project", Severity: SeverityWarning, Text: f.Text, Fix: FixProject}
		if f.Error {
			found.Severity = SeverityError
		}
		switch text := inner(f.Text); {
		case text.Key != f.Text.Key:
			found.Code = text.Key[strings.LastIndex(text.Key, ".")+1:]
			if known, ok := scoringCodes[found.Code]; ok {
				found.Code = known
			}
		case projectTotals[text.Key]:
			found.Code = "totals"
		}
		out = append(out, found)
	}
	return out
}

var projectTotals = map[string]bool{"project.finding.initial": true, "project.finding.full": true,
	"project.finding.spent": true}

// inner returns the sentence that a finding about a project quotes, or else the finding's own.
func inner(t kpi.Text) kpi.Text {
	for _, arg := range t.Args {
		if quoted, ok := arg.(kpi.Text); ok && t.Key == "project.finding.of" {
			return quoted
		}
	}
	return t
}
