package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// selfScores lists how each score was computed: the rule with its numbers and, if the scorer chose
// otherwise, the reason. It returns nil while nothing has points. It is a table of its own, so that the
// form keeps the columns the finance bureau knows.
func (b *Draft) selfScores() *paper.Table {
	s := b.Board.Score
	if s == nil || s.Weight == s.Execution.Weight {
		return nil
	}
	t := &paper.Table{Widths: b.selfWidths(), Head: 2}
	t.Add(paper.Label(b.p.T("report.paper.how")).Over(len(t.Widths), 1))
	t.Add(paper.Label(b.p.T("report.paper.level3")).Over(3, 1), paper.Label(b.p.T("report.paper.weight")),
		paper.Label(b.p.T("report.paper.score")),
		paper.Label(b.p.T("report.paper.rule")).Over(4, 1))
	add := func(name, indicator string, weight kpi.Percent, score progress.Opt[kpi.Percent], rule string) {
		points := b.dash()
		if score.Ok() {
			points = b.pointsCell(score.Value, &paper.Ref{Indicator: indicator, Aspect: paper.RefScore})
		}
		t.Add(paper.Words(name).Over(3, 1).AtLeft(),
			b.weightCell(weight, &paper.Ref{Indicator: indicator, Aspect: paper.RefWeight}), points,
			paper.Words(rule).Over(4, 1).AtLeft())
	}
	rule := ""
	if s.Execution.Rule.Key != "" {
		rule = b.p.Text(s.Execution.Rule)
	}
	add(b.p.T("score.execution"), "", s.Execution.Weight, s.Execution.Score, rule)
	for _, r := range s.Rows {
		if r.Weight > 0 {
			add(b.name(*r.Figure), r.Figure.Indicator.Code, r.Weight, r.Score, b.ruleOf(r))
		}
	}
	return t
}

// ruleOf returns how an indicator was scored, or why it was not.
func (b *Draft) ruleOf(r progress.ScoreRow) string {
	rule := ""
	switch {
	case r.Rule.Key != "":
		rule = b.p.Text(r.Rule)
	case !r.Proposed.Ok():
		rule = b.p.T("reason." + string(r.Proposed.Reason))
	}
	if r.Manual != nil && r.Manual.Points != nil {
		return b.p.T("report.paper.chosen", b.points(*r.Manual.Points), r.Manual.Reason, rule)
	}
	return rule
}
