package progress_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// A sum in a larger measure never prints as its target, or as 0, before it gets there.
func TestASumShowsAsManyDecimalsAsItNeeds(t *testing.T) {
	for _, c := range []struct {
		amount, target string
		decimals, want int
	}{
		{"99.999999", "100", 2, 6}, {"2.9999", "3", 0, 4}, {"0.4999", "1", 0, 1}, {"2.4", "3", 0, 0}, {"100", "100", 2, 2},
		{"99.99", "100", 2, 2}, {"100.001", "100", 2, 3}, {"0", "1", 0, 0}, {"123.456789", "200", 2, 2},
	} {
		in := input(t, kpi.Money, goal(t, ">=", c.target), "2022-12-01 "+c.amount)
		in.Indicator.SumOf, in.Indicator.Decimals = kpi.SumOf(2, 3), c.decimals
		if f := progress.Measure(in); f.Indicator.Decimals != c.want {
			t.Errorf("%s of %s with %d decimals shows %d, want %d", c.amount, c.target, c.decimals, f.Indicator.Decimals, c.want)
		}
	}
}

// Money is kept to the 分 whatever is shown of it, so it is shown more exactly where it would print as its
// target, or as 0, or nothing would seem to be missing.
func TestMoneyShowsAsManyDecimalsAsItNeeds(t *testing.T) {
	for _, c := range []struct {
		measure                kpi.Measure
		amount                 string
		sign                   kpi.Sign
		target                 string
		decimals, want         int
		achievement, isMissing string
	}{
		{"万元", "2799.9999", ">=", "2800", 2, 4, "2799.9999", "0.0001"},
		{"万元", "2799.99", ">=", "2800", 2, 2, "2799.99", "0.01"},
		{"万元", "2799.996", ">=", "2800", 2, 3, "2799.996", "0.004"},
		{"万元", "0.0015", ">=", "2800", 2, 3, "0.0015", "2799.9985"},
		{"万元", "28.000001", "<=", "28", 2, 6, "28.000001", "(no_pace)"},
		{"万元", "2799.5", ">=", "2800", 0, 1, "2799.5", "0.5"},
		{"万元", "100", ">=", "2800", 0, 0, "100", "2700"},
		{"元", "149999.99", ">=", "150000", 0, 2, "149999.99", "0.01"},
		{"元", "149999.4", ">=", "150000", 0, 0, "149999.4", "0.6"},
		{"元", "0.4", ">=", "150000", 0, 1, "0.4", "149999.6"},
		{"元", "0", ">=", "150000", 0, 0, "0", "150000"},
	} {
		in := input(t, kpi.Money, goal(t, c.sign, c.target), "2022-11-01 "+c.amount)
		in.Indicator.Measure, in.Indicator.Decimals = c.measure, c.decimals
		f := progress.Measure(in)
		if f.Indicator.Decimals != c.want || said(f.Missing) != c.isMissing ||
			f.Achievement.Value.Amount.String() != c.achievement {
			t.Errorf("%s %s %s: %d decimals, achievement %v, missing %s; want %d, %s, %s", c.amount, c.sign, c.target,
				f.Indicator.Decimals, f.Achievement.Value.Amount, said(f.Missing), c.want, c.achievement, c.isMissing)
		}
	}
}

// Readings are not added over months: the month of a ratio of two readings is their value then.
func TestTheMonthOfARatioOfReadingsIsTheirOwn(t *testing.T) {
	in := ratio(t, nil, "", "")
	in.Numerator, _ = logged(t, kpi.Running, "2022-01-10 100", "2022-02-10 61", "2022-03-10 61")
	in.Denominator, _ = logged(t, kpi.Running, "2022-01-10 100", "2022-02-10 200", "2022-03-10 200")
	in.Divides = [2]kpi.Kind{kpi.Running, kpi.Running}
	f := progress.Measure(in)
	for m, want := range []string{"100", "30.5", "30.5", "(no_value)"} {
		if got := said(f.Months[m].Achieved); got != want {
			t.Errorf("month %d: %s, want %s", m+1, got, want)
		}
	}
}
