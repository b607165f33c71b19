package progress

import (
	"cmp"

	"dabiao/internal/kpi"
)

// Contribute is what the series of a unit adds to the unit itself and to each of its ancestors,
// given where it belonged in each month.
//
// What sums over the months (flow, money) counts for those above the unit in the month it is from.
// A running total is a stock: in the month a unit changes its ancestors, its last reading leaves the
// old ones and joins the new ones, so that each ancestor shows the last readings of the units that
// belong to it at that time. Judgements, standards and rates of which each unit shows its own stay with
// the unit.
func Contribute(ind kpi.Indicator, s kpi.Series, lines kpi.Lines) map[kpi.UnitID]kpi.Series {
	out := map[kpi.UnitID]kpi.Series{}
	if !ind.Reaches() {
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
		if m == 0 || ind.Kind.Sums() {
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

// Extreme is the highest or the lowest of the readings that several series hold by the end of each
// month, with how exact that reading is; entries and dates add up.
func Extreme(rule kpi.UnitsRule, series []kpi.Series) kpi.Series {
	var out kpi.Series
	var before kpi.Tally
	for m := range out {
		var held kpi.Tally
		for i := range series {
			out[m].Entries += series[i][m].Entries
			out[m].EntrySum += series[i][m].EntrySum
			out[m].LastDate = max(out[m].LastDate, series[i][m].LastDate)
			t := through(&series[i], m+1)
			if order := beside(t, held); t.Entries > 0 && (held.Entries == 0 || rule == kpi.Highest && order > 0 || rule == kpi.Lowest && order < 0) {
				held = t
			}
		}
		change := held.Minus(before)
		out[m].Amount, out[m].AtLeast, out[m].Below, out[m].About = change.Amount, change.AtLeast, change.Below, change.About
		before = held
	}
	return out
}

// beside orders two readings: 近90 is below 90, 90余 above it.
func beside(a, b kpi.Tally) int {
	return cmp.Or(cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.AtLeast-a.Below, b.AtLeast-b.Below))
}
