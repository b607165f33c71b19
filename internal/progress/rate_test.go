package progress_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// A ratio has its own measure in all its numbers: value, completion, what is missing, and the change
// from last year.
func TestARatioCountsInItsOwnMeasure(t *testing.T) {
	for _, c := range []struct {
		measure              kpi.Measure
		factor               int64
		numerator, divisor   string
		sign, target         string
		value, rate, missing string
		light                kpi.Light
		change               string // against last year's 200 of 400
	}{
		{"天", 1, "8000", "4000", "<=", "2.5", "2", "80", "(no_pace)", kpi.OnPace, "300"},
		{"天", 1, "8000", "4000", "<=", "1.9", "2", "105.26", "(no_pace)", kpi.Over, "300"},
		{"‰", 1_000, "10", "4000", ">=", "2.5", "2.5", "100", "(reached)", kpi.Done, "-497.5"},
		{"‰", 1_000, "10", "4000", ">=", "3", "2.5", "83.33", "0.5", kpi.OnPace, "-497.5"},
		{"人/期", 1, "1259", "20", ">=", "60", "62.95", "104.92", "(reached)", kpi.Done, "12490"},
		{"人/期", 1, "1259", "20", ">=", "70", "62.95", "89.93", "7.05", kpi.OnPace, "12490"},
		{"1/10万", 100_000, "5", "123456", "<=", "5", "4.05", "81", "(no_pace)", kpi.OnPace, "-99.99"},
		{"每千人", 1_000, "37", "5000", ">=", "8", "7.4", "92.5", "0.6", kpi.OnPace, "-98.52"},
		{"%", 100, "210", "223", ">=", "90", "94.17", "104.63", "(reached)", kpi.Done, "44.17"},
		{"%", 100, "1", "4", ">=", "50", "25", "50", "25", kpi.FarBehind, "-25"},
		{"元/人", 10_000, "1.5", "30", ">=", "500", "500", "100", "(reached)", kpi.Done, "-90"},
	} {
		in := ratio(t, goal(t, kpi.Sign(c.sign), c.target), "2022-12-01 "+c.numerator, "2022-12-01 "+c.divisor)
		in.Indicator.Measure, in.Indicator.Factor = c.measure, c.factor
		in.Last.Numerator, _ = logged(t, kpi.Flow, "2022-12-01 200")
		in.Last.Denominator, _ = logged(t, kpi.Flow, "2022-12-01 400")
		f := progress.Measure(in)
		change := ""
		if y := f.YearOverYear; y.Ok() {
			change = y.Value.By.Amount().String()
		}
		rate := "(" + string(f.Completion.Reason) + ")"
		if f.Completion.Ok() {
			rate = f.Completion.Value.Amount().String()
		}
		value := said(progress.Opt[kpi.Amount]{Value: f.Achievement.Value.Amount, Reason: f.Achievement.Reason})
		if value != c.value || rate != c.rate || said(f.Missing) != c.missing || f.Light != c.light || change != c.change {
			t.Errorf("%s ÷ %s in %s of %s %s: value %s, completion %s, missing %s, %s, change %s; want %s, %s, %s, %s, %s",
				c.numerator, c.divisor, c.measure,
				c.sign, c.target, value, rate, said(f.Missing), f.Light, change, c.value, c.rate, c.missing, c.light, c.change)
		}
	}
}
