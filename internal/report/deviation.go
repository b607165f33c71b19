package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// deviation returns the reason given for a deviation: in the report, beside the figure with its next step,
// or by the scorer. Without one it says how far the figure is from its target, or that it is not.
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
	d := f.Deviation()
	switch {
	case f.Target == nil:
		return paper.Words(b.p.T("report.dash"))
	case !f.Achievement.Ok():
		return paper.NewCell(phrase(b.p, "report.no_value")...)
	case d.Ok() && (d.Value.Missed || f.FarAbove(b.Rules())):
		return paper.NewCell(phrase(b.p, "report.paper.deviation.unexplained", b.deviating(&f, d.Value))...).AtLeft()
	case f.Light == kpi.Unclear:
		return paper.Words(b.p.T("reason.approximate")).AtLeft()
	case d.Ok(), f.Met:
		return paper.NewCell(phrase(b.p, "report.paper.deviation.none")...)
	}
	return paper.NewCell(phrase(b.p, "report.paper.deviation.missed")...).AtLeft()
}

// unended removes the full stop of a sentence, to embed it in another.
func unended(s string) string { return strings.TrimRight(s, "。．.；;，, \n") }

// deviating words how far a figure is from its target, with its direction: 少93人次.
func (b *Draft) deviating(f *progress.Figure, d progress.Deviation) paper.Run {
	return paper.Live(b.p.Deviation(f.Indicator, f.Target.Sign, d.By, d.Bound), ref(*f, paper.RefDifference))
}
