package progress

import "dabiao/internal/kpi"

// ScoreInput is everything a year's score is computed from.
type ScoreInput struct {
	Rules   kpi.RuleSet
	Figures []Figure // of the whole office, in the board's order
	Budget  Budget
	Manual  map[kpi.IndicatorID]kpi.ManualScore // the latest entry of each indicator
	Reasons map[kpi.IndicatorID]bool            // whose deviation is explained, on its page or in the report
	Money   []Finding                           // findings about the budget's sums
}

// Score is the year's self-evaluation in points (得分), in hundredths of a point: 8_62 is 8.62. Points
// that cannot be determined yet are open: they are in no sum, and Open says how many there are.
type Score struct {
	Rules     kpi.RuleSet
	Execution ExecutionScore
	Rows      []ScoreRow `json:"Lines"` // as signed reports store it; one for each indicator, in the board's order
	Headings  []HeadingScore
	Weight    kpi.Percent      // total weight of execution and the weighted indicators; must be 100
	Earned    kpi.Percent      // the sum of what is scored
	Open      kpi.Percent      // the weight of what is not scored yet
	Cap       *kpi.Cap         // the cap that limits the total; nil: none does
	Total     Opt[kpi.Percent] // Earned, limited by the cap; provisional while points are open
	Grade     Opt[kpi.Grade]   // absent while points are open or the weights are not 100
	Findings  []Finding
}

// ExecutionScore is the row 预算执行率: weight × spent ÷ full-year budget, 2 decimals, at most the
// weight: 10 × 215457.6 ÷ 250000 = 8.62. Without a budget there is no rate and no score.
type ExecutionScore struct {
	Weight        kpi.Percent
	Spent, Budget kpi.Amount
	Rate          Opt[kpi.Percent]
	Score         Opt[kpi.Percent]
	Rule          kpi.Text
}

// Quotient returns spent ÷ full-year budget exactly; caps and warnings are decided by it.
func (e ExecutionScore) Quotient() Opt[kpi.Quotient] {
	if !e.Rate.Ok() {
		return None[kpi.Quotient](e.Rate.Reason)
	}
	return Some(kpi.Divide(e.Spent, e.Budget))
}

// ScoreLine is one indicator's score and how it was reached.
type ScoreRow struct {
	Figure   *Figure
	Heading  kpi.Heading // "" for an indicator without a category
	Weight   kpi.Percent
	Proposed Opt[kpi.Percent]
	Band     *kpi.Band        // for judgements: the range the scorer chooses from
	Rule     kpi.Text         // how Proposed was computed, with its numbers; without a key if nothing was proposed
	Manual   *kpi.ManualScore // the scorer's latest entry; it is in force if it has points
	Score    Opt[kpi.Percent] // the manual score, or else the proposal
	Over     bool             // the target is exceeded by so much that a reason is compulsory
	Reasoned bool             // the reason was given
	Changed  bool             // the rules now propose something other than when the manual score was given
	Fault    string           // catalogue key: the manual score no longer fits the weight or the band
}

// HeadingScore is the sum of a first-level heading.
type HeadingScore struct {
	Heading kpi.Heading // "": indicators without a category
	Points  kpi.Percent // according to the rule set
	Weight  kpi.Percent // total weight of its indicators
	Score   kpi.Percent
	Open    kpi.Percent
}

// Rate scores a year.
func Rate(in ScoreInput) Score {
	s := Score{Rules: in.Rules, Execution: in.execution()}
	s.Weight = s.Execution.Weight
	s.count(s.Execution.Score, s.Execution.Weight)
	for i := range in.Figures {
		row := in.row(&in.Figures[i])
		s.Rows = append(s.Rows, row)
		if row.Weight > 0 {
			s.Weight += row.Weight
			s.count(row.Score, row.Weight)
		}
	}
	s.Headings = s.headings()
	s.sum()
	s.Findings = in.findings(s)
	return s
}

func (s *Score) count(points Opt[kpi.Percent], weight kpi.Percent) {
	if points.Ok() {
		s.Earned += points.Value
		return
	}
	s.Open += weight
}

// sum fills in the total, limited by the lowest cap that the execution rate falls below, and its grade.
func (s *Score) sum() {
	if s.Weight == s.Execution.Weight {
		s.Total, s.Grade = None[kpi.Percent](ReasonNoWeight), None[kpi.Grade](ReasonNoWeight)
		return
	}
	s.Total = Some(s.Earned)
	for _, c := range s.Rules.Caps {
		if done := s.Execution.Quotient(); done.Ok() && !done.Value.Reaches(c.Below) && s.Total.Value > c.AtMost {
			s.Cap, s.Total = &c, Some(c.AtMost)
		}
	}
	switch {
	case s.Weight != kpi.Hundred:
		s.Grade = None[kpi.Grade](ReasonWeights)
	case s.Open > 0:
		s.Grade = None[kpi.Grade](ReasonOpenPoints)
	default:
		s.Grade = Some(s.Rules.Grade(s.Total.Value))
	}
}

func (in *ScoreInput) execution() ExecutionScore {
	total := in.Budget.Total
	e := ExecutionScore{Weight: in.Rules.Execution, Spent: total.Spent, Budget: total.Budget(), Rate: total.Execution}
	if !e.Rate.Ok() || e.Budget <= 0 {
		e.Rate, e.Score = None[kpi.Percent](ReasonNoBudget), None[kpi.Percent](ReasonNoBudget)
		return e
	}
	e.Score = Some(clamp(kpi.Divide(e.Spent, e.Budget).Points(e.Weight), e.Weight))
	e.Rule = kpi.T("score.rule.execution", e.Weight.Amount(), e.Spent, e.Budget, e.Score.Value)
	return e
}

func (in *ScoreInput) row(f *Figure) ScoreRow {
	r := ScoreRow{Figure: f}
	r.Heading, _ = in.Rules.HeadingOf(f.Indicator.Category)
	if f.Target != nil {
		r.Weight = f.Target.Weight
	}
	r.Over = f.FarAbove(in.Rules)
	in.propose(&r)
	r.Score = r.Proposed
	if m, ok := in.Manual[f.Indicator.ID]; ok {
		r.Manual = &m
		r.manual(m)
	}
	r.Reasoned = r.Manual != nil || in.Reasons[f.Indicator.ID]
	return r
}

// manual applies the scorer's points. They are never changed; if they no longer fit, Fault says so.
func (r *ScoreRow) manual(m kpi.ManualScore) {
	if m.Points == nil || r.Weight == 0 {
		return
	}
	r.Score = Some(*m.Points)
	switch {
	case *m.Points > r.Weight:
		r.Fault = "score.finding.above_weight"
	case r.Band != nil && !r.Band.Holds(*m.Points):
		r.Fault = "score.finding.outside_band"
	}
	was := None[kpi.Percent](ReasonUnjudged)
	if m.Proposed != nil {
		was = Some(*m.Proposed)
	}
	r.Changed = r.Proposed.Ok() != was.Ok() || r.Proposed.Value != was.Value
}

// Check refuses points that the row does not allow: above its weight or outside its band. A row
// without weight takes none, and a judgement must be made before it is scored.
func (r ScoreRow) Check(points kpi.Percent) error {
	var m kpi.Mistakes
	switch {
	case r.Weight == 0:
		m.Add("score", "score_no_weight", r.Figure.Indicator.Name)
	case points < 0 || points > r.Weight:
		m.Add("score", "score_above_weight", r.Weight.Amount())
	case r.Band == nil && r.Figure.Indicator.Kind == kpi.Level:
		m.Add("score", "score_unjudged", r.Figure.Indicator.Name)
	case r.Band != nil && !r.Band.Holds(points):
		key := "score_outside_band"
		if r.Band.Whole {
			key = "score_outside_band_met"
		}
		m.Add("score", key, r.Band.From.Amount(), r.Band.To.Amount())
	}
	return m.Err()
}

// headings sums the rows under the rule set's headings, in the form's order; rows with a weight and
// no category come last.
func (s *Score) headings() []HeadingScore {
	var out []HeadingScore
	for _, h := range append(kpi.Headings[:len(kpi.Headings):len(kpi.Headings)], "") {
		sum := HeadingScore{Heading: h, Points: s.Rules.Points(h)}
		for _, r := range s.Rows {
			if r.Heading != h || r.Weight == 0 {
				continue
			}
			sum.Weight += r.Weight
			if r.Score.Ok() {
				sum.Score += r.Score.Value
			} else {
				sum.Open += r.Weight
			}
		}
		if sum.Points > 0 || sum.Weight > 0 {
			out = append(out, sum)
		}
	}
	return out
}

// Row returns an indicator's row; ok is false if the indicator is not in the year.
func (s Score) Row(id kpi.IndicatorID) (r ScoreRow, ok bool) {
	for _, r := range s.Rows {
		if r.Figure.Indicator.ID == id {
			return r, true
		}
	}
	return ScoreRow{}, false
}

func clamp(points, most kpi.Percent) kpi.Percent { return min(max(points, 0), most) }
