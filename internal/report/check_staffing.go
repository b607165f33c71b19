package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// staffing is what the basic data finds: more people than posts, costs beyond their budget, last year's
// figures that are others.
func (c *checker) staffing() []Finding {
	var out []Finding
	for _, f := range c.b.basic().Findings {
		found := Finding{Code: "staffing", Severity: SeverityWarning, Text: f.Text, Mend: MendStaffing}
		if f.Error {
			found.Severity = SeverityError
		}
		out = append(out, found)
	}
	return out
}

// staffingChanges are the rows of the basic data that are others since a report was frozen.
func staffingChanges(was, is *builder) []Change {
	var out []Change
	for i, tables := range [][2]*paper.Table{{was.basicStaff(), is.basicStaff()}, {was.basicOfficial(), is.basicOfficial()}} {
		for row := 1; row < len(tables[0].Rows); row++ {
			before, now := rowWords(tables[0].Rows[row]), rowWords(tables[1].Rows[row])
			if before == now {
				continue
			}
			name := kpi.T("official." + string(was.basic().Official[row-1].Row))
			if i == 0 {
				name = kpi.T("staff.total")
				if k := was.basic().Staff[row-1].Kind; k != "" {
					name = kpi.T("staff." + string(k))
				}
			}
			out = append(out, Change{What: kpi.T("signoff.change.staffing", name), Frozen: before, Now: now})
		}
	}
	return out
}

// rowWords are a row's cells behind its name.
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
