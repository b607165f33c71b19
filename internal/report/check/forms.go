package check

// forms finds rows of the basic data whose parts do not fit them.
func (c *checker) forms() []Finding {
	var out []Finding
	for _, text := range c.draft.FormSums().Findings(c.draft.Rules().YearForms()) {
		out = append(out, Finding{Code: "totals", Severity: SeverityWarning, Text: text, Fix: FixRows})
	}
	return out
}
