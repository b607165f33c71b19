package progress

import "dabiao/internal/kpi"

// least returns the smallest value a tally can have: each 近 in it counts one step less than written,
// so that n is never reached.
func least(t kpi.Tally, step kpi.Amount) kpi.Amount { return t.Amount - step*kpi.Amount(t.Below) }

// most returns the largest value a tally can have: each 余 may reach up to just below its next number,
// so 200余 + 5 is at most 304. ok is false if one of its entries has no upper end (200以上).
func most(t kpi.Tally, step kpi.Amount) (most kpi.Amount, ok bool) {
	return least(t, step) + t.Room, t.Ended == t.AtLeast
}

// place returns the value of the last non-zero digit of a: 100 for 200, 10 for 530, 0.1 for 2.5.
func place(a kpi.Amount) kpi.Amount {
	p := kpi.Amount(1)
	for a != 0 && a%(p*10) == 0 {
		p *= 10
	}
	return p
}

func approximate(t kpi.Tally) bool { return t.AtLeast+t.Below+t.About > 0 }

// sure returns the bound of a tally that counts: under a ceiling the largest possible value, else the
// smallest. ok is false if that bound does not exist.
func (in *Input) sure(t kpi.Tally, step kpi.Amount) (a kpi.Amount, ok bool) {
	if in.ceiling() {
		return most(t, step)
	}
	return least(t, step), true
}

// bound returns how the bound that counts relates to the true value: 200余 is at least 200 and, under a ceiling, at
// most 299, 近200 at most 199. What contains a 约, or both 余 and 近, is only near.
func (in *Input) bound(t kpi.Tally) kpi.Bound {
	switch {
	case !approximate(t):
		return kpi.ThisExactly
	case t.About > 0, t.AtLeast > 0 && t.Below > 0 && !in.ceiling():
		return kpi.AboutThis
	case in.Indicator.Kind == kpi.Ratio && t.Below > 0:
		return kpi.AboutThis // 近 below the line makes the rate higher
	case in.ceiling(), t.Below > 0:
		return kpi.AtMostThis
	}
	return kpi.AtLeastThis
}

// Left returns how what truly lies between the value and the target, still missing or still free, relates to the
// figure's number.
func (f *Figure) Left() kpi.Bound { return f.Bound.Opposite() }

// Parts are the numerator and denominator of a quotient.
type Parts struct{ Numerator, Denominator kpi.Amount }

// sureParts returns the bounds of a ratio's parts that count if they are approximate: those that make
// it smallest, or under a ceiling largest. parts is nil if both are exact; ok is false if a bound that
// counts does not exist.
//
// The parts' indicators are not available here, so the step below 近200 is one unit of the last digit
// written. A denominator that may be 0 is not divided by.
func (in *Input) sureParts(n, d kpi.Tally) (parts *Parts, ok bool) {
	if !approximate(n) && !approximate(d) {
		return nil, true
	}
	top, ended := in.sure(n, written(n.Amount))
	by, known := least(d, written(d.Amount)), true
	if !in.ceiling() {
		by, known = most(d, written(d.Amount))
	}
	if by <= 0 {
		by = d.Amount
	}
	return &Parts{top, by}, ended && known
}

// written returns one unit of an amount's last written decimal: 1 for 200, 0.1 for 2.5.
func written(a kpi.Amount) kpi.Amount { return min(place(a), kpi.One) }

// broken reports whether even the smallest value of an approximate figure exceeds the ceiling: 400以上
// for ≤ 300.
func (in *Input) broken(f *Figure) bool {
	if !in.ceiling() || !f.Achievement.Ok() {
		return false
	}
	own := through(&in.Series, in.AsOf.Month)
	switch {
	case in.Indicator.Kind == kpi.Ratio:
		n, d := through(&in.Numerator, in.AsOf.Month), through(&in.Denominator, in.AsOf.Month)
		by, ok := most(d, written(d.Amount))
		return ok && !in.Target.Sign.MetBy(in.Indicator.Quotient(least(n, written(n.Amount)), by), in.Target.Amount)
	case in.Indicator.Units == kpi.MeanOf:
		mean := in.Indicator.Quotient(least(own, in.Indicator.Step()), kpi.Whole(own.Entries))
		return !in.Target.Sign.MetBy(mean, in.Target.Amount)
	}
	return !in.Target.Sign.Met(least(own, in.Indicator.Step()), in.Target.Amount)
}
