package kpi

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// mulDiv must equal exact arithmetic, at every sign and size.
func TestMulDivIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	some := func() int64 {
		n := rng.Int64() >> rng.IntN(63)
		switch rng.IntN(12) {
		case 0:
			return math.MaxInt64
		case 1:
			return math.MinInt64
		case 2:
			return 0
		}
		if rng.IntN(2) == 0 {
			return -n
		}
		return n
	}
	for range 200_000 {
		a, n, d := some(), some(), some()
		if d == 0 {
			continue
		}
		if got, want := mulDiv(a, n, d), exactly(a, n, d); got != want {
			t.Fatalf("%d × %d ÷ %d = %d, want %d", a, n, d, got, want)
		}
	}
}

func exactly(a, n, d int64) int64 {
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(n))
	negative := product.Sign()*big.NewInt(d).Sign() < 0
	divisor := new(big.Int).Abs(big.NewInt(d))
	product.Abs(product).Lsh(product, 1).Add(product, divisor)
	q := product.Quo(product, new(big.Int).Lsh(divisor, 1))
	if !q.IsInt64() {
		q = big.NewInt(math.MaxInt64)
	}
	if negative {
		return -q.Int64()
	}
	return q.Int64()
}
