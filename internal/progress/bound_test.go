package progress_test

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// An approximate number counts by the bound that is certain: 近 below a floor, 余 above a ceiling, and
// the other way round in denominators. For ＝ it is never met.
func TestWhatIsApproximateCountsByItsSureSide(t *testing.T) {
	for _, c := range []struct {
		entries      string // comma-separated; for a ratio "numerators / denominators"
		rule         kpi.UnitsRule
		sign, target string
		met          bool
		relied       string
	}{
		{"200 below", "", ">=", "200", false, "199"},
		{"200 below", "", ">=", "199", true, "199"},
		{"100 below,100 below", "", ">=", "199", false, "198"},
		{"100 below,100 below", "", ">=", "198", true, "198"},
		{"100 below,100 below,100 below", "", ">=", "298", false, "297"},
		{"100 below,100 at_least", "", ">=", "200", false, "199"},
		{"200 at_least", "", ">=", "200", true, "200"},
		{"200 at_least", "", ">=", "201", false, "200"},
		{"200 about", "", ">=", "200", true, "200"},

		{"200 more", "", "<=", "200", false, "299"},
		{"200 more", "", "<=", "298", false, "299"},
		{"200 more", "", "<=", "299", true, "299"},
		{"200 more", "", "<", "300", true, "299"},
		{"200 more", "", "<", "299", false, "299"},
		{"25 more", "", "<=", "25", false, "26"},
		{"100 more,100 more", "", "<=", "397", false, "398"},
		{"100 more,100 more", "", "<=", "398", true, "398"},
		{"30 more,200,300", "", "<=", "539", true, "539"},
		{"200 more", "", "<=", "250", false, "299"},
		{"200 more,5", "", "<=", "250", false, "304"},
		{"200 more,5", "", "<=", "303", false, "304"},
		{"200 more,5", "", "<=", "304", true, "304"},
		{"200 more,5", "", "<", "304", false, "304"},
		{"200 more,100 more,7", "", "<=", "350", false, "505"},
		{"200 more,100 more,7", "", "<=", "505", true, "505"},
		{"200 more,100 below", "", "<=", "397", false, "398"},
		{"200 more,95", "", "<=", "393", false, "394"},
		{"25 more,200 more", "", "<=", "325", true, "325"},

		{"200 at_least", "", "<=", "300", false, "(approximate)"},
		{"200 at_least", "", "<", "300", false, "(approximate)"},
		{"500 at_least", "", "<=", "1000", false, "(approximate)"},
		{"200 at_least", "", "<=", "200", false, "(approximate)"},
		{"200 at_least,5", "", "<=", "300", false, "(approximate)"},
		{"200 at_least,100 more", "", "<=", "900", false, "(approximate)"},
		{"200 at_least", "", ">=", "200", true, "200"},
		{"200 at_least", "", "=", "200", false, "200"},
		{"200 below", "", "<=", "199", true, "199"},
		{"200 below", "", "<", "200", true, "199"},

		{"200 at_least", "", "=", "200", false, "200"},
		{"200 below", "", "=", "199", false, "199"},
		{"200 about", "", "=", "200", false, "200"},
		{"200", "", "=", "200", true, "200"},

		{"200 below / 200", "", ">=", "100", false, "99.5"},
		{"200 / 200 below", "", ">=", "100", true, "100.5"},
		{"100 / 200 more", "", ">=", "50", false, "33.44"},
		{"100 / 200 more", "", ">=", "33", true, "33.44"},
		{"100 at_least / 200", "", ">=", "50", true, "50"},
		{"100 more / 200", "", "<=", "50", false, "99.5"},
		{"100 / 200 below", "", "<=", "50", false, "50.25"},
		{"100 / 200 more", "", "<=", "50", true, "50"},
		{"100 below / 200", "", "=", "50", false, "49.5"},
		{"100 at_least / 200", "", "<=", "90", false, "(approximate)"},
		{"100 / 200 at_least", "", ">=", "10", false, "(approximate)"},
		{"100 / 200 at_least", "", "=", "50", false, "(approximate)"},
		{"100 / 200 at_least", "", "<=", "50", true, "50"},
		{"100 more / 200", "", "<=", "99", false, "99.5"},
		{"1 / 1 below", "", "<=", "100", true, "100"},

		{"90 below,90 below,90 below", kpi.MeanOf, ">=", "90", false, "89"},
		{"90 below,90 below,90 below", kpi.MeanOf, ">=", "89", true, "89"},
		{"90 more,90,90", kpi.MeanOf, "<=", "90", false, "93"},
		{"90,90,90", kpi.MeanOf, ">=", "90", true, "90"},
		{"90 below,90", kpi.Highest, ">=", "90", true, "90"},
		{"90,90 below", kpi.Highest, ">=", "90", true, "90"},
		{"91 below,90", kpi.Highest, ">=", "91", false, "90"},
		{"80 below,90", kpi.Highest, ">=", "90", true, "90"},
		{"90 below,90", kpi.Lowest, ">=", "90", false, "89"},
		{"80,90 below", kpi.Lowest, ">=", "80", true, "80"},
		{"90 more,90", kpi.Lowest, "<=", "90", true, "90"},
		{"90 more,95", kpi.Lowest, "<=", "94", false, "95"},
		{"90 more,95", kpi.Lowest, "<=", "95", true, "95"},
		{"70 more,95", kpi.Lowest, "<=", "78", false, "79"},
		{"70 at_least,95", kpi.Lowest, "<=", "95", true, "95"},
		{"90 more,95", kpi.Highest, "<=", "98", false, "99"},
		{"90 more,95", kpi.Highest, "<=", "99", true, "99"},
		{"80 more,95", kpi.Highest, "<=", "95", true, "95"},
		{"80 at_least,95", kpi.Highest, "<=", "99", false, "(approximate)"},
		{"80 at_least,95", kpi.Highest, ">=", "95", true, "95"},
		{"90 at_least,90,90", kpi.MeanOf, "<=", "95", false, "(approximate)"},
	} {
		var in progress.Input
		top, below, isRatio := strings.Cut(c.entries, " / ")
		switch {
		case isRatio:
			in = ratio(t, goal(t, kpi.Sign(c.sign), c.target), "2022-12-01 "+top, "2022-12-01 "+below)
		case c.rule == kpi.AddUnits:
			in = input(t, kpi.Flow, goal(t, kpi.Sign(c.sign), c.target), dated(c.entries)...)
		default:
			in = input(t, kpi.Running, goal(t, kpi.Sign(c.sign), c.target))
			in.Indicator.Units = c.rule
			in.Series = overUnits(t, c.rule, dated(c.entries))
		}
		f := progress.Measure(in)
		if f.Met != c.met || said(f.Relied) != c.relied {
			t.Errorf("%s (%s) of %s %s: met %v, relied on %s; want %v, %s", c.entries, c.rule, c.sign, c.target, f.Met,
				said(f.Relied), c.met, c.relied)
		}
		if c.relied == "(approximate)" && (f.Light != kpi.Unclear || said(f.Completion) != c.relied ||
			said(f.Missing) == "0") {
			t.Errorf("%s of %s %s: %s, completion %s", c.entries, c.sign, c.target, f.Light, said(f.Completion))
		}
		if f.Met != (f.Light == kpi.Done || f.Light == kpi.OnPace && in.Target.Sign.Ceiling()) {
			t.Errorf("%s of %s %s: met %v but %s", c.entries, c.sign, c.target, f.Met, f.Light)
		}
		if f.Missing.Ok() && f.Missing.Value <= 0 {
			t.Errorf("%s of %s %s: %s is missing", c.entries, c.sign, c.target, f.Missing.Value)
		}
	}
}

// A figure whose smallest value exceeds the ceiling is over it, even if nobody knows by how much.
func TestAtLeastAboveACeilingIsOver(t *testing.T) {
	for _, in := range []progress.Input{
		input(t, kpi.Flow, goal(t, "<=", "300"), "2022-12-01 400 at_least"),
		input(t, kpi.Flow, goal(t, "<", "400"), "2022-12-01 400 at_least"),
		input(t, kpi.Flow, goal(t, "<=", "300"), "2022-11-01 200 at_least", "2022-12-01 101"),
		ratio(t, goal(t, "<=", "50"), "2022-12-01 101 at_least", "2022-12-01 200"),
	} {
		f := progress.Measure(in)
		if f.Light != kpi.Over || f.Met || said(f.Completion) != "(approximate)" {
			t.Errorf("%s of %s %s: %s, %s", f.Achievement.Value.Amount, in.Target.Sign, in.Target.Amount, f.Light,
				said(f.Completion))
		}
		s := progress.Rate(progress.ScoreInput{Rules: kpi.DefaultRules, Figures: []progress.Figure{f}})
		if got := said(s.Rows[0].Proposed); got != "(approximate)" {
			t.Errorf("%s points", got)
		}
	}
}

func dated(entries string) (out []string) {
	for _, e := range strings.Split(entries, ",") {
		out = append(out, "2022-12-01 "+e)
	}
	return out
}

// overUnits returns what a unit shows of the readings of several units below, one each.
func overUnits(t *testing.T, rule kpi.UnitsRule, entries []string) (sum kpi.Series) {
	t.Helper()
	var list []kpi.Series
	for _, e := range entries {
		s, _ := logged(t, kpi.Running, e)
		list = append(list, s)
	}
	if rule.Extreme() {
		return progress.Extreme(rule, list)
	}
	for _, s := range list {
		for m := range sum {
			sum[m] = sum[m].Plus(s[m])
		}
	}
	return sum
}

// What a figure prints beside a bound is on the side that the bound says, of the rate, of a ratio and of the forecast.
func TestWhatBoundsIsRoundedToItsSide(t *testing.T) {
	for _, c := range []struct {
		precision string
		bound     kpi.Bound
		side      int // where the printed number lies from the exact one, at most
	}{{"at_least", kpi.AtLeastThis, -1}, {"below", kpi.AtMostThis, 1}} {
		for n := int64(100); n < 160; n++ {
			amount := kpi.Whole(n).Fixed(0)
			in := input(t, kpi.Flow, goal(t, ">=", "701"), "2022-01-05 "+amount+" "+c.precision)
			in.AsOf = end(7)
			f := progress.Measure(in)
			if got := f.Quotient().Value.Cmp(f.Completion.Value); f.Bound != c.bound || got == c.side {
				t.Errorf("%s %s of 701: %s lies beyond", amount, c.precision, f.Completion.Value)
			}
			year := kpi.Fraction(int64(f.Relied.Value), 12, int64(kpi.One), 7)
			if got := year.CmpAmount(f.Forecast.Value); got == c.side {
				t.Errorf("%s %s by July: a year of %s lies beyond", amount, c.precision, f.Forecast.Value.Fixed(2))
			}
		}
	}
	for n := 40; n < 70; n++ {
		above := "2022-12-15 " + kpi.Whole(int64(n)).Fixed(0) + " at_least"
		f := progress.Measure(ratio(t, goal(t, ">=", "99"), above, "2022-12-15 71"))
		exact := kpi.Fraction(int64(n), 100, 71, 1)
		if f.Bound != kpi.AtLeastThis || exact.CmpAmount(f.Relied.Value) < 0 {
			t.Errorf("at least %d of 71 is at least %s", n, f.Relied.Value.Fixed(2))
		}
	}
}
