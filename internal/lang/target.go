package lang

import "dabiao/internal/kpi"

// Goal formats what a target asks for, without the measure and with its sign unless that is the usual "at least":
// 1,200 · ≤ 3 · 达成年度指标.
func (p Printer) Goal(ind kpi.Indicator, t kpi.Target) string {
	if ind.Kind == kpi.Level {
		return p.T("level." + string(t.Level))
	}
	number := p.Amount(ind, t.Amount)
	switch t.Sign {
	case kpi.AtMostSign:
		return "≤ " + number
	case kpi.LessSign:
		return "< " + number
	case kpi.MoreSign:
		return "> " + number
	case kpi.EqualSign:
		return "= " + number
	}
	return number
}

// goal is Goal with its measure.
func (p Printer) goal(ind kpi.Indicator, t kpi.Target) string {
	if ind.Kind == kpi.Level {
		return p.Goal(ind, t)
	}
	return p.Measured(ind.Measure, p.Goal(ind, t))
}

// Revised says that a figure of an earlier day is held against a target that was changed after it, and how; "" if it is
// not. now is the target in force.
func (p Printer) Revised(ind kpi.Indicator, now *kpi.Target, r *kpi.Revision) string {
	if r == nil || now == nil {
		return ""
	}
	was, is := p.goal(ind, r.Was), p.goal(ind, *now)
	if was == is { // only its plan by month
		return p.T("target.replanned", p.Date(r.On))
	}
	return p.T("target.revised", p.Date(r.On), was, is)
}
