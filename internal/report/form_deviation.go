package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// farAbove is the completion from which an over-achievement needs a reason.
const farAbove = 130_00

// deviation is the office's reason where it gave one; else how far the figure is from its target,
// a dash where there is none.
func (b *builder) deviation(f progress.Figure) Cell {
	if own := b.text(DeviationText(f.Indicator.Code)); len(own) > 0 {
		return cell(own[0].Paragraph.Runs...).left()
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
	case f.Completion.Ok() && f.Completion.Value >= farAbove:
		return b.points(f, "report.form.deviation.far_above", f.Completion.Value-kpi.Hundred)
	case f.Light == kpi.Done:
		return cell(phrase(b.p, "report.form.deviation.none")...)
	case f.Completion.Ok():
		return b.points(f, "report.form.deviation.below", kpi.Hundred-f.Completion.Value)
	}
	return cell(phrase(b.p, "report.form.deviation.missed")...).left()
}

// points says a difference of rates in percentage points.
func (b *builder) points(f progress.Figure, key string, x kpi.Percent) Cell {
	return cell(phrase(b.p, key, Run{x.String(), ref(f, RefRate)})...).left()
}
