package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

func ref(f progress.Figure, aspect paper.RefAspect) *paper.Ref {
	return &paper.Ref{Indicator: f.Indicator.Code, Aspect: aspect}
}

// achieved writes the achievement with its measure: 10780人, 200余人次, 94.17%（210/223）, 未填报.
func (b *Draft) achieved(f progress.Figure) []paper.Run {
	value := paper.Live(b.Achieved(f), ref(f, paper.RefValue))
	if f.Stated.Ok() {
		return phrase(b.p, "report.figure.stated", value, paper.Live(b.stated(f), ref(f, paper.RefStated)))
	}
	if f.Indicator.Kind != kpi.Ratio || !f.Achievement.Ok() {
		return []paper.Run{value}
	}
	return phrase(b.p, "report.figure.ratio", value,
		paper.Live(b.bare(f.Numerator.Value), ref(f, paper.RefNumerator)),
		paper.Live(b.bare(f.Denominator.Value), ref(f, paper.RefDenominator)))
}

// Achieved returns the achievement as the report prints it: 6户, 200余人次, 未填报.
func (b *Draft) Achieved(f progress.Figure) string {
	switch {
	case f.Achievement.Ok():
		return b.p.Quantity(f.Indicator, f.Achievement.Value)
	case f.Achievement.Reason == progress.ReasonNoValue:
		return b.p.T("report.no_value")
	}
	return b.p.T("reason." + string(f.Achievement.Reason))
}

// stated writes the number beside a level, with its measure: 100%.
func (b *Draft) stated(f progress.Figure) string {
	counted := f.Indicator
	counted.Kind = kpi.Flow
	return b.p.Quantity(counted, kpi.Exactly(f.Stated.Value))
}

// bare writes a number for running text, without its measure.
func (b *Draft) bare(a kpi.Amount) string { return b.p.Number(a, kpi.AmountDecimals) }

// Target writes the year's target with its measure; ok is false if none is set. Tables (signed) always print the
// sign; running text omits "at least".
func (b *Draft) Target(f progress.Figure, signed bool) (r paper.Run, ok bool) {
	switch {
	case f.Target == nil:
		return paper.Run{}, false
	case f.Indicator.Kind == kpi.Level:
		return paper.Live(b.p.T("level."+string(f.Target.Level)), ref(f, paper.RefTarget)), true
	}
	text := b.p.Quantity(f.Indicator, kpi.Exactly(f.Target.Amount))
	if signed || f.Target.Sign != kpi.AtLeastSign {
		text = sign(f.Target.Sign) + text
	}
	return paper.Live(text, ref(f, paper.RefTarget)), true
}

func sign(s kpi.Sign) string {
	switch s {
	case kpi.AtLeastSign:
		return "≥"
	case kpi.AtMostSign:
		return "≤"
	case kpi.MoreSign:
		return "＞"
	case kpi.LessSign:
		return "＜"
	case kpi.EqualSign:
		return "＝"
	}
	return ""
}

// name returns the indicator's name in the draft's language.
func (b *Draft) name(f progress.Figure) string {
	return b.p.Name(f.Indicator.Name, f.Indicator.NameEn)
}

// partName returns the name without the 其中 some offices write into it.
func (b *Draft) partName(f progress.Figure) string {
	return strings.TrimLeft(strings.TrimPrefix(b.name(f), b.p.T("report.part.said")), "：: ")
}

// readAt says when a reading was taken that is older than the report's date: （截至11月30日）.
// Sums over the year need no such mark.
func (b *Draft) readAt(f progress.Figure) []paper.Run {
	reading := f.Indicator.Kind == kpi.Running || f.Indicator.Kind == kpi.Standard
	if !reading || !f.Achievement.Ok() || f.LastUpdate == "" || f.LastUpdate >= f.AsOf.Date() {
		return nil
	}
	return phrase(b.p, "report.figure.as_of", paper.Live(b.p.Day(f.LastUpdate), ref(f, paper.RefDate)))
}
