package progress_test

import (
	"fmt"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// num parses a decimal in a test.
func num(t testing.TB, s string) kpi.Amount {
	t.Helper()
	a, err := kpi.ParseAmount(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// end returns the end of a month of 2022; at returns a day of it.
func end(month int) kpi.AsOf { return kpi.MonthEnd(kpi.Period{Year: 2022, Month: month}) }

func at(month, day int) kpi.AsOf {
	return kpi.AsOf{Period: kpi.Period{Year: 2022, Month: month}, Day: day}
}

func indicator(kind kpi.Kind) kpi.Indicator {
	return kpi.Indicator{ID: 1, Code: "x", Name: "x", Kind: kind, Measure: "人", Starts: 1, Direction: kpi.Up}
}

func goal(t testing.TB, sign kpi.Sign, amount string) *kpi.Target {
	t.Helper()
	return &kpi.Target{Sign: sign, Amount: num(t, amount), Weight: 10_00}
}

// logged returns a log from entries such as "2022-03-15 100" or "2022-03-15 100 below". "at_least" has
// no upper end, "more" ends at the next number: 200余.
func logged(t testing.TB, kind kpi.Kind, entries ...string) (kpi.Series, map[kpi.UpdateID]kpi.Update) {
	t.Helper()
	var updates []kpi.Update
	byID := map[kpi.UpdateID]kpi.Update{}
	for i, e := range entries {
		var day, amount, precision string
		fmt.Sscan(e, &day, &amount, &precision) //nolint:errcheck // what is left out stays empty
		u := kpi.Update{ID: kpi.UpdateID(i + 1), Dated: kpi.Date(day), Act: kpi.ActLog, State: kpi.StateApproved}
		if l := kpi.LevelValue(amount); l.Known() {
			u.Level = l
		} else {
			u.Quantity = kpi.Quantity{Amount: num(t, amount), Precision: kpi.Exact}
			if precision != "" {
				u.Quantity.Precision = kpi.Precision(precision)
			}
			if precision == "more" {
				u.Quantity.Precision, u.Quantity.Wording = kpi.AtLeast, "余"
			}
		}
		updates, byID[u.ID] = append(updates, u), u
	}
	return progress.Tally(kind, kpi.ReviewOff, updates, nextNumber), byID
}

// nextNumber is a Most: one less than the next number in the last place of 余, but more than was
// written.
func nextNumber(q kpi.Quantity) (kpi.Amount, bool) {
	place := kpi.One
	for q.Amount != 0 && q.Amount%(10*place) == 0 {
		place *= 10
	}
	return q.Amount + max(place-kpi.One, kpi.One), q.Wording == "余"
}

// input returns an indicator with a target and a log, at the end of the year.
func input(t testing.TB, kind kpi.Kind, target *kpi.Target, entries ...string) progress.Input {
	t.Helper()
	in := progress.Input{Indicator: indicator(kind), Target: target, AsOf: end(12), Rules: kpi.DefaultRules}
	in.Series, in.Entries = logged(t, kind, entries...)
	return in
}

// ratio returns a rate of two indicators.
func ratio(t testing.TB, target *kpi.Target, numerator, denominator string) progress.Input {
	t.Helper()
	in := progress.Input{Indicator: indicator(kpi.Ratio), Target: target, AsOf: end(12), Rules: kpi.DefaultRules}
	in.Indicator.Measure, in.Indicator.Factor, in.Indicator.Decimals = kpi.PercentSign, 100, 2
	in.Indicator.Numerator, in.Indicator.Denominator = 2, 3
	if numerator != "" {
		in.Numerator, _ = logged(t, kpi.Flow, numerator)
	}
	if denominator != "" {
		in.Denominator, _ = logged(t, kpi.Flow, denominator)
	}
	return in
}

// said returns a figure's number as text, or its reason in brackets.
func said[T fmt.Stringer](o progress.Opt[T]) string {
	if !o.Ok() {
		return "(" + string(o.Reason) + ")"
	}
	return o.Value.String()
}

func saidDate(o progress.Opt[kpi.Date]) string {
	if !o.Ok() {
		return "(" + string(o.Reason) + ")"
	}
	return string(o.Value)
}

func saidQuantity(o progress.Opt[kpi.Quantity]) string {
	if !o.Ok() {
		return "(" + string(o.Reason) + ")"
	}
	return o.Value.Amount.String() + " " + string(o.Value.Precision)
}

func TestCompletionOfAmountsAndTargets(t *testing.T) {
	for _, c := range []struct {
		name string
		in   progress.Input
		want string
	}{
		{"the published household count", input(t, kpi.Running, goal(t, ">=", "10361"), "2022-11-30 10780"), "104.04"},
		{"half up at the second decimal", input(t, kpi.Flow, goal(t, ">=", "80000"), "2022-05-01 12"), "0.02"},
		{"a rate against a rate, from the exact quotient", ratio(t, goal(t, ">=", "94.17"), "2022-05-01 210",
			"2022-05-01 223"), "100.00"},
		{"never capped", input(t, kpi.Flow, goal(t, ">=", "1"), "2022-05-01 1000"), "100000.00"},
		{"zero logged is zero", input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 0"), "0.00"},
		{"nothing logged", input(t, kpi.Flow, goal(t, ">=", "100")), "(no_value)"},
		{"no target", input(t, kpi.Flow, nil, "2022-05-01 3"), "(no_target)"},
		{"target 0", input(t, kpi.Flow, goal(t, ">=", "0"), "2022-05-01 3"), "(target_zero)"},
		{"a rate without its denominator", ratio(t, goal(t, ">=", "95"), "2022-05-01 3", ""), "(no_divisor)"},
		{"a rate whose denominator is 0", ratio(t, goal(t, ">=", "95"), "2022-05-01 3", "2022-05-01 0"), "(no_divisor)"},
		{"a rate without its numerator", ratio(t, goal(t, ">=", "95"), "", "2022-05-01 3"), "(no_value)"},
		{"a ceiling kept", input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 45"), "50.00"},
		{"a ceiling broken", input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 135"), "150.00"},
		{"just under 200 is not 200", input(t, kpi.Flow, goal(t, ">=", "200"), "2022-05-01 200 below"), "99.50"},
		{"200 and some more is at least 200", input(t, kpi.Flow, goal(t, ">=", "200"), "2022-05-01 200 at_least"), "100.00"},
		{"about 200 counts as 200", input(t, kpi.Flow, goal(t, ">=", "200"), "2022-05-01 200 about"), "100.00"},
		{"a sum with a just-under in it", input(t, kpi.Flow, goal(t, ">=", "300"), "2022-05-01 200 below",
			"2022-06-01 100 at_least"), "99.67"},
		{"a standard is met or not", input(t, kpi.Standard, goal(t, ">=", "600"), "2022-05-01 650"), "(no_pace)"},
		{"so is a judgement", input(t, kpi.Level, &kpi.Target{Sign: kpi.LevelSign, Level: kpi.LevelMet}, "2022-05-01 met"),
			"(no_pace)"},
	} {
		if got := said(progress.Measure(c.in).Completion); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAchievementByKind(t *testing.T) {
	for _, c := range []struct {
		name string
		in   progress.Input
		want string
	}{
		{"the mediation rate", ratio(t, nil, "2022-05-01 210", "2022-05-01 223"), "94.17 exact"},
		{"a running total over quarters is its last quarter",
			input(t, kpi.Running, nil, "2022-03-31 2500", "2022-06-30 5200", "2022-09-30 8100",
				"2022-12-31 10780"), "10780 exact"},
		{"a flow over quarters is their sum", input(t, kpi.Flow, nil, "2022-03-31 100", "2022-06-30 200", "2022-09-30 300"),
			"600 exact"},
		{"a reading that comes late does not hold", input(t, kpi.Running, nil, "2022-06-30 5200", "2022-03-31 2500"),
			"5200 exact"},
		{"of two readings of one day the later entry", input(t, kpi.Running, nil, "2022-06-30 5200", "2022-06-30 5210"),
			"5210 exact"},
		{"a stored zero is a zero", input(t, kpi.Flow, nil, "2022-06-30 0"), "0 exact"},
		{"nothing is nothing", input(t, kpi.Flow, nil), "(no_value)"},
		{"at least stays at least in a sum", input(t, kpi.Flow, nil, "2022-03-31 200 at_least", "2022-06-30 30"),
			"230 at_least"},
		{"two directions make about", input(t, kpi.Flow, nil, "2022-03-31 200 at_least", "2022-06-30 30 below"), "230 about"},
		{"a running total is as exact as its last reading", input(t, kpi.Running, nil, "2022-03-31 200 about",
			"2022-06-30 230"), "230 exact"},
		{"a judgement is the last one", input(t, kpi.Level, nil, "2022-03-31 missed", "2022-06-30 partly"), "2 exact"},
	} {
		if got := saidQuantity(progress.Measure(c.in).Achievement); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// summer is a campaign: nothing until June, all of it by September.
var summer = kpi.Curve{0, 0, 0, 0, 0, 20_00, 60_00, 90_00, 100_00, 100_00, 100_00, 100_00}

func TestPaceAndLights(t *testing.T) {
	seasonal := goal(t, ">=", "1000")
	seasonal.Curve = &summer
	for _, c := range []struct {
		name           string
		in             progress.Input
		at             kpi.AsOf
		starts         int
		expected, pace string
		light          kpi.Light
	}{
		{"January asks for exactly a twelfth", input(t, kpi.Flow, goal(t, ">=", "120000"), "2022-01-15 10000"), end(1), 1,
			"10000", "100.00", kpi.OnPace},
		{"1–9月 is 75 %", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-09-15 900"), end(9), 1, "900", "100.00", kpi.OnPace},
		{"the running month by its days", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 250"), at(4, 15), 1, "350",
			"71.43", kpi.Behind},
		{"month 12 asks for all", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-12-15 1199"), end(12), 1, "1200", "99.92",
			kpi.OnPace},
		{"59.99 % of the plan is far behind", input(t, kpi.Flow, goal(t, ">=", "10000"), "2022-01-15 5999"), end(12), 1,
			"10000", "59.99", kpi.FarBehind},
		{"60 % is behind", input(t, kpi.Flow, goal(t, ">=", "10000"), "2022-12-15 6000"), end(12), 1, "10000", "60.00",
			kpi.Behind},
		{"80 % is on pace", input(t, kpi.Flow, goal(t, ">=", "10000"), "2022-12-15 8000"), end(12), 1, "10000", "80.00",
			kpi.OnPace},
		{"120 % is ahead", input(t, kpi.Flow, goal(t, ">=", "12000"), "2022-06-15 7200"), end(6), 1, "6000", "120.00",
			kpi.Ahead},
		{"reached is done at any pace", input(t, kpi.Flow, goal(t, ">=", "12000"), "2022-06-15 12000"), end(6), 1, "6000",
			"200.00", kpi.Done},
		{"just under the target is not done", input(t, kpi.Flow, goal(t, ">=", "200"), "2022-12-15 200 below"), end(12), 1,
			"200", "99.50", kpi.OnPace},
		{"a campaign before its season, nothing logged", input(t, kpi.Flow, seasonal), end(4), 1, "(not_due)", "(not_due)",
			kpi.NotDue},
		{"a campaign before its season, 0 logged", input(t, kpi.Flow, seasonal, "2022-03-01 0"), end(4), 1, "(not_due)",
			"(not_due)", kpi.NotDue},
		{"a campaign that began early", input(t, kpi.Flow, seasonal, "2022-03-01 5"), end(4), 1, "(not_due)", "(not_due)",
			kpi.Ahead},
		{"a campaign in its season", input(t, kpi.Flow, seasonal, "2022-07-01 300"), end(7), 1, "600", "50.00",
			kpi.FarBehind},
		{"a task from July, in June", input(t, kpi.Flow, goal(t, ">=", "600")), end(6), 7, "(not_due)", "(not_due)",
			kpi.NotDue},
		{"a task from July, in its first month", input(t, kpi.Flow, goal(t, ">=", "600")), at(7, 20), 7, "64.516129",
			"(no_value)", kpi.NotDue},
		{"a task from July, in August", input(t, kpi.Flow, goal(t, ">=", "600")), end(8), 7, "200", "(no_value)", kpi.NoData},
		{"a task from July with a third done", input(t, kpi.Flow, goal(t, ">=", "600"), "2022-08-02 200"), end(8), 7, "200",
			"100.00", kpi.OnPace},
		{"a task of December", input(t, kpi.Flow, goal(t, ">=", "31"), "2022-12-02 10"), at(12, 10), 12, "10", "100.00",
			kpi.OnPace},
		{"a rate is expected in full", ratio(t, goal(t, ">=", "96"), "2022-01-05 210", "2022-01-05 223"), end(1), 1, "96",
			"98.09", kpi.OnPace},
		{"a ceiling kept", input(t, kpi.Flow, goal(t, "<=", "90"), "2022-01-05 90"), end(1), 1, "90", "(no_pace)",
			kpi.OnPace},
		{"a ceiling reached under <", input(t, kpi.Flow, goal(t, "<", "90"), "2022-01-05 90"), end(1), 1, "90",
			"(no_pace)", kpi.Over},
		{"a ceiling of 0 kept", input(t, kpi.Running, goal(t, "<=", "0"), "2022-01-05 0"), end(1), 1, "0", "(no_pace)",
			kpi.OnPace},
		{"a ceiling of 0 broken", input(t, kpi.Running, goal(t, "<=", "0"), "2022-01-05 1"), end(1), 1, "0",
			"(no_pace)", kpi.Over},
		{"no target", input(t, kpi.Flow, nil, "2022-01-05 1"), end(1), 1, "(no_target)", "(no_target)", kpi.NoTarget},
		{"target 0 is met", input(t, kpi.Flow, goal(t, ">=", "0"), "2022-01-05 0"), end(1), 1, "0",
			"(target_zero)", kpi.Done},
		{"a standard met", input(t, kpi.Standard, goal(t, ">=", "600"), "2022-01-05 650"), end(1), 1, "(no_pace)",
			"(no_pace)", kpi.Done},
		{"a standard not met", input(t, kpi.Standard, goal(t, ">=", "600"), "2022-01-05 550"), end(1), 1, "(no_pace)",
			"(no_pace)", kpi.FarBehind},
		{"a standard not read", input(t, kpi.Standard, goal(t, ">=", "600")), end(2), 1, "(no_pace)", "(no_pace)",
			kpi.NoData},
		{"nothing logged in the year's first days", input(t, kpi.Flow, goal(t, ">=", "600")), at(1, 10), 1, "16.129032",
			"(no_value)", kpi.NotDue},
		{"three silent months", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-06-10 1000"), end(9), 1, "900", "111.11",
			kpi.Stale},
		{"two silent months", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-06-10 900"), at(9, 29), 1, "896.666667",
			"100.37", kpi.OnPace},
		{"a late light is never hidden by age", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-10 100"), end(9), 1, "900",
			"11.11", kpi.FarBehind},
		{"silence the plan asked for", func() progress.Input {
			early := goal(t, ">=", "1000")
			early.Curve = &kpi.Curve{50_00, 90_00, 90_00, 90_00, 90_00, 90_00, 90_00, 90_00, 90_00, 90_00, 90_00, 100_00}
			return input(t, kpi.Flow, early, "2022-02-10 900")
		}(), end(9), 1, "900", "100.00", kpi.OnPace},
	} {
		in := c.in
		in.AsOf, in.Indicator.Starts = c.at, c.starts
		f := progress.Measure(in)
		if said(f.Expected) != c.expected || said(f.Pace) != c.pace || f.Light != c.light {
			t.Errorf("%s: expected %s, pace %s, %s; want %s, %s, %s", c.name, said(f.Expected), said(f.Pace), f.Light,
				c.expected, c.pace, c.light)
		}
	}
}

func TestLevelsHaveALightAndNoPace(t *testing.T) {
	for entry, want := range map[string]kpi.Light{"met": kpi.Done, "partly": kpi.Behind, "missed": kpi.FarBehind} {
		in := input(t, kpi.Level, &kpi.Target{Sign: kpi.LevelSign, Level: kpi.LevelMet}, "2022-05-01 "+entry)
		if f := progress.Measure(in); f.Light != want || f.Level() != kpi.LevelValue(entry) {
			t.Errorf("%s: %s (%s), want %s", entry, f.Light, f.Level(), want)
		}
	}
}

func TestForecastOfTheYearsEnd(t *testing.T) {
	seasonal := goal(t, ">=", "1000")
	seasonal.Curve = &summer
	for _, c := range []struct {
		name                              string
		in                                progress.Input
		at                                kpi.AsOf
		forecast, missing, needed, reachs string
	}{
		{"half way at half time", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 600"), end(6), "1200", "600", "100",
			"2022-12-31"},
		{"a third more each month", input(t, kpi.Flow, goal(t, ">=", "10500"), "2022-01-15 5009"), end(10), "6011", "5491",
			"2746", "(short)"},
		{"reached within the year", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 900"), end(6), "1800", "300", "50",
			"2022-08-31"},
		{"the running month counts by its days", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 350"), at(4, 15),
			"1200", "850", "100", "2022-12-31"},
		{"the last month needs all of it", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 1100"), at(12, 10), "1166",
			"100", "100", "(short)"},
		{"after the last day nothing can be caught up", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 1100"), end(12),
			"1100", "100", "(year_over)", "(year_over)"},
		{"reached", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 1300"), end(6), "2600", "(reached)", "(reached)",
			"(reached)"},
		{"nothing logged", input(t, kpi.Flow, goal(t, ">=", "1200")), end(6), "(no_value)", "1200", "200", "(no_value)"},
		{"zero logged", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 0"), end(6), "0", "1200", "200", "(short)"},
		{"very slow", input(t, kpi.Flow, goal(t, ">=", "1200"), "2022-01-15 1"), end(6), "2", "1199", "200", "(short)"},
		{"a campaign not due", input(t, kpi.Flow, seasonal), end(3), "(no_value)", "1000", "112", "(no_value)"},
		{"a campaign that began early", input(t, kpi.Flow, seasonal, "2022-02-01 10"), end(3), "(not_due)", "990", "110",
			"(not_due)"},
		{"a campaign along its curve", input(t, kpi.Flow, seasonal, "2022-07-01 700"), end(7), "1167", "300", "60",
			"2022-08-27"},
		{"just under", input(t, kpi.Flow, goal(t, ">=", "200"), "2022-12-15 200 below"), end(12), "199", "1", "(year_over)",
			"(year_over)"},
		{"a rate", ratio(t, goal(t, ">=", "96"), "2022-01-05 210", "2022-01-05 223"), end(6), "(no_pace)", "1.83",
			"(no_pace)", "(no_pace)"},
		{"a rate over its ceiling misses nothing", ratio(t, goal(t, "<=", "5"), "2022-01-05 7", "2022-01-05 100"), end(6),
			"(no_pace)", "(no_pace)", "(no_pace)", "(no_pace)"},
		{"a ceiling used up", input(t, kpi.Flow, goal(t, "<=", "90"), "2022-01-05 60"), end(6), "120", "(no_pace)",
			"(no_pace)", "(no_pace)"},
		{"a reading under a ceiling", input(t, kpi.Running, goal(t, "<=", "3"), "2022-06-05 2"), end(6), "(no_pace)",
			"(no_pace)", "(no_pace)", "(no_pace)"},
		{"a standard", input(t, kpi.Standard, goal(t, ">=", "600"), "2022-01-05 500"), end(6), "(no_pace)", "(no_pace)",
			"(no_pace)", "(no_pace)"},
		{"no target", input(t, kpi.Flow, nil, "2022-01-05 500"), end(6), "1000", "(no_target)", "(no_target)", "(no_target)"},
	} {
		in := c.in
		in.AsOf = c.at
		if in.Target != nil && in.Target.Curve != nil && c.at.Month < 6 {
			in.Indicator.Starts = 4
		}
		f := progress.Measure(in)
		got := [4]string{said(f.Forecast), said(f.Missing), said(f.NeededPerMonth), saidDate(f.ReachDate)}
		if want := [4]string{c.forecast, c.missing, c.needed, c.reachs}; got != want {
			t.Errorf("%s: forecast, missing, needed, reached %v; want %v", c.name, got, want)
		}
	}
}

func TestYearOverYear(t *testing.T) {
	last := func(in progress.Input, entries ...string) progress.Input {
		in.Last.Series, _ = logged(t, in.Indicator.Kind, entries...)
		return in
	}
	rate := ratio(t, nil, "2022-03-01 210", "2022-03-01 223")
	rate.Last.Numerator, _ = logged(t, kpi.Flow, "2021-03-01 184")
	rate.Last.Denominator, _ = logged(t, kpi.Flow, "2021-03-01 200")
	covered := last(input(t, kpi.Standard, nil, "2022-03-01 98.5"), "2021-03-01 100")
	covered.Indicator.Measure = kpi.PercentSign
	for _, c := range []struct {
		name string
		in   progress.Input
		at   kpi.AsOf
		want string
	}{
		{"a sum", last(input(t, kpi.Flow, nil, "2022-03-01 1259"), "2021-03-01 1180"), end(12), "6.69% 12"},
		{"one more than a hundred thousand is a change", last(input(t, kpi.Flow, nil, "2022-03-01 100001"),
			"2021-03-01 100000"), end(12), "0.01% 12"},
		{"so is one less", last(input(t, kpi.Flow, nil, "2022-03-01 99999"), "2021-03-01 100000"), end(12), "-0.01% 12"},
		{"the same is none", last(input(t, kpi.Flow, nil, "2022-03-01 100000"), "2021-03-01 100000"), end(12), "0.00% 12"},
		{"all but one is not all", last(input(t, kpi.Flow, nil, "2022-03-01 1"), "2021-03-01 30000"), end(12), "-99.99% 12"},
		{"less than last year", last(input(t, kpi.Flow, nil, "2022-03-01 900"), "2021-03-01 1200"), end(12), "-25.00% 12"},
		{"the same date of last year, not all of it", last(input(t, kpi.Flow, nil, "2022-03-01 300"), "2021-03-01 200",
			"2021-11-01 500"), end(6), "50.00% 6"},
		{"a running month is left out on both sides", last(input(t, kpi.Flow, nil, "2022-03-01 300", "2022-06-02 9"),
			"2021-03-01 200", "2021-06-30 50"), at(6, 3), "50.00% 5"},
		{"a running total", last(input(t, kpi.Running, nil, "2022-03-31 100", "2022-06-30 220"), "2021-03-31 100",
			"2021-06-30 200"), end(6), "10.00% 6"},
		{"a rate in points, from the rates as they are shown", rate, end(12), "2.17pt 12"},
		{"a reading in percent", covered, end(12), "-1.50pt 12"},
		{"zero now", last(input(t, kpi.Flow, nil, "2022-03-01 0"), "2021-03-01 1200"), end(12), "-100.00% 12"},
		{"zero last year", last(input(t, kpi.Flow, nil, "2022-03-01 5"), "2021-03-01 0"), end(12), "(last_year_zero)"},
		{"nothing last year", input(t, kpi.Flow, nil, "2022-03-01 5"), end(12), "(no_last_year)"},
		{"nothing last year by then", last(input(t, kpi.Flow, nil, "2022-03-01 5"), "2021-11-01 4"), end(6),
			"(no_last_year)"},
		{"nothing this year", last(input(t, kpi.Flow, nil), "2021-11-01 4"), end(12), "(no_value)"},
		{"January is not over", last(input(t, kpi.Flow, nil, "2022-01-01 5"), "2021-01-01 4"), at(1, 15), "(not_due)"},
		{"a judgement", last(input(t, kpi.Level, nil, "2022-01-01 met"), "2021-01-01 partly"), end(12), "(no_pace)"},
	} {
		in := c.in
		in.AsOf = c.at
		o := progress.Measure(in).YearOverYear
		got := "(" + string(o.Reason) + ")"
		if o.Ok() {
			measure := "%"
			if o.Value.InPoints {
				measure = "pt"
			}
			got = fmt.Sprintf("%s%s %d", o.Value.By, measure, o.Value.Through)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
