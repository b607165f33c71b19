package kpi

// Rate returns q as the year's pages and documents print it beside a target with sign s: rounded half
// up to two decimals of a percent, but never up to a threshold that q has not reached (79.997 % below
// 80 prints 79.99), and under every sign but ≥ never down to 100 % from above (100.003 % of a ceiling
// prints 100.01). So the printed rate leads to the same verdict as the exact one. Pass the zero Sign if
// there is no target.
func (r *RuleSet) Rate(q Quotient, s Sign) Percent {
	p, side := q.round(int64(Hundred))
	switch {
	case side < 0 && r.isThreshold(Percent(p)):
		return Percent(p - 1)
	case side > 0 && p == int64(Hundred) && s.distinguishesAbove():
		return Percent(p + 1)
	}
	return Percent(offWhole(p, side))
}

// RateBounding is Rate of a quotient on one side of which the true one lies: it is rounded to its own side of it, so
// that ≥ 81.28 % is said of 81.2873 %. A line that q has not reached, or is above, is not printed even so.
func (r *RuleSet) RateBounding(q Quotient, s Sign, b Bound) Percent {
	rate := r.Rate(q, s)
	moved := rate + Percent(b.Aside(q.Cmp(rate)))
	switch {
	case moved > rate && (moved == Hundred || r.isThreshold(moved)),
		moved < rate && moved == Hundred && s.distinguishesAbove():
		return rate
	}
	return moved
}

// isThreshold reports whether p is one of the thresholds.
func (r *RuleSet) isThreshold(p Percent) bool {
	for t := range r.thresholds {
		if t == p {
			return true
		}
	}
	return false
}

// thresholds yields the rates at which something is decided, besides 100 %. It is called for every printed
// rate, so it does not allocate a slice.
func (r *RuleSet) thresholds(yield func(Percent) bool) {
	for _, t := range [...]Percent{r.FarBehindBelow, r.BehindBelow, r.AheadFrom, r.OverFrom} {
		if !yield(t) {
			return
		}
	}
	for _, a := range r.Alarms {
		if !yield(a.Below) {
			return
		}
	}
	for _, c := range r.Caps {
		if !yield(c.Below) {
			return
		}
	}
}

// MoneyDecimals returns the number of decimals (2 to 6) with which spent and budget, both in 元, are
// printed in 万元 beside their rate: as many as it takes for the printed numbers, divided again, to
// fall on the same side of every threshold as the exact rate. 799,999 元 of 1,000,000 print as 79.9999
// of 100.0000, not as 80.00 of 100.00.
func (r *RuleSet) MoneyDecimals(spent, budget Amount) int {
	if budget == 0 {
		return leastMoney
	}
	exact := Divide(spent, budget)
	for decimals := leastMoney; decimals < mostMoney; decimals++ {
		if of := inTenThousand(budget, decimals); of != 0 && r.sameSide(exact, Divide(inTenThousand(spent, decimals), of)) {
			return decimals
		}
	}
	return mostMoney
}

// Decimals of money in 万元: as the forms ask, and down to the 分.
const leastMoney, mostMoney = 2, 6

func inTenThousand(yuan Amount, decimals int) Amount {
	a, _ := Yuan.In(TenThousandY, yuan)
	return a.Round(decimals)
}

func (r *RuleSet) sameSide(a, b Quotient) bool {
	for t := range r.thresholds {
		if a.Reaches(t) != b.Reaches(t) {
			return false
		}
	}
	return a.Reaches(Hundred) == b.Reaches(Hundred)
}
