package progress

import (
	"cmp"

	"dabiao/internal/kpi"
)

// Contribute returns what the series of a unit adds to the unit itself and to each of its ancestors,
// given its lineage in each month.
//
// What sums over the months (flow, money) counts for the ancestors of the month it is from. A running
// total is a stock: in the month a unit changes its ancestors, its last reading leaves the old ones and
// joins the new ones, so that each ancestor shows the last readings of the units that belong to it at
// that time. Judgements, standards and rates that each unit shows by itself stay with the unit.
func Contribute(ind kpi.Indicator, s kpi.Series, lineages kpi.Lineages) map[kpi.UnitID]kpi.Series {
	out := map[kpi.UnitID]kpi.Series{}
	if !ind.Reaches() {
		out[lineages[0][0]] = s
		return out
	}
	if lineages.Constant() {
		for _, unit := range lineages[0] {
			out[unit] = s
		}
		return out
	}
	for m := range s {
		for _, unit := range lineages[m] {
			add(out, unit, m, s[m])
		}
		if m == 0 || ind.Kind.Sums() {
			continue
		}
		held := Through(s, m)
		held.LastDate = "" // a reading keeps the date of its own month
		for _, unit := range lineages[m] {
			if !isIn(lineages[m-1], unit) {
				add(out, unit, m, held)
			}
		}
		for _, unit := range lineages[m-1] {
			if !isIn(lineages[m], unit) {
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

func isIn(lineage []kpi.UnitID, unit kpi.UnitID) bool {
	for _, u := range lineage {
		if u == unit {
			return true
		}
	}
	return false
}

// Extreme combines several series into the highest or lowest of their readings by the end of each
// month, with its precision: the highest of 90余 and 95 is 95 to 99. Entries and dates add up.
func Extreme(rule kpi.UnitsRule, series []kpi.Series) kpi.Series {
	var out kpi.Series
	var before kpi.Tally
	for m := range out {
		var held kpi.Tally
		for i := range series {
			out[m].Entries += series[i][m].Entries
			out[m].EntrySum += series[i][m].EntrySum
			out[m].LastDate = max(out[m].LastDate, series[i][m].LastDate)
			if t := through(&series[i], m+1); t.Entries > 0 {
				held = further(rule, held, t)
			}
		}
		change := held.Minus(before)
		change.Entries, change.EntrySum, change.LastDate = out[m].Entries, out[m].EntrySum, out[m].LastDate
		out[m], before = change, held
	}
	return out
}

// further returns the higher or lower of two readings. Its upper bound takes both into account: the
// higher of 90余 and 95 is at most 99, the lower at most 95.
func further(rule kpi.UnitsRule, a, b kpi.Tally) kpi.Tally {
	if a.Entries == 0 {
		return b
	}
	out, other := a, b
	if order := beside(a, b); rule == kpi.Highest && order < 0 || rule == kpi.Lowest && order > 0 {
		out, other = b, a
	}
	if out.AtLeast+other.AtLeast == 0 {
		return out
	}
	top, ended := out.Amount+out.Room, out.Ended == out.AtLeast
	end, ends := other.Amount+other.Room, other.Ended == other.AtLeast
	switch rule {
	case kpi.Highest:
		top, ended = max(top, end), ended && ends
	case kpi.Lowest:
		if !ended || ends && end < top {
			top, ended = end, ends
		}
	}
	out.AtLeast, out.Ended, out.Room = 0, 0, 0
	switch {
	case !ended:
		out.AtLeast = 1
	case top > out.Amount:
		out.AtLeast, out.Ended, out.Room = 1, 1, top-out.Amount
	}
	return out
}

// beside orders two readings: 近90 is below 90, 90余 above it.
func beside(a, b kpi.Tally) int {
	return cmp.Or(cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.AtLeast-a.Below, b.AtLeast-b.Below))
}
