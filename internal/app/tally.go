package app

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// tally returns what a unit's entries of part add to ind: part itself, or a sum that contains it. The
// upper end of an approximate entry is read from its wording, in steps of what part logs.
func tally(ind, part kpi.Indicator, rule kpi.ReviewRule, entries []kpi.Update) kpi.Series {
	return progress.Tally(ind.Kind, rule, ind.Converted(part, entries), upperEnd(ind, part))
}

// upperEnd returns how the upper end of an approximate entry of part is read from its wording.
func upperEnd(ind, part kpi.Indicator) progress.Most {
	return func(q kpi.Quantity) (kpi.Amount, bool) {
		below, ok := intake.UpperBound(q, ind.Measure)
		step, _ := part.Measure.In(ind.Measure, part.Step())
		return max(below-step, q.Amount+step), ok // 25余 is more than 25
	}
}
