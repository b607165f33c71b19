package progress

import "dabiao/internal/kpi"

// least is what a tally is at the least: of each 近 in it one step less than was written, so that n
// never counts as reached.
func least(t kpi.Tally, step kpi.Amount) kpi.Amount { return t.Amount - step*kpi.Amount(t.Below) }

// most is what a tally is at the most: each 余 may reach up to the next number in its last place, and is a
// step more at any rate. 200余 is at most 299, 100余 + 100余 at most 398. The place is that of the sum,
// for a tally does not keep what each entry said.
func most(t kpi.Tally, step kpi.Amount) kpi.Amount {
	return least(t, step) + max(place(t.Amount)-step, step)*kpi.Amount(t.AtLeast)
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

// sure is what counts of a tally: under a ceiling the most it can be, else the least.
func (in *Input) sure(t kpi.Tally, step kpi.Amount) kpi.Amount {
	if in.ceiling() {
		return most(t, step)
	}
	return least(t, step)
}

// Parts are the two numbers of a quotient.
type Parts struct{ Numerator, Denominator kpi.Amount }

// sureParts are the parts that count where a ratio's are approximate: what makes it small, or under a
// ceiling what makes it large. Their indicators are not at hand, so a step is one in the last decimal
// written. Nothing is divided by what may be 0.
func (in *Input) sureParts(n, d kpi.Tally) *Parts {
	if !approximate(n) && !approximate(d) {
		return nil
	}
	by := most(d, written(d.Amount))
	if in.ceiling() {
		by = least(d, written(d.Amount))
	}
	if by <= 0 {
		by = d.Amount
	}
	return &Parts{in.sure(n, written(n.Amount)), by}
}

// written is one in the last decimal of an amount: 1 of 200, 0.1 of 2.5.
func written(a kpi.Amount) kpi.Amount { return min(place(a), kpi.One) }
