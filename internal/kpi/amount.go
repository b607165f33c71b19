package kpi

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Amount is an exact number in millionths, so that 元 and 万元, whole people and decimals all fit
// without rounding. The largest magnitude a single update may carry is [MaxAmount]; sums have headroom
// above it.
type Amount int64

// One is the amount 1.
const One Amount = 1_000_000

// MaxAmount is the limit for one update, target or budget line (10^11).
const MaxAmount = 100_000_000_000 * One

// AmountDecimals is the number of decimals an Amount holds.
const AmountDecimals = 6

// Whole returns the amount n.
func Whole(n int64) Amount { return Amount(n) * One }

// ParseAmount parses a plain decimal: digits, at most one point, an optional leading minus; no
// exponent, no separators, no NaN. It refuses with number_unreadable, number_too_precise or
// number_too_large. Numbers as people write them are read by package intake.
func ParseAmount(s string) (Amount, error) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if whole == "" || (point && frac == "") || !allDigits(whole) || !allDigits(frac) {
		return 0, Refuse(Invalid, "number_unreadable", s)
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > AmountDecimals {
		return 0, Refuse(Invalid, "number_too_precise", s, AmountDecimals)
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > 12 {
		return 0, Refuse(Invalid, "number_too_large", s)
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", AmountDecimals-len(frac)), 10, 64)
	if err != nil || Amount(n) > MaxAmount {
		return 0, Refuse(Invalid, "number_too_large", s)
	}
	if negative {
		n = -n
	}
	return Amount(n), nil
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// String returns the shortest exact decimal: "10780", "153.98", "-0.5".
func (a Amount) String() string {
	s := a.Fixed(AmountDecimals)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Fixed formats a with the given number of decimals (0 to 6), rounded half away from zero.
func (a Amount) Fixed(decimals int) string {
	decimals = min(max(decimals, 0), AmountDecimals)
	a = a.Round(decimals)
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	s := strconv.FormatInt(int64(a/One), 10)
	if decimals == 0 {
		return sign + s
	}
	frac := strconv.FormatInt(int64(a%One), 10)
	frac = strings.Repeat("0", AmountDecimals-len(frac)) + frac
	return sign + s + "." + frac[:decimals]
}

// Decimals returns the number of decimals needed to write a exactly.
func (a Amount) Decimals() int {
	for d := range AmountDecimals {
		if a == a.Round(d) {
			return d
		}
	}
	return AmountDecimals
}

// Round rounds half away from zero to the given number of decimals.
func (a Amount) Round(decimals int) Amount {
	step := decimalStep(decimals)
	half := step / 2
	if a < 0 {
		return -((-a + half) / step * step)
	}
	return (a + half) / step * step
}

// decimalStep returns the value of one unit in the last of the given number of decimals: 0.01 for two.
func decimalStep(decimals int) Amount {
	step := One
	for range min(max(decimals, 0), AmountDecimals) {
		step /= 10
	}
	return step
}

// Times returns a × n ÷ d, rounded half away from zero; the intermediate product is exact. d must not
// be 0.
func (a Amount) Times(n, d int64) Amount {
	return Amount(mulDiv(int64(a), n, d))
}

// Percent is a rate in hundredths of a percent: 10404 is 104.04 %.
type Percent int64

// Hundred is 100 %.
const Hundred Percent = 100_00

// Rate returns a ÷ b rounded half up to two decimals of a percent; it returns 100 % only if a ÷ b has
// reached it (see [Quotient.Percent]). b must not be 0.
func Rate(a, b Amount) Percent { return Divide(a, b).Percent() }

// Of returns p of a, rounded half away from zero to a millionth.
func (p Percent) Of(a Amount) Amount { return a.Times(int64(p), int64(Hundred)) }

// Amount returns p as a number of percent: 94.17 for 94.17 %.
func (p Percent) Amount() Amount { return Amount(p) * (One / 100) }

// String formats p with two decimals and no percent sign: "104.04".
func (p Percent) String() string { return p.Amount().Fixed(2) }

// mulDiv returns a × n ÷ d rounded half away from zero, with a 128-bit product. A quotient beyond int64
// is clamped to ±MaxInt64.
func mulDiv(a, n, d int64) int64 {
	divisor := magnitude(d)
	high, low := bits.Mul64(magnitude(a), magnitude(n))
	quotient := uint64(math.MaxUint64)
	if high < divisor {
		var rest uint64
		quotient, rest = bits.Div64(high, low, divisor)
		if rest >= divisor-rest && quotient < math.MaxUint64 {
			quotient++
		}
	}
	result := int64(min(quotient, math.MaxInt64))
	if (a < 0) != (n < 0) != (d < 0) {
		return -result
	}
	return result
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n) //nolint:gosec // two's complement: right for the smallest number too
	}
	return uint64(n)
}
