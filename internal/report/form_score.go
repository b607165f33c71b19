package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// formScores says how each score came about: the rule with its numbers, and, where the scorer chose
// otherwise, the reason. It is nil while nothing carries points; the form's own columns stay as the
// finance bureau knows them.
func (b *builder) formScores() *Table {
	s := b.Board.Score
	if s == nil || s.Weight == s.Execution.Weight {
		return nil
	}
	t := &Table{Widths: b.formWidths(), Head: 2}
	t.row(label(b.p.T("report.form.how")).over(len(t.Widths), 1))
	t.row(label(b.p.T("report.form.level3")).over(3, 1), label(b.p.T("report.form.weight")), label(b.p.T("report.form.score")),
		label(b.p.T("report.form.rule")).over(4, 1))
	add := func(name, indicator string, weight kpi.Percent, score progress.Opt[kpi.Percent], rule string) {
		points := b.dash()
		if score.Ok() {
			points = b.pointsCell(score.Value, &Ref{Indicator: indicator, Form: RefScore})
		}
		t.row(words(name).over(3, 1).left(), b.weightCell(weight, &Ref{Indicator: indicator, Form: RefWeight}), points, words(rule).over(4, 1).left())
	}
	rule := ""
	if s.Execution.Rule.Key != "" {
		rule = b.p.Text(s.Execution.Rule)
	}
	add(b.p.T("score.execution"), "", s.Execution.Weight, s.Execution.Score, rule)
	for _, l := range s.Lines {
		if l.Weight > 0 {
			add(b.name(*l.Figure), l.Figure.Indicator.Code, l.Weight, l.Score, b.ruleOf(l))
		}
	}
	return t
}

// ruleOf is how a line was scored, or why it is not.
func (b *builder) ruleOf(l progress.ScoreLine) string {
	rule := ""
	switch {
	case l.Rule.Key != "":
		rule = b.p.Text(l.Rule)
	case !l.Proposed.Ok():
		rule = b.p.T("reason." + string(l.Proposed.Reason))
	}
	if l.Manual != nil && l.Manual.Points != nil {
		return b.p.T("report.form.chosen", b.points(*l.Manual.Points), l.Manual.Reason, rule)
	}
	return rule
}
