package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// deviation is the office's reason where it gave one: in the report, or beside the figure with its next
// step; or the scorer's; else how far the figure is from its target, a dash where there is none.
func (b *builder) deviation(f progress.Figure) Cell {
	if own := b.text(DeviationText(f.Indicator.Code)); len(own) > 0 {
		return cell(own[0].Paragraph.Runs...).left()
	}
	if e, ok := b.Board.Said[f.Indicator.ID]; ok {
		return words(b.p.T("explanation.deviation", unended(e.Reason), unended(e.Next))).left()
	}
	if l, ok := b.scoreLine(f); ok && l.Manual != nil {
		return words(l.Manual.Reason).left()
	}
	switch {
	case f.Target == nil:
		return words(b.p.T("report.dash"))
	case !f.Achievement.Ok():
		return cell(phrase(b.p, "report.no_value")...)
	case f.Light == kpi.Over:
		return cell(phrase(b.p, "report.form.deviation.missed")...).left()
	case f.Target.Sign.Ceiling():
		return cell(phrase(b.p, "report.form.deviation.none")...)
	case f.Completion.Ok() && f.Completion.Value >= b.rules().OverFrom:
		return b.pointsOff(f, "report.form.deviation.far_above", f.Completion.Value-kpi.Hundred)
	case f.Light == kpi.Done:
		return cell(phrase(b.p, "report.form.deviation.none")...)
	case f.Completion.Ok():
		return b.pointsOff(f, "report.form.deviation.below", kpi.Hundred-f.Completion.Value)
	}
	return cell(phrase(b.p, "report.form.deviation.missed")...).left()
}

// unended is a sentence that goes on inside another: without its full stop.
func unended(s string) string { return strings.TrimRight(s, "。．.；;，, \n") }

// pointsOff says a difference of rates in percentage points.
func (b *builder) pointsOff(f progress.Figure, key string, x kpi.Percent) Cell {
	return cell(phrase(b.p, key, Run{x.String(), ref(f, RefRate)})...).left()
}
