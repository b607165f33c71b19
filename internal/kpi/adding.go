package kpi

import (
	"slices"
	"strconv"
	"strings"
)

// UnitsRule says what a unit shows of the readings of the units below it. Counts are added; rates
// cannot be, and have one of the other rules.
type UnitsRule string

// The rules. All take each unit's last reading.
const (
	AddUnits UnitsRule = ""        // their sum
	OwnValue UnitsRule = "own"     // its own reading; what is below says nothing
	MeanOf   UnitsRule = "mean"    // the mean of the readings of the unit and all below it, each weighing the same
	Highest  UnitsRule = "highest" // the highest of them
	Lowest   UnitsRule = "lowest"  // the lowest of them
)

// UnitsRules lists all, in the order shown to people.
var UnitsRules = []UnitsRule{AddUnits, OwnValue, MeanOf, Highest, Lowest}

// Extreme reports whether the rule takes one of the readings and none of their sum.
func (r UnitsRule) Extreme() bool { return r == Highest || r == Lowest }

// AddsUnits reports whether the figures of several units add up to their parent's. A rate that was made
// before rates had rules does not.
func (i Indicator) AddsUnits() bool {
	return i.Kind.OverUnits() && i.Units == AddUnits && !i.Measure.IsRate()
}

// Reaches reports whether entries of a unit change the figures of those above it.
func (i Indicator) Reaches() bool { return i.Kind.OverUnits() && i.Units != OwnValue }

// Rated reports whether the figure is held to its full target at any time: a ratio, or a rate that
// units log themselves.
func (i Indicator) Rated() bool { return i.Kind == Ratio || i.Kind.OverUnits() && !i.AddsUnits() }

// Divides reports whether the figure is one sum divided by another.
func (i Indicator) Divides() bool { return i.Kind == Ratio || i.Units == MeanOf }

// Computed reports whether the figure is made of other indicators' entries and takes none itself.
func (i Indicator) Computed() bool { return i.Kind == Ratio || i.SumOf != "" }

// CheckAdding refuses to add what cannot be added: rates over months or units.
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

// Sum names the indicators that another one is the sum of: their numbers, comma-separated, in order. It
// is a text so that indicators can be compared; "" where the indicator is no sum.
type Sum string

// SumOf makes a Sum.
func SumOf(ids ...IndicatorID) Sum {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.FormatInt(int64(id), 10)
	}
	return Sum(strings.Join(parts, ","))
}

// IDs are the indicators.
func (s Sum) IDs() (out []IndicatorID) {
	for _, text := range strings.FieldsFunc(string(s), func(r rune) bool { return r == ',' }) {
		n, _ := strconv.ParseInt(text, 10, 64) //nolint:errcheck // SumOf wrote it
		out = append(out, IndicatorID(n))
	}
	return out
}

// Summands are the indicators whose entries a sum adds up in the end, each once: those it names, and in
// place of a sum among them that one's.
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

// Converted are entries of a part as entries of the sum: money in the sum's measure. What was written in
// another measure is no wording of the sum's.
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

// holds reports whether every number a part may log is exact in the sum's measure, to a millionth: 20 分钟 are no
// such number of hours, and three of them would make 0.999999.
func (i Indicator) holds(part Indicator) bool {
	_, d, ok := part.Measure.Conversion(i.Measure)
	return ok && int64(part.Step())%d == 0
}

// checkSum refuses parts that a sum cannot add: itself along any chain, one twice, other kinds and
// measures (人 and 人次), rates, and what would be rounded entry by entry.
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
