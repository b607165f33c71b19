package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// projectChanges returns the projects that were changed, removed or added since a report was frozen.
func projectChanges(was, is *Draft) []Change {
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

// sameProject compares projects without who entered them and when.
func sameProject(a, b kpi.Project) bool {
	b.ID, b.SetBy, b.SetAt = a.ID, a.SetBy, a.SetAt
	return sameJSON(a, b)
}

// projectText summarizes a project's money and points.
func (b *Draft) projectText(p progress.ProjectScore) string {
	points := b.p.T("report.dash")
	if p.Score.Total.Ok() {
		points = b.points(p.Score.Total.Value)
	}
	total := p.Budget.Total
	return b.p.T("report.project.line", b.tenThousand(total.Budget(), total.Decimals),
		b.tenThousand(total.Spent, total.Decimals), points)
}

// staffingChanges returns the rows of the basic data that have changed since a report was frozen.
func staffingChanges(was, is *Draft) []Change {
	var out []Change
	for i, tables := range [][2]*paper.Table{
		{was.basicStaff(was.BasicFigures().Staff), is.basicStaff(is.BasicFigures().Staff)},
		{was.basicOfficial(), is.basicOfficial()}} {
		for row := 1; row < len(tables[0].Rows); row++ {
			before, now := rowWords(tables[0].Rows[row]), rowWords(tables[1].Rows[row])
			if before == now {
				continue
			}
			name := kpi.T("official." + string(was.BasicFigures().Official[row-1].Row))
			if i == 0 {
				name = kpi.T("staff.total")
				if k := was.BasicFigures().Staff[row-1].Kind; k != "" {
					name = kpi.T("staff." + string(k))
				}
			}
			out = append(out, Change{What: kpi.T("signoff.change.staffing", name), Frozen: before, Now: now})
		}
	}
	return out
}

// rowWords returns the texts of a row's cells after its name.
func rowWords(r paper.Row) string {
	s := ""
	for i, c := range r.Cells[1:] {
		if i > 0 {
			s += " | "
		}
		s += c.Text()
	}
	return s
}
