package kpi

// Check refuses a rule set that contradicts itself: points that do not add up to 100, thresholds out of
// order, a category under two headings or under none.
func (r RuleSet) Check() error {
	var m Mistakes
	if r.Name == "" {
		m.Add("name", "name_missing")
	}
	checkLength(&m, "name", r.Name, 100)
	checkLength(&m, "place", r.Place, 100)
	r.checkThresholds(&m)
	r.checkSplit(&m)
	for i, c := range r.Caps {
		if !within(c.Below) || !within(c.AtMost) {
			m.Add("caps", "rules_cap_range", i+1)
		}
	}
	for i, a := range r.Alarms {
		if a.Month < 1 || a.Month > 12 || !within(a.Below) {
			m.Add("alarms", "rules_alarm_range", i+1)
		}
	}
	m.Merge(r.Forms.Check())
	return m.Err()
}

func within(p Percent) bool { return p >= 0 && p <= Hundred }

func (r RuleSet) checkThresholds(m *Mistakes) {
	rising := func(field string, bounds ...Percent) {
		for i, b := range bounds {
			if b < 0 || i > 0 && b <= bounds[i-1] {
				m.Add(field, "rules_order")
				return
			}
		}
	}
	rising("ahead_from", r.FarBehindBelow, r.BehindBelow, r.AheadFrom)
	rising("met_from", r.PartlyFrom, r.MetFrom, Hundred+1)
	rising("excellent", r.Fair, r.Good, r.Excellent, Hundred+1)
	if r.StaleAfter < 1 || r.StaleAfter > 12 {
		m.Add("stale_after", "rules_stale_range")
	}
	if r.DueDay < 1 || r.DueDay > 28 {
		m.Add("due_day", "rules_due_day_range")
	}
	if !contains(ExplainRules, r.Explain) {
		m.Add("explain", "rules_explain_unknown", string(r.Explain))
	}
	if r.OverFrom <= Hundred || r.OverFrom > 10*Hundred {
		m.Add("over_from", "rules_over_range")
	}
	for _, f := range []struct {
		name  string
		value Percent
	}{{"over_deduction", r.OverDeduction}, {"rate_gap", r.RateGap}, {"unspent_over", r.UnspentOver}} {
		if !within(f.value) {
			m.Add(f.name, "rules_percent_range")
		}
	}
	if r.Ceiling != CeilingLinear && r.Ceiling != CeilingQuotient {
		m.Add("ceiling", "rules_ceiling_unknown", string(r.Ceiling))
	}
}

func (r RuleSet) checkSplit(m *Mistakes) {
	heads, categories := map[Heading]bool{}, map[Category]bool{}
	for _, s := range r.Split {
		if !s.Heading.Known() || heads[s.Heading] {
			m.Add("split", "rules_heading_unknown", string(s.Heading))
		}
		heads[s.Heading] = true
		if !within(s.Points) {
			m.Add(string(s.Heading), "rules_percent_range")
		}
		for _, c := range s.Categories {
			if !c.Known() || categories[c] {
				m.Add("split", "category_unknown", string(c))
			}
			categories[c] = true
		}
	}
	if !within(r.Execution) {
		m.Add("execution", "rules_percent_range")
	}
	if len(categories) < len(Categories) {
		m.Add("split", "rules_categories_missing")
	}
	if total := r.Total(); total != Hundred {
		m.Add("execution", "rules_total", total.String())
	}
}
