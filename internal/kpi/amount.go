package kpi

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Amount is an exact number of a measure, counted in millionths, so that 元 and 万元, whole people
// and decimals all fit without rounding. The greatest magnitude a single update may carry is
// [MaxAmount]; sums have headroom above it.
type Amount int64

// One is the amount 1.
const One Amount = 1_000_000

// MaxAmount bounds what one update, target or budget line may say (10^11).
const MaxAmount = 100_000_000_000 * One

// AmountDecimals is how many decimals an Amount keeps.
const AmountDecimals = 6

// Whole makes an amount of n units.
func Whole(n int64) Amount { return Amount(n) * One }

// ParseAmount reads a plain decimal: digits, at most one point, an optional leading minus. Nothing
// else: no exponent, no separators, no NaN. Refusals: number_unreadable, number_too_precise,
// number_too_large. People's own ways of writing are package intake's business.
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

// String is the shortest exact decimal: "10780", "153.98", "-0.5".
func (a Amount) String() string {
	s := a.Fixed(AmountDecimals)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Fixed is the decimal with the given number of decimals (0 to 6), rounded half away from zero.
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

// Decimals is how many decimals the amount needs to be written.
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

// decimalStep is the smallest difference between amounts of some decimals.
func decimalStep(decimals int) Amount {
	step := One
	for range min(max(decimals, 0), AmountDecimals) {
		step /= 10
	}
	return step
}

// Times is a × n ÷ d, rounded half away from zero, exact in between. d must not be 0.
func (a Amount) Times(n, d int64) Amount {
	return Amount(mulDiv(int64(a), n, d))
}

// Percent is a rate in hundredths of a percent: 10404 is 104.04 %.
type Percent int64

// Hundred is 100 %.
const Hundred Percent = 100_00

// Rate is a ÷ b rounded half-up to two decimals of a percent, 100.00 only where it is 100 % and more
// (see [Quotient.Percent]). b must not be 0.
func Rate(a, b Amount) Percent { return Divide(a, b).Percent() }

// Of is p of a, rounded half away from zero to a millionth.
func (p Percent) Of(a Amount) Amount { return a.Times(int64(p), int64(Hundred)) }

// Amount is the rate as a number of percent: 94.17 % is 94.17.
func (p Percent) Amount() Amount { return Amount(p) * (One / 100) }

// String has two decimals and no sign: "104.04".
func (p Percent) String() string { return p.Amount().Fixed(2) }

// mulDiv is a × n ÷ d with 128 bits in between, rounded half away from zero; a quotient beyond
// int64 is held at its end.
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
