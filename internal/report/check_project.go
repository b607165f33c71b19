package report

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// projects holds the projects against the budget and themselves.
func (c *checker) projects() []Finding {
	var out []Finding
	if progress.HasProjects(c.Projects, c.Board.Budget) && !slices.Contains(c.outline().Annexes, ProjectScores) {
		out = append(out, Finding{Code: "project", Severity: SeverityWarning, Text: kpi.T("project.finding.no_annex"), Mend: MendOutline})
	}
	for _, f := range progress.ProjectFindings(c.Projects, c.Board.Budget) {
		found := Finding{Code: "project", Severity: SeverityWarning, Text: f.Text, Mend: MendProject}
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

var projectTotals = map[string]bool{"project.finding.initial": true, "project.finding.full": true, "project.finding.spent": true}

// inner is the sentence that a finding about a project quotes, or the finding's own.
func inner(t kpi.Text) kpi.Text {
	for _, arg := range t.Args {
		if quoted, ok := arg.(kpi.Text); ok && t.Key == "project.finding.of" {
			return quoted
		}
	}
	return t
}

// projectChanges are the projects of a frozen report that are others by now, or gone, and new ones.
func projectChanges(was, is *builder) []Change {
	after := map[string]progress.ProjectScore{}
	for _, p := range is.Projects {
		after[p.Code] = p
	}
	var out []Change
	for _, p := range was.Projects {
		q, ok := after[p.Code]
		delete(after, p.Code)
		now := ""
		if ok {
			now = is.projectText(q)
		}
		if !ok || !sameProject(p.Project, q.Project) {
			out = append(out, Change{What: kpi.T("signoff.change.project", p.Names()), Frozen: was.projectText(p), Now: now})
		}
	}
	for _, p := range is.Projects {
		if _, fresh := after[p.Code]; fresh {
			out = append(out, Change{What: kpi.T("signoff.change.project", p.Names()), Now: is.projectText(p)})
		}
	}
	return out
}

// sameProject leaves aside who entered it and when.
func sameProject(a, b kpi.Project) bool {
	b.ID, b.SetBy, b.SetAt = a.ID, a.SetBy, a.SetAt
	return sameJSON(a, b)
}

// projectText is a project's money and points in a line.
func (b *builder) projectText(p progress.ProjectScore) string {
	points := b.p.T("report.dash")
	if p.Score.Total.Ok() {
		points = b.points(p.Score.Total.Value)
	}
	total := p.Budget.Total
	return b.p.T("report.project.line", b.tenThousand(total.Budget(), total.Decimals), b.tenThousand(total.Spent, total.Decimals), points)
}
