package progress

import (
	"slices"

	"dabiao/internal/kpi"
)

// fall asks about a running total that is lower than the unit's reading before it, of this year or the
// last, or higher than the one after it, so that the later one comes to be the fall. It does not ask where
// readings may fall (see [MayFall]), nor within twice the largest fall there was before: somebody has said
// of that one that it is so.
func (d *weighed) fall() (question kpi.Text, ask bool) {
	if MayFall(d.Indicator, d.mine.Target) {
		return question, false
	}
	at, _ := slices.BinarySearchFunc(d.mine.Own, d.u, func(e, u kpi.Update) int {
		if e.Dated <= u.Dated { // of one day the last holds
			return -1
		}
		return 1
	})
	before, after := d.mine.Own[:at], d.mine.Own[at:]
	a, measure, room := d.u.Quantity.Amount, d.Indicator.Measure, 2*deepest(d.mine.Own)
	if at > 0 {
		last := before[at-1]
		if n := last.Quantity.Amount; a < n-room {
			return kpi.T("entry_ask_lower", a, measure, n, string(last.Dated)), true
		}
	}
	if d.u.Act == kpi.ActCorrect { // the later ones may be corrected in the same table
		return question, false
	}
	if len(after) > 0 && after[0].Dated.Year() == d.u.Dated.Year() {
		if n := after[0].Quantity.Amount; a-room > n {
			return kpi.T("entry_ask_higher", a, measure, n, string(after[0].Dated)), true
		}
	}
	return question, false
}

// deepest returns the largest fall from one reading to the next, 0 if there was none.
func deepest(readings []kpi.Update) (fall kpi.Amount) {
	for i := 1; i < len(readings); i++ {
		fall = max(fall, readings[i-1].Quantity.Amount-readings[i].Quantity.Amount)
	}
	return fall
}
