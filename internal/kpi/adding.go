package kpi

import (
	"slices"
	"strconv"
	"strings"
)

// UnitsRule says how a unit's figure follows from the readings of the units below it. Counts are added;
// rates cannot be, and follow one of the other rules.
type UnitsRule string

// The rules. All of them take each unit's last reading.
const (
	AddUnits UnitsRule = ""        // their sum
	OwnValue UnitsRule = "own"     // its own reading; readings below it are ignored
	MeanOf   UnitsRule = "mean"    // the unweighted mean of the readings of the unit and all units below it
	Highest  UnitsRule = "highest" // the highest of them
	Lowest   UnitsRule = "lowest"  // the lowest of them
)

// UnitsRules lists all rules in the order shown to people.
var UnitsRules = []UnitsRule{AddUnits, OwnValue, MeanOf, Highest, Lowest}

// Extreme reports whether the rule picks one of the readings instead of combining them.
func (r UnitsRule) Extreme() bool { return r == Highest || r == Lowest }

// AddsUnits reports whether the figures of several units add up to their parent's. A rate saved before
// rates had rules does not.
func (i Indicator) AddsUnits() bool {
	return i.Kind.OverUnits() && i.Units == AddUnits && !i.Measure.IsRate()
}

// Reaches reports whether a unit's entries change the figures of the units above it.
func (i Indicator) Reaches() bool { return i.Kind.OverUnits() && i.Units != OwnValue }

// Rated reports whether the figure is compared with its full target all year instead of with its pace:
// a ratio, or a rate that units log themselves.
func (i Indicator) Rated() bool { return i.Kind == Ratio || i.Kind.OverUnits() && !i.AddsUnits() }

// Divides reports whether the figure is one sum divided by another.
func (i Indicator) Divides() bool { return i.Kind == Ratio || i.Units == MeanOf }

// Computed reports whether the figure is computed from other indicators' entries and takes none of its
// own.
func (i Indicator) Computed() bool { return i.Kind == Ratio || i.SumOf != "" }

// CheckAdding refuses an indicator that would add rates over months or units.
func (i Indicator) CheckAdding() error {
	var m Mistakes
	switch rate := i.Measure.IsRate(); {
	case !contains(UnitsRules, i.Units):
		m.Add("units_rule", "units_rule_unknown", string(i.Units))
	case i.Units != AddUnits && i.Kind != Running:
		m.Add("units_rule", "units_rule_unexpected")
	case rate && i.Kind == Flow:
		m.Add("kind", "rate_not_added", i.Measure)
	case rate && i.Kind == Running && i.Units == AddUnits:
		m.Add("units_rule", "rate_not_added", i.Measure)
	case i.SumOf != "" && i.Kind.OverUnits() && i.Units != AddUnits:
		m.Add("sum_of", "sum_of_rates", i.Measure)
	case i.SumOf != "" && !i.Kind.OverUnits():
		m.Add("sum_of", "sum_kind")
	}
	return m.Err()
}

// Sum lists the indicators that a sum indicator adds: their IDs, comma-separated, in order. It is a
// string so that indicators stay comparable; "" if the indicator is not a sum.
type Sum string

// SumOf returns the Sum of the given indicators.
func SumOf(ids ...IndicatorID) Sum {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.FormatInt(int64(id), 10)
	}
	return Sum(strings.Join(parts, ","))
}

// IDs returns the indicators that s adds.
func (s Sum) IDs() (out []IndicatorID) {
	for _, text := range strings.FieldsFunc(string(s), func(r rune) bool { return r == ',' }) {
		n, _ := strconv.ParseInt(text, 10, 64) //nolint:errcheck // SumOf wrote it
		out = append(out, IndicatorID(n))
	}
	return out
}

// Summands returns the logged indicators whose entries the sum adds up in the end, each once. A part
// that is itself a sum is replaced by its own summands.
func (i Indicator) Summands(byID map[IndicatorID]Indicator) []Indicator {
	var out []Indicator
	seen := map[IndicatorID]bool{i.ID: true}
	var walk func(Sum)
	walk = func(s Sum) {
		for _, id := range s.IDs() {
			part, ok := byID[id]
			switch {
			case !ok || seen[id]:
			case part.SumOf != "":
				seen[id] = true
				walk(part.SumOf)
			default:
				seen[id] = true
				out = append(out, part)
			}
		}
	}
	walk(i.SumOf)
	return out
}

// Converted returns a part's entries in the sum's measure. Wordings are kept as written in the part's
// measure.
func (i Indicator) Converted(part Indicator, entries []Update) []Update {
	if part.Measure == i.Measure {
		return entries
	}
	out := slices.Clone(entries)
	for n := range out {
		out[n].Quantity.Amount, _ = part.Measure.In(i.Measure, out[n].Quantity.Amount)
	}
	return out
}

// holds reports whether every amount a part may log converts exactly, to a millionth, into the sum's
// measure. 20 分钟 do not convert to hours exactly, and three of them would add up to 0.999999.
func (i Indicator) holds(part Indicator) bool {
	_, d, ok := part.Measure.Conversion(i.Measure)
	return ok && int64(part.Step())%d == 0
}

// checkSum refuses parts that a sum cannot add: the sum itself along any chain, a part counted twice,
// other kinds or measures (人 and 人次), rates, and amounts that would have to be rounded entry by
// entry.
func (i Indicator) checkSum(m *Mistakes, byID map[IndicatorID]Indicator) {
	times := map[IndicatorID]int{}
	var walk func(Sum, int)
	walk = func(s Sum, depth int) {
		for _, id := range s.IDs() {
			if times[id]++; depth < 32 && byID[id].SumOf != "" && id != i.ID {
				walk(byID[id].SumOf, depth+1)
			}
		}
	}
	walk(i.SumOf, 0)
	if i.ID != 0 && times[i.ID] > 0 {
		m.Add("sum_of", "sum_cycle")
		return
	}
	for _, id := range i.SumOf.IDs() {
		part := byID[id]
		_, converts := part.Measure.In(i.Measure, 0)
		switch {
		case !part.AddsUnits():
			m.Add("sum_of", "sum_part_rate", part.Names())
		case part.Kind != i.Kind:
			m.Add("sum_of", "sum_part_kind", part.Names())
		case !converts:
			m.Add("sum_of", "sum_part_measure", part.Names(), part.Measure, i.Measure)
		}
	}
	for _, part := range i.Summands(byID) {
		if _, _, converts := part.Measure.Conversion(i.Measure); converts && !i.holds(part) {
			m.Add("sum_of", "sum_part_inexact", part.Names(), part.Measure, i.Measure)
		}
	}
	for id, n := range times {
		if n > 1 {
			m.Add("sum_of", "sum_part_twice", byID[id].Names())
			return
		}
	}
}
