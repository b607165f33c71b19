package kpi

import (
	"cmp"
	"math"
	"math/bits"
)

// Quotient is an exact number, stored as a fraction. It decides (met, light, score, rank); the rates
// people read are derived from it and never contradict it.
//
//   - [Quotient.Cmp], [Quotient.Reaches] compare it with a rate, [Quotient.CmpAmount] with an
//     amount, [Quotient.Compare] with another, all without rounding.
//   - [RuleSet.Rate] prints it as a rate of a year, on the right side of the year's thresholds and
//     the sign of a target; [Quotient.Percent] as a share with no threshold but 100 %; [Sign.Print]
//     as an amount beside a target (a ratio's own value); [Quotient.Points] as a part of some points.
//
// There is no zero Quotient: make one with [Divide], [Fraction] or [Share.Pace].
type Quotient struct {
	negative bool
	n, d     wide
}

// Divide returns a ÷ b. b must not be 0.
func Divide(a, b Amount) Quotient { return Fraction(int64(a), 1, int64(b), 1) }

// Fraction returns (a × n) ÷ (b × d) without overflow. b and d must not be 0.
func Fraction(a, n, b, d int64) Quotient {
	return Quotient{
		negative: (a < 0) != (n < 0) != (b < 0) != (d < 0) && a != 0 && n != 0,
		n:        times64(magnitude(a), magnitude(n)),
		d:        times64(magnitude(b), magnitude(d)),
	}
}

// CmpAmount returns -1, 0 or 1 as q is below, equal to or above a.
func (q Quotient) CmpAmount(a Amount) int { return q.cmp(int64(a), int64(One)) }

// Cmp returns -1, 0 or 1 as q is below, equal to or above p.
func (q Quotient) Cmp(p Percent) int { return q.cmp(int64(p), int64(Hundred)) }

// Reaches reports whether q is p or more.
func (q Quotient) Reaches(p Percent) bool { return q.Cmp(p) >= 0 }

// Compare returns -1, 0 or 1 as q is less than, equal to or greater than o.
func (q Quotient) Compare(o Quotient) int {
	return signed(q.negative, o.negative, multiply(q.n, o.d).compare(multiply(o.n, q.d)))
}

// From returns whole − q for a non-negative q of at most whole, which must be 0, 1 or 2.
func (q Quotient) From(whole uint64) Quotient {
	n := multiply(q.d, wide{low: whole})
	low, borrow := bits.Sub64(n[0], q.n.low, 0)
	high, _ := bits.Sub64(n[1], q.n.high, borrow)
	return Quotient{n: wide{high, low}, d: q.d}
}

// Inverse returns 1 ÷ q. q must not be 0.
func (q Quotient) Inverse() Quotient { return Quotient{q.negative, q.d, q.n} }

// Percent returns q rounded half up to two decimals of a percent, but at most 99.99 % if q is short of
// 100 %, however little.
func (q Quotient) Percent() Percent {
	p, side := q.round(int64(Hundred))
	return Percent(offWhole(p, side))
}

// Says reports whether a rate in percent, written with the given number of decimals, equals q so
// rounded (see [Quotient.Reads]).
func (q Quotient) Says(rate Amount, decimals int) bool { return q.hundredfold().Reads(rate, decimals) }

// Reads reports whether an amount written with the given number of decimals is q rounded half up. Where
// the rounded value is whole, the next decimal on the side on which q lies is accepted too, as rates
// beside a threshold are printed (99.99, 100.01).
func (q Quotient) Reads(a Amount, decimals int) bool {
	a = a.Round(decimals)
	plain, step := q.Amount(decimals), decimalStep(decimals)
	side := Amount(q.CmpAmount(plain))
	return a == plain || decimals > 0 && plain%One == 0 && a == plain+side*step
}

// hundredfold returns q × 100.
func (q Quotient) hundredfold() Quotient {
	n := multiply(q.n, wide{low: 100})
	return Quotient{q.negative, wide{n[1], n[0]}, q.d}
}

// Amount returns q rounded half up to the given number of decimals (0 to 6).
func (q Quotient) Amount(decimals int) Amount {
	step := decimalStep(decimals)
	r, _ := q.round(int64(One / step))
	return Amount(mulDiv(r, int64(step), 1))
}

// Points returns the part q of some points, rounded half up to a hundredth of a point and at least 0;
// if q is short of 1, the result stays at least a hundredth short of all points.
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

// offWhole keeps a rounded rate off ±100 % if the exact one is closer to 0.
func offWhole(p int64, side int) int64 {
	switch {
	case p == int64(Hundred) && side < 0:
		return p - 1
	case p == -int64(Hundred) && side > 0:
		return p + 1
	}
	return p
}

// round returns q × scale rounded half away from zero, and on which side of that q lies: -1 if it was
// rounded up. Results beyond int64 are clamped.
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

// whole returns the integer part of |q| × scale, clamped to MaxInt64.
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
	// Long division, bit by bit: 192 bits by 128.
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

// cmp compares q with m ÷ scale. scale must be positive.
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

// signed turns the order of two magnitudes into that of the signed numbers. Zero must not be marked
// negative.
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

// wide is an unsigned 128-bit number; product one of 256 bits, lowest word first.
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

// length returns the number of bits needed to represent p.
func (p product) length() int {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != 0 {
			return 64*i + bits.Len64(p[i])
		}
	}
	return 0
}
