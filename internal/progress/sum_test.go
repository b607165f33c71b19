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
