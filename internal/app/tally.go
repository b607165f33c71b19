package app

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// tally is what a unit's entries of a part add to an indicator: to its own figure, or to a sum that the part
// is in. How high an approximate entry may be is read from its wording, in steps of what the part logs.
func tally(ind, part kpi.Indicator, rule kpi.ReviewRule, entries []kpi.Update) kpi.Series {
	return progress.Tally(ind.Kind, rule, ind.Converted(part, entries), func(q kpi.Quantity) (kpi.Amount, bool) {
		below, ok := intake.UpperBound(q, ind.Measure)
		step, _ := part.Measure.In(ind.Measure, part.Step())
		return max(below-step, q.Amount+step), ok // 25余 is more than 25
	})
}
