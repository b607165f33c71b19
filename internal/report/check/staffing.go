package check

// staffing returns the findings of the basic data: more people than posts, costs above their budget,
// figures of last year that differ.
func (c *checker) staffing() []Finding {
	var out []Finding
	for _, f := range c.draft.BasicFigures().Findings {
		found := Finding{Code: "staffing", Severity: SeverityWarning, Text: f.Text, Fix: FixStaffing}
		if f.Error {
			found.Severity = SeverityError
		}
		out = append(out, found)
	}
	return out
}
