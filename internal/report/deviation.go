package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// deviation is the office's reason where it gave one: in the report, or beside the figure with its next
// step; or the scorer's; else how far the figure is from its target, a dash where there is none.
func (b *Draft) deviation(f progress.Figure) paper.Cell {
	if own := b.text(DeviationText(f.Indicator.Code)); len(own) > 0 {
		return paper.NewCell(own[0].Paragraph.Runs...).AtLeft()
	}
	if e, ok := b.Board.Said[f.Indicator.ID]; ok {
		return paper.Words(b.p.T("explanation.deviation", unended(e.Reason), unended(e.Next))).AtLeft()
	}
	if l, ok := b.ScoreLine(f); ok && l.Manual != nil {
		return paper.Words(l.Manual.Reason).AtLeft()
	}
	switch {
	case f.Target == nil:
		return paper.Words(b.p.T("report.dash"))
	case !f.Achievement.Ok():
		return paper.NewCell(phrase(b.p, "report.no_value")...)
	case f.Light == kpi.Over:
		return paper.NewCell(phrase(b.p, "report.paper.deviation.missed")...).AtLeft()
	case f.Light == kpi.Unclear:
		return paper.Words(b.p.T("reason.approximate")).AtLeft()
	case f.Target.Sign.Ceiling():
		return paper.NewCell(phrase(b.p, "report.paper.deviation.none")...)
	case f.FarAbove(b.Rules()):
		return b.off(f, "report.paper.deviation.far_above", (f.Completion.Value - kpi.Hundred).String(), paper.RefRate)
	case f.Met:
		return paper.NewCell(phrase(b.p, "report.paper.deviation.none")...)
	case f.Missing.Ok():
		return b.off(f, "report.paper.deviation.short", b.apart(f, f.Missing.Value), paper.RefDifference)
	case f.Passed():
		return b.off(f, "report.paper.deviation.passed", b.apart(f, f.Relied.Value-f.Target.Amount), paper.RefDifference)
	}
	return paper.NewCell(phrase(b.p, "report.paper.deviation.missed")...).AtLeft()
}

// unended is a sentence that goes on inside another: without its full stop.
func unended(s string) string { return strings.TrimRight(s, "。．.；;，, \n") }

// off says how far a figure is from its target.
func (b *Draft) off(f progress.Figure, key, by string, aspect paper.RefAspect) paper.Cell {
	return paper.NewCell(phrase(b.p, key, paper.Live(by, ref(f, aspect)))...).AtLeft()
}

// apart is a difference of two of an indicator's values: a number with its measure, of what is in % or ‰
// the points between them.
func (b *Draft) apart(f progress.Figure, by kpi.Amount) string {
	if points := f.Indicator.Measure.Points(); points != "" {
		return b.p.T("token.points."+string(points), b.p.Fixed(by, max(f.Indicator.Decimals, 2)))
	}
	return b.p.Quantity(f.Indicator, kpi.Exactly(by))
}
