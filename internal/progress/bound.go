package progress

import "dabiao/internal/kpi"

// least is what a tally is at the least: of each 近 in it one step less than was written, so that n
// never counts as reached.
func least(t kpi.Tally, step kpi.Amount) kpi.Amount { return t.Amount - step*kpi.Amount(t.Below) }

// most is what a tally is at the most: each 余 may reach up to its own next number, so 200余 + 5 is at most
// 304. ok is false where one of its entries has no end (200以上): nobody knows.
func most(t kpi.Tally, step kpi.Amount) (most kpi.Amount, ok bool) {
	return least(t, step) + t.Room, t.Ended == t.AtLeast
}

// place is what the last digit counts that is no zero: 100 of 200, 10 of 530, 0.1 of 2.5.
func place(a kpi.Amount) kpi.Amount {
	p := kpi.Amount(1)
	for a != 0 && a%(p*10) == 0 {
		p *= 10
	}
	return p
}

func approximate(t kpi.Tally) bool { return t.AtLeast+t.Below+t.About > 0 }

// sure is what counts of a tally: under a ceiling the most it can be, else the least. ok is false where
// that has no end.
func (in *Input) sure(t kpi.Tally, step kpi.Amount) (a kpi.Amount, ok bool) {
	if in.ceiling() {
		return most(t, step)
	}
	return least(t, step), true
}

// Parts are the two numbers of a quotient.
type Parts struct{ Numerator, Denominator kpi.Amount }

// sureParts are the parts that count where a ratio's are approximate: what makes it small, or under a
// ceiling what makes it large. nil where both are exact; ok is false where the one that counts has no end.
//
// Their indicators are not at hand, so a step below 近200 is one in the last decimal written. Nothing is
// divided by what may be 0.
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

// written is one in the last decimal of an amount: 1 of 200, 0.1 of 2.5.
func written(a kpi.Amount) kpi.Amount { return min(place(a), kpi.One) }

// broken reports whether a ceiling is broken by the least that an approximate figure can be: 400以上 of
// ≤ 300, although nobody knows how far.
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
