package check

// staffing is what the basic data finds: more people than posts, costs beyond their budget, last year's
// figures that are others.
func (c *checker) staffing() []Finding {
	var out []Finding
	for _, f := range c.draft.BasicFigures().Findings {
		found := Finding{Code: "staffing", Severity: SeverityWarning, Text: f.Text, Mend: MendStaffing}
		if f.Error {
			found.Severity = SeverityError
		}
		out = append(out, found)
	}
	return out
}
