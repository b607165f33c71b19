package progress

import "dabiao/internal/kpi"

// Finding is something to look at before sign-off. It changes no number.
type Finding struct {
	Error     bool // false: a warning
	Text      kpi.Text
	Indicator string // code; empty: about the year as a whole
}

func warn(key string, args ...any) Finding { return Finding{Text: kpi.T(key, args...)} }

// findings lists what is wrong with the weights and the scores, and what the finance bureau's own
// program will ask about.
func (in *ScoreInput) findings(s Score) []Finding {
	out := s.weightFindings()
	for _, r := range s.Rows {
		out = append(out, r.findings(in.Rules)...)
	}
	return append(append(out, in.financeFindings(s)...), in.Money...)
}

func (s Score) weightFindings() []Finding {
	if s.Weight == s.Execution.Weight {
		return nil
	}
	var out []Finding
	if s.Weight != kpi.Hundred {
		out = append(out, Finding{Error: true,
			Text: kpi.T("score.finding.weights", s.Weight.Amount(), s.Execution.Weight.Amount())})
	}
	if !s.Rules.Usual() {
		out = append(out, warn("score.finding.split"))
	}
	for _, h := range s.Headings {
		switch {
		case h.Heading == "":
			out = append(out, warn("score.finding.no_category", h.Weight.Amount()))
		case h.Weight != h.Points:
			out = append(out, warn("score.finding.heading", kpi.T("heading."+string(h.Heading)),
				h.Weight.Amount(), h.Points.Amount()))
		}
	}
	return out
}

func (r ScoreRow) findings(rules kpi.RuleSet) []Finding {
	ind := r.Figure.Indicator
	name := named(ind)
	var out []Finding
	if r.Over && r.Weight > 0 && !r.Reasoned {
		out = append(out, Finding{true, kpi.T("score.finding.over", name, r.Figure.Completion.Value,
			rules.OverFrom.Amount()), ind.Code})
	}
	if rules.MustExplain(r.Figure.Light) && !r.Reasoned {
		out = append(out, Finding{true, kpi.T("explanation.finding", name, kpi.T("light."+string(r.Figure.Light))), ind.Code})
	}
	switch {
	case r.Fault != "" && r.Band != nil:
		out = append(out, Finding{true, kpi.T(r.Fault, name, r.Score.Value, r.Band.From.Amount(),
			r.Band.To.Amount()), ind.Code})
	case r.Fault != "":
		out = append(out, Finding{true, kpi.T(r.Fault, name, r.Score.Value, r.Weight.Amount(), r.Weight.Amount()), ind.Code})
	}
	if r.Changed && r.Proposed.Ok() {
		out = append(out, Finding{false, kpi.T("score.finding.changed", name, r.Score.Value, r.Proposed.Value), ind.Code})
	}
	return out
}

func named(ind kpi.Indicator) kpi.Name { return kpi.Name{Name: ind.Name, NameEn: ind.NameEn} }

// financeFindings computes the finance bureau's own warnings:
//
//   - the indicators' score rate (points ÷ weight of what is scored) exceeds the spending rate by
//     more than 5 % of the spending rate: 95 % of the points with 90 % spent (95 > 90 × 1.05 = 94.5)
//   - more than 20 % of the budget is unspent
//
// Both limits are those of the rule set.
func (in *ScoreInput) financeFindings(s Score) []Finding {
	e := s.Execution
	spent := e.Quotient()
	if !spent.Ok() {
		return nil
	}
	var out []Finding
	weight := s.Weight - e.Weight
	points := s.Earned
	if e.Score.Ok() {
		points -= e.Score.Value
	}
	if scored := weight - s.Open; scored > 0 {
		whole := kpi.Fraction(int64(points), int64(kpi.Hundred), int64(scored), int64(kpi.Hundred+in.Rules.RateGap))
		if whole.Compare(spent.Value) > 0 {
			rate := kpi.Rate(kpi.Amount(points), kpi.Amount(scored))
			out = append(out, warn("score.finding.rate_gap", rate, e.Rate.Value, in.Rules.RateGap.Amount()))
		}
	}
	if unspent := kpi.Divide(e.Budget-e.Spent, e.Budget); unspent.Cmp(in.Rules.UnspentOver) > 0 {
		printed := max(kpi.Hundred-e.Rate.Value, in.Rules.UnspentOver+1)
		out = append(out, warn("score.finding.unspent", printed, in.Rules.UnspentOver.Amount()))
	}
	return out
}
