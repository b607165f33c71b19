package check

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// stages compares counts of the same thing: no more can be awarded than were recommended, and two
// indicators that count the same must not differ.
func (c *checker) stages() []Finding {
	var out []Finding
	for i, a := range c.facts {
		for _, b := range c.facts[i+1:] {
			if !a.same(b) || a.amount == b.amount {
				continue
			}
			if a.stage == awarded && b.stage == proposed {
				a, b = b, a
			}
			f := Finding{Severity: SeverityError, Indicator: b.indicator, Fix: FixIndicator}
			switch {
			case a.stage == proposed && b.stage == awarded && b.amount > a.amount && a.exact:
				f.Code = "two_values"
				f.Text = kpi.T("check.awarded_over", b.name, quantity(b.amount, b.measure), a.name, quantity(a.amount, a.measure))
			case a.stage == b.stage:
				f.Code = "two_values"
				f.Text = kpi.T("check.two_indicators", a.name, quantity(a.amount, a.measure), b.name, quantity(b.amount, b.measure))
			default:
				continue
			}
			out = append(out, f)
		}
	}
	return out
}

// parts finds parts (其中) larger than their whole.
func (c *checker) parts() []Finding {
	var out []Finding
	for i := range c.figures {
		part := &c.figures[i]
		whole := c.byID[part.Indicator.PartOf]
		if whole == nil || !part.Achievement.Ok() || !whole.Achievement.Ok() ||
			whole.Achievement.Value.Precision != kpi.Exact {
			continue
		}
		if base(part.Indicator.Measure) != base(whole.Indicator.Measure) &&
			!part.Indicator.Measure.PartOf(whole.Indicator.Measure) {
			continue
		}
		if part.Achievement.Value.Amount > whole.Achievement.Value.Amount {
			out = append(out, of(part, "part_larger", SeverityError, c.said(part), whole.Indicator.Names(), c.said(whole)))
		}
	}
	return out
}

// scoring returns the findings of the score: weights, bands, over-achievement without a reason, sums of
// the budget, and what the finance side will ask about.
func (c *checker) scoring() []Finding {
	if c.Board.Score == nil {
		return nil
	}
	var out []Finding
	for _, f := range c.Board.Score.Findings {
		if f.Text.Key == "explanation.finding" && c.draft.YearEnd() {
			continue // deviations finds all missed targets
		}
		code := f.Text.Key[strings.LastIndex(f.Text.Key, ".")+1:]
		if known, ok := scoringCodes[code]; ok {
			code = known
		}
		found := Finding{Code: code, Severity: SeverityWarning, Text: f.Text, Indicator: f.Indicator, Fix: FixScore}
		if f.Error {
			found.Severity = SeverityError
		}
		if strings.HasPrefix(f.Text.Key, "budget.") {
			found.Fix = FixBudget
		}
		out = append(out, found)
	}
	return out
}

var scoringCodes = map[string]string{"outside_band": "score_band", "above_weight": "score_band",
	"over": "deviation", "finding": "deviation",
	"sources": "totals", "natures": "totals"}

// deviations finds targets that were missed, or far exceeded, without a reason. Before the year's end
// no reason is required.
func (c *checker) deviations() []Finding {
	if !c.draft.YearEnd() {
		return nil
	}
	var out []Finding
	for i := range c.figures {
		f := &c.figures[i]
		if f.Target == nil || !f.Achievement.Ok() || c.reasoned(f) {
			continue
		}
		switch {
		case !f.Met:
			out = append(out, inDeviation(of(f, "deviation", SeverityError)))
		case f.FarAbove(c.draft.Rules()) && f.Target.Weight == 0: // with a weight, scoring finds it
			out = append(out, inDeviation(of(f, "deviation_over", SeverityWarning, f.Completion.Value)))
		}
	}
	return out
}

// inDeviation directs a finding to the text of the indicator's reason.
func inDeviation(f Finding) Finding {
	f.Code, f.Section, f.Fix = "deviation", report.DeviationText(f.Indicator), FixText
	return f
}

func (c *checker) reasoned(f *progress.Figure) bool {
	if _, said := c.Board.Said[f.Indicator.ID]; said {
		return true
	}
	r, ok := c.draft.ScoreRow(*f)
	return strings.TrimSpace(c.Texts[report.DeviationText(f.Indicator.Code)]) != "" || ok && r.Manual != nil
}

// readings finds readings older than the last month in a year-end report.
func (c *checker) readings() []Finding {
	var out []Finding
	for i := range c.figures {
		f := &c.figures[i]
		reading := f.Indicator.Kind == kpi.Running || f.Indicator.Kind == kpi.Standard
		if c.draft.YearEnd() && reading && f.LastUpdate != "" && f.LastUpdate.Period().Month < c.Board.AsOf.Month {
			out = append(out, of(f, "stale_reading", SeverityWarning, c.said(f), f.LastUpdate.Period().Month))
		}
	}
	return out
}

// approximate lists the figures that were never replaced by exact ones.
func (c *checker) approximate() []Finding {
	severity := SeverityNote
	if c.draft.YearEnd() {
		severity = SeverityWarning
	}
	var out []Finding
	for i := range c.figures {
		f := &c.figures[i]
		if f.Achievement.Ok() && f.Achievement.Value.Precision != kpi.Exact && !f.Indicator.Divides() {
			out = append(out, of(f, "approximate", severity, c.said(f)))
		}
	}
	return out
}

// wordings checks how single entries were written: 31万, 12人/次.
func (c *checker) wordings() []Finding {
	var out []Finding
	for i := range c.figures {
		f := &c.figures[i]
		for _, m := range intake.Mentions(c.Wordings[f.Indicator.ID], c.measures, nil) {
			if m.Odd == intake.Plain {
				continue
			}
			found := of(f, "measure", SeverityNote)
			found.Quote = m.Written
			found.Text = kpi.T("check.written_"+string(m.Odd), f.Indicator.Names(), m.Written,
				quantity(m.Amount, f.Indicator.Measure))
			out = append(out, found)
		}
	}
	return out
}

// unbudgeted finds money reported while the budget for projects is 0 and the money's source is not
// stated.
func (c *checker) unbudgeted() []Finding {
	zero := false
	for _, l := range c.Board.Budget.Fund(kpi.GeneralBudget) {
		zero = zero || l.Nature == kpi.ProjectSpend && !l.Moves()
	}
	if !zero || len(c.Others) > 0 {
		return nil
	}
	n, first := 0, (*progress.Figure)(nil)
	for i := range c.figures {
		f := &c.figures[i]
		if f.Indicator.Kind == kpi.Money && f.Achievement.Ok() && f.Achievement.Value.Amount > 0 {
			if n++; first == nil {
				first = f
			}
		}
	}
	if n == 0 {
		return nil
	}
	return []Finding{{Code: "money_without_budget", Severity: SeverityWarning, Fix: FixBudget,
		Text: kpi.T("check.money_without_budget", n, first.Indicator.Names(), c.said(first))}}
}

// targets counts the indicators without a target.
func (c *checker) targets() []Finding {
	n := 0
	for _, f := range c.figures {
		if f.Target == nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []Finding{{Code: "no_target", Severity: SeverityWarning, Fix: FixPlan,
		Text: kpi.T("check.no_target", n, len(c.figures))}}
}

// missing finds figures without any entry at the end of the year.
func (c *checker) missing() []Finding {
	var out []Finding
	for i := range c.figures {
		f := &c.figures[i]
		if c.draft.YearEnd() && f.Achievement.Reason == progress.ReasonNoValue {
			out = append(out, of(f, "no_value", SeverityWarning))
		}
	}
	return out
}

// empty lists the sections that print that they are not filled in.
func (c *checker) empty() []Finding {
	var out []Finding
	for _, key := range []report.SectionKey{report.Staffing, report.Duties, report.Problems,
		report.Improvements, report.Publication} {
		if key == report.Staffing && c.draft.BasicFigures().StaffStated() {
			continue // it is generated
		}
		if strings.TrimSpace(c.Texts[key]) == "" {
			out = append(out, Finding{Code: "section_empty", Severity: SeverityNote, Section: key, Fix: FixText,
				Text: kpi.T("check.section_empty", kpi.T("report.section."+string(key)))})
		}
	}
	return out
}
