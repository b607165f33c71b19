package kpi_test

import (
	"testing"

	"dabiao/internal/kpi"
)

// A rate that bounds the true one is rounded to the side on which it still does, but to no line it has not reached.
func TestARateThatBoundsIsRoundedToItsSide(t *testing.T) {
	rules := kpi.DefaultRules
	for _, c := range []struct {
		n, d  int64
		sign  kpi.Sign
		bound kpi.Bound
		want  string
	}{
		{121931, 150000, kpi.AtLeastSign, kpi.ThisExactly, "81.29"},
		{121931, 150000, kpi.AtLeastSign, kpi.AtLeastThis, "81.28"},
		{121931, 150000, kpi.AtLeastSign, kpi.AtMostThis, "81.29"},
		{121931, 150000, kpi.AtLeastSign, kpi.AboutThis, "81.29"},
		{5201, 6000, kpi.AtLeastSign, kpi.AtLeastThis, "86.68"},
		{5201, 6000, kpi.AtLeastSign, kpi.AtMostThis, "86.69"},
		{1, 2, kpi.AtLeastSign, kpi.AtLeastThis, "50.00"},
		{1, 2, kpi.AtLeastSign, kpi.AtMostThis, "50.00"},
		{29999, 30000, kpi.AtLeastSign, kpi.AtLeastThis, "99.99"},
		{29999, 30000, kpi.AtLeastSign, kpi.AtMostThis, "99.99"}, // 100 is not reached
		{79991, 100000, kpi.AtLeastSign, kpi.AtMostThis, "79.99"},
		{30001, 30000, kpi.MoreSign, kpi.AtLeastThis, "100.01"}, // above is another matter than at it
		{0, 5, kpi.AtLeastSign, kpi.AtLeastThis, "0.00"},
	} {
		if got := rules.RateBounding(kpi.Fraction(c.n, 1, c.d, 1), c.sign, c.bound).String(); got != c.want {
			t.Errorf("%d of %d, %s %s: %s, not %s", c.n, c.d, c.sign, c.bound, got, c.want)
		}
	}
}
