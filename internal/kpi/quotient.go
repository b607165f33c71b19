package kpi

import (
	"cmp"
	"math"
	"math/bits"
)

// Quotient is an exact number, kept as what is divided by what. It decides (met, light, score,
// place); the rates people read are made from it and never contradict it.
//
//   - [Quotient.Cmp], [Quotient.Reaches] hold it against a rate, [Quotient.CmpAmount] against an
//     amount, [Quotient.Compare] against another, all without rounding.
//   - [RuleSet.Rate] prints it as a rate of a year, held against the year's lines and the sign of a
//     target; [Quotient.Percent] as a share that knows no line but 100 %; [Sign.Print] as an amount
//     beside a target (a ratio's own value); [Quotient.Points] as part of some points.
//
// There is no zero Quotient: make one with [Divide], [Fraction] or [Share.Pace].
type Quotient struct {
	negative bool
	n, d     wide
}

// Divide is a ÷ b. b must not be 0.
func Divide(a, b Amount) Quotient { return Fraction(int64(a), 1, int64(b), 1) }

// Fraction is (a × n) ÷ (b × d), whatever their size. b and d must not be 0.
func Fraction(a, n, b, d int64) Quotient {
	return Quotient{
		negative: (a < 0) != (n < 0) != (b < 0) != (d < 0) && a != 0 && n != 0,
		n:        times64(magnitude(a), magnitude(n)),
		d:        times64(magnitude(b), magnitude(d)),
	}
}

// CmpAmount is -1, 0 or 1: q is below, exactly at or above a.
func (q Quotient) CmpAmount(a Amount) int { return q.cmp(int64(a), int64(One)) }

// Cmp is -1, 0 or 1: q is below, exactly at or above p.
func (q Quotient) Cmp(p Percent) int { return q.cmp(int64(p), int64(Hundred)) }

// Reaches reports whether q is p or more.
func (q Quotient) Reaches(p Percent) bool { return q.Cmp(p) >= 0 }

// Compare is -1, 0 or 1: q is less than, equal to or greater than o.
func (q Quotient) Compare(o Quotient) int {
	return signed(q.negative, o.negative, multiply(q.n, o.d).compare(multiply(o.n, q.d)))
}

// From is whole − q, for a whole of 0 to 2 and a q of at most that.
func (q Quotient) From(whole uint64) Quotient {
	n := multiply(q.d, wide{low: whole})
	low, borrow := bits.Sub64(n[0], q.n.low, 0)
	high, _ := bits.Sub64(n[1], q.n.high, borrow)
	return Quotient{n: wide{high, low}, d: q.d}
}

// Inverse is 1 ÷ q. q must not be 0.
func (q Quotient) Inverse() Quotient { return Quotient{q.negative, q.d, q.n} }

// Percent is q rounded half-up to two decimals of a percent; but what is short of 100 %, however
// little, prints as 99.99 at the most.
func (q Quotient) Percent() Percent {
	p, side := q.round(int64(Hundred))
	return Percent(offWhole(p, side))
}

// Says reports whether a rate in percent, written with some decimals, is q.
func (q Quotient) Says(rate Amount, decimals int) bool { return q.hundredfold().Reads(rate, decimals) }

// Reads reports whether an amount written with some decimals is q: half-up, or, where that is whole, on
// the side of it on which q lies, as what stands beside a line prints (99.99, 100.01).
func (q Quotient) Reads(a Amount, decimals int) bool {
	a = a.Round(decimals)
	plain, step := q.Amount(decimals), decimalStep(decimals)
	side := Amount(q.CmpAmount(plain))
	return a == plain || decimals > 0 && plain%One == 0 && a == plain+side*step
}

// hundredfold is q as a number of percent.
func (q Quotient) hundredfold() Quotient {
	n := multiply(q.n, wide{low: 100})
	return Quotient{q.negative, wide{n[1], n[0]}, q.d}
}

// Amount is q rounded half-up to some decimals (0 to 6).
func (q Quotient) Amount(decimals int) Amount {
	step := decimalStep(decimals)
	r, _ := q.round(int64(One / step))
	return Amount(mulDiv(r, int64(step), 1))
}

// Points is the part q of some points, rounded half-up to a hundredth of a point and at least 0;
// what is short of all of them stays a hundredth short.
func (q Quotient) Points(of Percent) Percent {
	if q.negative || of <= 0 {
		return 0
	}
	p, _ := q.round(int64(of))
	if most := int64(of); p >= most && q.cmp(1, 1) < 0 {
		p = most - 1
	}
	return Percent(p)
}

// offWhole keeps a rounded rate off ±100 % while the exact one lies within.
func offWhole(p int64, side int) int64 {
	switch {
	case p == int64(Hundred) && side < 0:
		return p - 1
	case p == -int64(Hundred) && side > 0:
		return p + 1
	}
	return p
}

// round is q × scale rounded half away from zero, and the side of that on which q lies: -1 where it
// was rounded up. What is beyond int64 is held at its end.
func (q Quotient) round(scale int64) (r int64, side int) {
	size, parts := q.whole(scale), uint64(scale) //nolint:gosec // scales are positive
	if size < math.MaxInt64 && q.order(2*size+1, 2*parts) >= 0 {
		size++
	}
	r, side = int64(size), q.order(size, parts) //nolint:gosec // it is bounded
	if q.negative {
		return -r, -side
	}
	return r, side
}

// whole is the whole part of |q| × scale, at most the greatest int64.
func (q Quotient) whole(scale int64) uint64 {
	factor := uint64(scale) //nolint:gosec // scales are positive
	if q.n.high == 0 && q.d.high == 0 {
		high, low := bits.Mul64(q.n.low, factor)
		if high >= q.d.low {
			return math.MaxInt64
		}
		w, _ := bits.Div64(high, low, q.d.low)
		return min(w, math.MaxInt64)
	}
	// Digit by digit: 192 bits by 128, which no instruction divides.
	n := multiply(q.n, wide{low: factor})
	first := n.length() - multiply(q.d, wide{low: 1}).length()
	if first > 63 {
		return math.MaxInt64
	}
	w := uint64(0)
	for bit := first; bit >= 0; bit-- {
		if next := w | 1<<bit; multiply(q.d, wide{low: next}).compare(n) <= 0 {
			w = next
		}
	}
	return min(w, math.MaxInt64)
}

// cmp compares q with m ÷ scale. scale is positive.
func (q Quotient) cmp(m, scale int64) int {
	return signed(q.negative, m < 0, q.order(magnitude(m), uint64(scale))) //nolint:gosec // scales are positive
}

// order compares |q| with m ÷ scale.
func (q Quotient) order(m, scale uint64) int {
	if q.n.high == 0 && q.d.high == 0 {
		return times64(q.n.low, scale).compare(times64(q.d.low, m))
	}
	return multiply(q.n, wide{low: scale}).compare(multiply(q.d, wide{low: m}))
}

// signed turns the order of two magnitudes into that of the numbers. Zero is not negative.
func signed(negative, other bool, order int) int {
	switch {
	case negative && other:
		return -order
	case negative:
		return -1
	case other:
		return 1
	}
	return order
}

// wide is a number of 128 bits, product one of 256, lowest word first.
type (
	wide    struct{ high, low uint64 }
	product [4]uint64
)

func times64(a, b uint64) wide {
	high, low := bits.Mul64(a, b)
	return wide{high, low}
}

func multiply(a, b wide) product {
	low, cross, other, high := times64(a.low, b.low), times64(a.high, b.low),
		times64(a.low, b.high), times64(a.high, b.high)
	var p product
	var carry, more uint64
	p[0] = low.low
	p[1], carry = bits.Add64(low.high, cross.low, 0)
	p[2], carry = bits.Add64(cross.high, high.low, carry)
	p[3] = high.high + carry
	p[1], more = bits.Add64(p[1], other.low, 0)
	p[2], more = bits.Add64(p[2], other.high, more)
	p[3] += more
	return p
}

func (a wide) compare(b wide) int {
	return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low))
}

func (p product) compare(o product) int {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != o[i] {
			return cmp.Compare(p[i], o[i])
		}
	}
	return 0
}

// length is how many bits p has.
func (p product) length() int {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != 0 {
			return 64*i + bits.Len64(p[i])
		}
	}
	return 0
}
