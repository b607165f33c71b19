package progress

import "dabiao/internal/kpi"

// Contribute is what the series of a unit adds to the unit itself and to each of its ancestors,
// given where it belonged in each month.
//
// What sums over the months (flow, money) counts for those above the unit in the month it is from.
// A running total is a stock: in the month a unit changes its ancestors, its last reading leaves the
// old ones and joins the new ones, so that each ancestor shows the last readings of the units that
// belong to it at that time. Judgements and standards stay with the unit.
func Contribute(kind kpi.Kind, s kpi.Series, lines kpi.Lines) map[kpi.UnitID]kpi.Series {
	out := map[kpi.UnitID]kpi.Series{}
	if !kind.OverUnits() {
		out[lines[0][0]] = s
		return out
	}
	if lines.Constant() {
		for _, unit := range lines[0] {
			out[unit] = s
		}
		return out
	}
	for m := range s {
		for _, unit := range lines[m] {
			add(out, unit, m, s[m])
		}
		if m == 0 || kind.Sums() {
			continue
		}
		held := Through(s, m)
		held.LastDate = "" // a reading keeps the date of its own month
		for _, unit := range lines[m] {
			if !isIn(lines[m-1], unit) {
				add(out, unit, m, held)
			}
		}
		for _, unit := range lines[m-1] {
			if !isIn(lines[m], unit) {
				add(out, unit, m, kpi.Tally{}.Minus(held))
			}
		}
	}
	return out
}

func add(to map[kpi.UnitID]kpi.Series, unit kpi.UnitID, month int, t kpi.Tally) {
	s := to[unit]
	s[month] = s[month].Plus(t)
	to[unit] = s
}

func isIn(line []kpi.UnitID, unit kpi.UnitID) bool {
	for _, u := range line {
		if u == unit {
			return true
		}
	}
	return false
}
