package handup

import "dabiao/internal/kpi"

// Fits refuses an indicator of the office's own that cannot be handed up as this one of the dictionary, in one
// sentence: another kind, a measure that does not convert exactly, a rate of other units, more decimals than are kept
// above. How both are computed over units must agree, or the sum above would not be what its name says.
func (i Indicator) Fits(own kpi.Indicator) error {
	rules := i.Rules()
	n, d, converts := own.Measure.Conversion(i.Measure)
	if i.Kind == kpi.Level {
		n, d, converts = 1, 1, true // judgements have no measure
	}
	switch {
	case i.Computed():
		return kpi.Refuse(kpi.Invalid, "handup_computed", i.Names())
	case own.Kind == kpi.Ratio:
		return kpi.Refuse(kpi.Invalid, "handup_own_ratio", own.Names())
	case own.Kind != i.Kind:
		return kpi.Refuse(kpi.Invalid, "handup_kind", own.Names(), kindText(own.Kind), kindText(i.Kind))
	case !converts:
		return kpi.Refuse(kpi.Invalid, "handup_measure", own.Names(), own.Measure, i.Measure)
	case own.Units == kpi.MeanOf:
		return kpi.Refuse(kpi.Invalid, "handup_mean", own.Names())
	case own.AddsUnits() != rules.AddsUnits(), own.Units.Extreme() && own.Units != i.Units:
		return kpi.Refuse(kpi.Invalid, "handup_units", own.Names(), i.Names())
	case !exact(kept(own), n, d, kept(rules)):
		return kpi.Refuse(kpi.Invalid, "handup_decimals", own.Names(), own.Measure, i.Measure, rules.Kept())
	}
	return nil
}

// kept returns the smallest difference that an entry of the indicator may make.
func kept(i kpi.Indicator) int64 {
	step := int64(kpi.One)
	for range i.Kept() {
		step /= 10
	}
	return step
}

// exact reports whether each step converts, by n ÷ d, into whole steps of another indicator.
func exact(step, n, d, into int64) bool { return step%d == 0 && step/d*n%into == 0 }

// converted returns an amount of the office's own in the dictionary's measure. Fits has held that it is exact.
func (i Indicator) converted(own kpi.Measure, a kpi.Amount) kpi.Amount {
	if i.Kind == kpi.Level {
		return a
	}
	a, _ = own.In(i.Measure, a)
	return a
}

func kindText(k kpi.Kind) kpi.Text { return kpi.T("kind." + string(k)) }
