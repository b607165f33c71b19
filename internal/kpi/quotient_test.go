package kpi_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"dabiao/internal/kpi"
)

// dealt returns a random number of any size, including the largest and those next to a multiple of
// another.
func dealt(dice *rand.Rand) int64 {
	switch dice.IntN(8) {
	case 0:
		return int64(dice.IntN(5)) - 2
	case 1:
		return math.MaxInt64 - int64(dice.IntN(3))
	case 2:
		return math.MinInt64 + int64(dice.IntN(3))
	case 3:
		return int64(kpi.MaxAmount) - int64(dice.IntN(3))
	}
	n := dice.Int64() >> dice.IntN(63)
	if dice.IntN(3) == 0 {
		return -n
	}
	return n
}

func nonZero(dice *rand.Rand) int64 {
	for {
		if n := dealt(dice); n != 0 {
			return n
		}
	}
}

func exactly(a, n, b, d int64) *big.Rat {
	above := new(big.Int).Mul(big.NewInt(a), big.NewInt(n))
	return new(big.Rat).SetFrac(above, new(big.Int).Mul(big.NewInt(b), big.NewInt(d)))
}

// halfUp returns x × scale rounded half away from zero, clamped to int64.
func halfUp(x *big.Rat, scale int64) int64 {
	y := new(big.Rat).Mul(x, new(big.Rat).SetInt64(scale))
	twice := new(big.Int).Mul(new(big.Int).Abs(y.Num()), big.NewInt(2))
	twice.Add(twice, y.Denom())
	whole := twice.Quo(twice, new(big.Int).Mul(y.Denom(), big.NewInt(2)))
	n := int64(math.MaxInt64)
	if whole.IsInt64() {
		n = whole.Int64()
	}
	if y.Sign() < 0 {
		return -n
	}
	return n
}

// A quotient compares with rates, amounts and other quotients exactly as fractions do, and rounds as
// they do.
func TestAQuotientIsExact(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 5))
	for range 3_000 {
		a, n, b, d := dealt(dice), dealt(dice), nonZero(dice), nonZero(dice)
		q, x := kpi.Fraction(a, n, b, d), exactly(a, n, b, d)
		for _, p := range []int64{dealt(dice), halfUp(x, 100_00), int64(dice.IntN(200_00))} {
			if got, want := q.Cmp(kpi.Percent(p)), x.Cmp(big.NewRat(p, 100_00)); got != want {
				t.Fatalf("%d×%d ÷ %d×%d against %d hundredths of a percent: %d, want %d", a, n, b, d, p, got, want)
			}
			if got, want := q.CmpAmount(kpi.Amount(p)), x.Cmp(big.NewRat(p, int64(kpi.One))); got != want {
				t.Fatalf("%d×%d ÷ %d×%d against %d millionths: %d, want %d", a, n, b, d, p, got, want)
			}
		}
		e, f := dealt(dice), nonZero(dice)
		if got, want := q.Compare(kpi.Divide(kpi.Amount(e), kpi.Amount(f))), x.Cmp(exactly(e, 1, f, 1)); got != want {
			t.Fatalf("%d×%d ÷ %d×%d against %d ÷ %d: %d, want %d", a, n, b, d, e, f, got, want)
		}
		if got, want := q.Percent(), kpi.Percent(halfUp(x, 100_00)); got != want && want != kpi.Hundred &&
			want != -kpi.Hundred {
			t.Fatalf("%d×%d ÷ %d×%d prints %s, want %s", a, n, b, d, got, want)
		}
		if got, want := q.Amount(6), kpi.Amount(halfUp(x, int64(kpi.One))); got != want {
			t.Fatalf("%d×%d ÷ %d×%d is %s, want %s", a, n, b, d, got, want)
		}
	}
}

// near returns a random quotient that lies exactly on a threshold, or closer to it than its last
// printed digit.
func near(dice *rand.Rand, line kpi.Percent) (a, b int64) {
	b = 1 + dice.Int64N(int64(kpi.MaxAmount)>>dice.IntN(56))
	whole := new(big.Int).Mul(big.NewInt(b), big.NewInt(int64(line)))
	a = whole.Quo(whole, big.NewInt(int64(kpi.Hundred))).Int64() + int64(dice.IntN(5)) - 2
	return a, b
}

// The printed rate is on the same side of every threshold as the exact number, and is rounded half up
// except next to one.
func TestAPrintedRateNeverCrossesALine(t *testing.T) {
	dice := rand.New(rand.NewPCG(9, 1))
	rules := kpi.DefaultRules
	rules.FarBehindBelow, rules.BehindBelow, rules.AheadFrom = 62_35, 79_99, 115_50
	rules.Caps = []kpi.Cap{{Below: 79_50, AtMost: 89_00}}
	lines := []kpi.Percent{62_35, 79_99, 115_50, 130_00, 100_00, 25_00, 40_00, 60_00, 80_00, 79_50}
	for range 3_000 {
		a, b := near(dice, lines[dice.IntN(len(lines))])
		q, x := kpi.Divide(kpi.Amount(a), kpi.Amount(b)), exactly(a, 1, b, 1)
		for _, sign := range append([]kpi.Sign{""}, kpi.Signs...) {
			p := rules.Rate(q, sign)
			for _, line := range lines {
				reached := x.Cmp(big.NewRat(int64(line), int64(kpi.Hundred))) >= 0
				if (p >= line) != reached || q.Reaches(line) != reached {
					t.Fatalf("%d ÷ %d prints %s beside %s, of which it is reached: %v", a, b, p, line, reached)
				}
			}
			strict := slices.Contains([]kpi.Sign{kpi.MoreSign, kpi.EqualSign, kpi.AtMostSign, kpi.LessSign}, sign)
			if whole := x.Cmp(big.NewRat(1, 1)); strict && p == kpi.Hundred && whole != 0 {
				t.Fatalf("%d ÷ %d prints %s under %s and is not it", a, b, p, sign)
			}
			if plain := kpi.Percent(halfUp(x, 100_00)); p != plain && !slices.Contains(lines, plain) {
				t.Fatalf("%d ÷ %d prints %s, half-up it is %s", a, b, p, plain)
			}
		}
	}
}

// A ratio's own value prints on its own side of the target, whatever the sign.
func TestAPrintedValueMeetsTheTargetAsTheExactOneDoes(t *testing.T) {
	dice := rand.New(rand.NewPCG(4, 4))
	for range 3_000 {
		decimals := dice.IntN(5)
		step := int64(kpi.One)
		for range decimals {
			step /= 10
		}
		target := step * int64(dice.IntN(2_000_000))
		d := 1 + dice.Int64N(1<<(8+dice.IntN(40)))
		n := new(big.Int).Mul(big.NewInt(target), big.NewInt(d))
		q := kpi.Fraction(n.Quo(n, big.NewInt(int64(kpi.One))).Int64()+int64(dice.IntN(5))-2, 1, d, 1)
		for _, sign := range kpi.Signs {
			if a := sign.Print(q, decimals, kpi.Amount(target)); sign.Met(a, kpi.Amount(target)) != sign.MetBy(q,
				kpi.Amount(target)) {
				t.Fatalf("%s %s prints %s with %d decimals: that it is met would be %v", sign, kpi.Amount(target), a, decimals,
					sign.Met(a, kpi.Amount(target)))
			}
		}
	}
}

// A rate written beside two numbers is right if it is their quotient rounded half up, and also if it is
// what the program prints next to a threshold.
func TestAWrittenRateIsTheQuotientOfItsNumbers(t *testing.T) {
	for _, c := range []struct {
		a, b     int64
		rate     string
		decimals int
		want     bool
	}{
		{2, 3, "66.67", 2, true}, {2, 3, "66.66", 2, false}, {2, 3, "66.7", 1, true}, {2, 3, "67", 0, true}, {2, 3,
			"66", 0, false},
		{29_999, 30_000, "100", 2, true}, {29_999, 30_000, "99.99", 2, true}, {29_999, 30_000, "99.98", 2, false}, {29_999,
			30_000, "100.01", 2, false},
		{30_001, 30_000, "100", 2, true}, {30_001, 30_000, "100.01", 2, true}, {30_001, 30_000, "99.99", 2, false},
		{23_999, 30_000, "79.99", 2, true}, {23_999, 30_000, "80", 2, true}, {30_000, 30_000, "99.99", 2, false},
		{10_780, 10_361, "104.04", 2, true}, {210, 223, "94.17", 2, true}, {210, 223, "94.2", 1, true}, {210, 223,
			"94.18", 2, false},
		{-1, 3, "-33.33", 2, true}, {99_999_999_999_999_999, 100_000_000_000_000_000, "99.99", 2, true},
	} {
		rate, err := kpi.ParseAmount(c.rate)
		if got := kpi.Divide(kpi.Amount(c.a), kpi.Amount(c.b)).Says(rate, c.decimals); err != nil || got != c.want {
			t.Errorf("%s%% of %d and %d: %v, want %v (%v)", c.rate, c.a, c.b, got, c.want, err)
		}
	}
}

// A band contains exactly the points that are the share of the weight that the rules say.
func TestABandIsExact(t *testing.T) {
	rules := kpi.DefaultRules
	for weight := kpi.Percent(1); weight <= 12_34; weight++ {
		for points := kpi.Percent(0); points <= weight; points++ {
			want := kpi.LevelMissed
			switch {
			case points*kpi.Hundred >= weight*rules.MetFrom:
				want = kpi.LevelMet
			case points*kpi.Hundred >= weight*rules.PartlyFrom:
				want = kpi.LevelPartly
			}
			for _, level := range []kpi.LevelValue{kpi.LevelMet, kpi.LevelPartly, kpi.LevelMissed} {
				if got := rules.Band(level, weight).Holds(points); got != (level == want) {
					t.Fatalf("%s of %s is %s of it: in the band of %s: %v", points, weight,
						kpi.Divide(kpi.Amount(points), kpi.Amount(weight)).Percent(), level, got)
				}
			}
		}
	}
}

func TestWhatIsShortOfAllStaysShort(t *testing.T) {
	for _, c := range []struct {
		a, b   int64
		rate   string
		points string // of 10
	}{
		{29_999, 30_000, "99.99", "9.99"},
		{30_000, 30_000, "100.00", "10.00"},
		{30_001, 30_000, "100.00", "10.00"},
		{999_999_999_999, 1_000_000_000_000, "99.99", "9.99"},
		{-29_999, 30_000, "-99.99", "0.00"},
		{-30_000, 30_000, "-100.00", "0.00"},
		{2, 3, "66.67", "6.67"},
		{1, 80_000, "0.00", "0.00"},
		{10_780, 10_361, "104.04", "10.40"},
		{0, -5, "0.00", "0.00"},
	} {
		q := kpi.Divide(kpi.Amount(c.a), kpi.Amount(c.b))
		if rate, points := q.Percent().String(), q.Points(10_00).String(); rate != c.rate || points != c.points {
			t.Errorf("%d ÷ %d: %s and %s points, want %s and %s", c.a, c.b, rate, points, c.rate, c.points)
		}
	}
}
