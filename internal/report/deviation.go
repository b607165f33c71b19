package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// deviation returns the reason given for a deviation: in the report, beside the figure with its next step,
// or by the scorer. Without one it says how far the figure is from its target, or is a dash if it is not.
func (b *Draft) deviation(f progress.Figure) paper.Cell {
	if own := b.text(DeviationText(f.Indicator.Code)); len(own) > 0 {
		return paper.NewCell(own[0].Paragraph.Runs...).AtLeft()
	}
	if e, ok := b.Board.Said[f.Indicator.ID]; ok {
		return paper.Words(b.p.T("explanation.deviation", unended(e.Reason), unended(e.Next))).AtLeft()
	}
	if r, ok := b.ScoreRow(f); ok && r.Manual != nil {
		return paper.Words(r.Manual.Reason).AtLeft()
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

// unended removes the full stop of a sentence, to embed it in another.
func unended(s string) string { return strings.TrimRight(s, "。．.；;，, \n") }

// off returns a cell that says how far a figure is from its target.
func (b *Draft) off(f progress.Figure, key, by string, aspect paper.RefAspect) paper.Cell {
	return paper.NewCell(phrase(b.p, key, paper.Live(by, ref(f, aspect)))...).AtLeft()
}

// apart writes a difference between two values of an indicator: a number with its measure, or points for
// values in % or ‰.
func (b *Draft) apart(f progress.Figure, by kpi.Amount) string {
	if points := f.Indicator.Measure.Points(); points != "" {
		return b.p.T("token.points."+string(points), b.p.Fixed(by, max(f.Indicator.Decimals, 2)))
	}
	return b.p.Quantity(f.Indicator, kpi.Exactly(by))
}
