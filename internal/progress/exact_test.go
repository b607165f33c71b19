package progress_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// The exact number decides, and what prints agrees with it: whether the target is met, the rate, the
// pace, the light and what is missing, for every sign at, just below and just above the target.
func TestDoneIsDecidedByExactAmounts(t *testing.T) {
	two := func(in progress.Input) progress.Input {
		in.Indicator.Decimals = 2
		return in
	}
	flow := func(sign kpi.Sign, target, achieved string) progress.Input {
		return input(t, kpi.Flow, goal(t, sign, target), "2022-12-15 "+achieved)
	}
	rate := func(sign kpi.Sign, target, n, d string) progress.Input {
		return ratio(t, goal(t, sign, target), "2022-12-05 "+n, "2022-12-05 "+d)
	}
	for _, c := range []struct {
		name              string
		in                progress.Input
		met               bool
		rate, pace        string
		light             kpi.Light
		missing, achieved string
	}{
		{"one of thirty thousand is missing", flow(">=", "30000", "29999"), false, "99.99", "99.99", kpi.OnPace,
			"1", "29999"},
		{"none is", flow(">=", "30000", "30000"), true, "100.00", "100.00", kpi.Done, "(reached)", "30000"},
		{"one more", flow(">=", "30000", "30001"), true, "100.00", "100.00", kpi.Done, "(reached)", "30001"},
		{"one of a hundred thousand million", flow(">=", "100000000000", "99999999999"), false, "99.99", "99.99", kpi.OnPace,
			"1", "99999999999"},
		{"a 分 of money", two(input(t, kpi.Money, goal(t, ">=", "10000"), "2022-12-15 9999.99")), false, "99.99", "99.99",
			kpi.OnPace, "0.01", "9999.99"},
		{"a reading", input(t, kpi.Running, goal(t, ">=", "30000"), "2022-12-15 29999"), false, "99.99", "99.99", kpi.OnPace,
			"1", "29999"},
		{"近30000 is not 30000", input(t, kpi.Flow, goal(t, ">=", "30000"), "2022-12-15 30000 below"), false, "99.99", "99.99",
			kpi.OnPace, "1", "30000"},
		{"30000余 is", input(t, kpi.Flow, goal(t, ">=", "30000"), "2022-12-15 30000 at_least"), true, "100.00", "100.00",
			kpi.Done, "(reached)", "30000"},
		{"just under eight tenths", flow(">=", "30000", "23999"), false, "79.99", "79.99", kpi.Behind, "6001", "23999"},
		{"eight tenths", flow(">=", "30000", "24000"), false, "80.00", "80.00", kpi.OnPace, "6000", "24000"},
		{"just under six tenths", flow(">=", "30000", "17999"), false, "59.99", "59.99", kpi.FarBehind, "12001", "17999"},
		{"two thirds, half-up where no line is near", flow(">=", "3", "2"), false, "66.67", "66.67", kpi.Behind, "1", "2"},

		{"＞ at its target", flow(">", "30000", "30000"), false, "100.00", "100.00", kpi.OnPace, "1", "30000"},
		{"＞ one below", flow(">", "30000", "29999"), false, "99.99", "99.99", kpi.OnPace, "2", "29999"},
		{"＞ one above", flow(">", "30000", "30001"), true, "100.01", "100.01", kpi.Done, "(reached)", "30001"},
		{"＞ 0 with nothing", flow(">", "0", "0"), false, "(target_zero)", "(target_zero)", kpi.FarBehind, "1", "0"},
		{"＝ at its target", flow("=", "30000", "30000"), true, "100.00", "100.00", kpi.Done, "(reached)", "30000"},
		{"＝ one below", flow("=", "30000", "29999"), false, "99.99", "99.99", kpi.OnPace, "1", "29999"},
		{"＝ one above", flow("=", "30000", "30001"), false, "100.01", "100.01", kpi.OnPace, "(passed)", "30001"},
		{"＝ far above", flow("=", "12", "15"), false, "125.00", "125.00", kpi.Ahead, "(passed)", "15"},
		{"＝ 0 with one", flow("=", "0", "1"), false, "(target_zero)", "(target_zero)", kpi.FarBehind, "(passed)", "1"},
		{"≤ at its target", flow("<=", "30000", "30000"), true, "100.00", "(no_pace)", kpi.OnPace, "(no_pace)", "30000"},
		{"≤ one above", flow("<=", "30000", "30001"), false, "100.01", "(no_pace)", kpi.Over, "(no_pace)", "30001"},
		{"≤ a 分 above", two(input(t, kpi.Money, goal(t, "<=", "10000000"), "2022-12-15 10000000.01")), false, "100.01",
			"(no_pace)", kpi.Over, "(no_pace)", "10000000.01"},
		{"≤ one below", flow("<=", "30000", "29999"), true, "99.99", "(no_pace)", kpi.OnPace, "(no_pace)", "29999"},
		{"＜ at its target", flow("<", "30000", "30000"), false, "100.00", "(no_pace)", kpi.Over, "(no_pace)", "30000"},
		{"＜ one below", flow("<", "30000", "29999"), true, "99.99", "(no_pace)", kpi.OnPace, "(no_pace)", "29999"},
		{"＜ one above", flow("<", "30000", "30001"), false, "100.01", "(no_pace)", kpi.Over, "(no_pace)", "30001"},

		{"a rate just under all", rate(">=", "100", "29999", "30000"), false, "99.99", "99.99", kpi.OnPace, "0.01", "99.99"},
		{"a rate just under its target", rate(">=", "96", "959999", "1000000"), false, "99.99", "99.99", kpi.OnPace,
			"0.01", "95.99"},
		{"a rate at its target", rate(">=", "96", "96", "100"), true, "100.00", "100.00", kpi.Done, "(reached)", "96"},
		{"a rate just above its target", rate(">=", "96", "960001", "1000000"), true, "100.00", "100.00", kpi.Done,
			"(reached)", "96"},
		{"a rate ＞ and just above", rate(">", "96", "960001", "1000000"), true, "100.01", "100.01", kpi.Done,
			"(reached)", "96.01"},
		{"a rate ＞ and at its target", rate(">", "96", "96", "100"), false, "100.00", "100.00", kpi.OnPace, "0.01", "96"},
		{"a rate ＝ and just above", rate("=", "96", "960001", "1000000"), false, "100.01", "100.01", kpi.OnPace,
			"(passed)", "96.01"},
		{"a rate under a ceiling, just above", rate("<=", "5", "50001", "1000000"), false, "100.01", "(no_pace)", kpi.Over,
			"(no_pace)", "5.01"},
		{"a rate under a ceiling, just below", rate("<", "5", "49999", "1000000"), true, "99.99", "(no_pace)", kpi.OnPace,
			"(no_pace)", "4.99"},
		{"近200 of 200", rate(">=", "100", "200 below", "200"), false, "99.50", "99.50", kpi.OnPace, "0.5", "99.99"},
		{"200余 of 200", rate(">=", "100", "200 at_least", "200"), true, "100.00", "100.00", kpi.Done, "(reached)", "100"},
		{"近5 of 100 under a ceiling", rate("<", "5", "5 below", "100"), true, "80.00", "(no_pace)", kpi.OnPace,
			"(no_pace)", "4.99"},
		{"a rate of people by the hundred million", rate(">=", "80", "79999999999", "100000000000"), false, "99.99", "99.99",
			kpi.OnPace, "0.01", "79.99"},

		{"a standard just under", two(input(t, kpi.Standard, goal(t, ">=", "600"), "2022-12-15 599.99")), false, "(no_pace)",
			"(no_pace)", kpi.FarBehind, "(no_pace)", "599.99"},
		{"a standard ＝ and passed", input(t, kpi.Standard, goal(t, "=", "600"), "2022-12-15 601"), false, "(no_pace)",
			"(no_pace)", kpi.FarBehind, "(no_pace)", "601"},
	} {
		f := progress.Measure(c.in)
		got := fmt.Sprint(f.Met, " ", said(f.Completion), " ", said(f.Pace), " ", f.Light, " ", said(f.Missing), " ",
			f.Achievement.Value.Amount)
		if want := fmt.Sprint(c.met, " ", c.rate, " ", c.pace, " ", c.light, " ", c.missing, " ", c.achieved); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
	}
}

// The pace is computed by one division from the exact share of the plan, and rounded once.
func TestPaceDividesOnce(t *testing.T) {
	thirds := goal(t, ">=", "10000")
	thirds.Curve = &kpi.Curve{0, 0, 0, 33_33, 33_33, 33_33, 66_67, 66_67, 66_67, 66_67, 66_67, 100_00}
	plain := goal(t, ">=", "10000")
	for _, c := range []struct {
		target   *kpi.Target
		at       kpi.AsOf
		achieved string
		pace     string
		light    kpi.Light
	}{
		{plain, end(8), "7965", "119.48", kpi.OnPace},
		{plain, end(8), "8000", "120.00", kpi.Ahead},
		{plain, end(8), "7999", "119.99", kpi.OnPace},
		{plain, end(8), "5333", "79.99", kpi.Behind}, // 80 % of the plan is 5333.33
		{plain, end(8), "5334", "80.01", kpi.OnPace},
		{plain, end(8), "4000", "60.00", kpi.Behind},
		{plain, end(8), "3999", "59.99", kpi.FarBehind},
		{plain, at(8, 15), "4989", "79.99", kpi.Behind},
		{plain, at(2, 28), "1333", "79.98", kpi.Behind},
		{plain, end(1), "500", "60.00", kpi.Behind},
		{plain, end(7), "4667", "80.01", kpi.OnPace},
		{plain, end(7), "7000", "120.00", kpi.Ahead},
		{thirds, end(4), "3999", "119.98", kpi.OnPace},
		{thirds, end(4), "4000", "120.01", kpi.Ahead},
		{thirds, end(8), "4000", "59.99", kpi.FarBehind}, // 4000 ÷ 6667 is 59.997
	} {
		in := input(t, kpi.Flow, c.target, "2022-01-05 "+c.achieved)
		in.AsOf = c.at
		in.Rules.StaleAfter = 12
		if f := progress.Measure(in); said(f.Pace) != c.pace || f.Light != c.light {
			t.Errorf("%s by %d-%d: %s, %s; want %s, %s", c.achieved, c.at.Month, c.at.Day, said(f.Pace), f.Light,
				c.pace, c.light)
		}
	}
}

// Whatever the target, the entries and the rules: the light, whether the target is met and what prints
// equal those of exact fractions, computed in another way.
func TestFiguresDecideAsExactFractionsDo(t *testing.T) {
	dice := rand.New(rand.NewPCG(8, 3))
	signs := []kpi.Sign{kpi.AtLeastSign, kpi.MoreSign, kpi.EqualSign, kpi.AtMostSign, kpi.LessSign}
	for range 5_000 {
		rules := kpi.DefaultRules
		rules.FarBehindBelow = kpi.Percent(50_00 + dice.IntN(15_00))
		rules.BehindBelow = kpi.Percent(70_00 + dice.IntN(20_00))
		rules.AheadFrom = kpi.Percent(101_00 + dice.IntN(40_00))
		rules.StaleAfter = 12
		sign, month := signs[dice.IntN(len(signs))], 1+dice.IntN(12)
		target := kpi.Whole(1 + dice.Int64N(100_000_000_000>>dice.IntN(36)))
		line := []kpi.Percent{rules.FarBehindBelow, rules.BehindBelow, rules.AheadFrom, 100_00}[dice.IntN(4)]
		beside := kpi.Whole(int64(dice.IntN(3)) - 1)
		reached := target
		if dice.IntN(2) == 0 {
			reached = line.Of(target).Times(int64(month), 12)
		}
		in := progress.Input{Indicator: indicator(kpi.Flow), Target: &kpi.Target{Sign: sign, Amount: target},
			AsOf: end(month), Rules: rules}
		in.Series[0] = kpi.Tally{Amount: reached.Round(0) + beside, Entries: 1, LastDate: "2022-01-05"}
		f := progress.Measure(in)

		a, whole := f.Achievement.Value.Amount, new(big.Rat).SetInt64(int64(target))
		done := new(big.Rat).Quo(new(big.Rat).SetInt64(int64(a)), whole)
		order := done.Cmp(big.NewRat(1, 1))
		met := map[kpi.Sign]bool{">=": order >= 0, ">": order > 0, "=": order == 0, "<=": order <= 0, "<": order < 0}[sign]
		pace := new(big.Rat).Mul(done, big.NewRat(12, int64(month)))
		reaches := func(x *big.Rat, p kpi.Percent) bool { return x.Cmp(big.NewRat(int64(p), 100_00)) >= 0 }
		want := kpi.FarBehind
		switch {
		case sign.Ceiling() && met:
			want = kpi.OnPace
		case sign.Ceiling():
			want = kpi.Over
		case met:
			want = kpi.Done
		case reaches(pace, rules.AheadFrom):
			want = kpi.Ahead
		case reaches(pace, rules.BehindBelow):
			want = kpi.OnPace
		case reaches(pace, rules.FarBehindBelow):
			want = kpi.Behind
		}
		if f.Met != met || f.Light != want {
			t.Fatalf("%s of %s %s by month %d: met %v, %s; want %v, %s", a, sign, target, month, f.Met, f.Light, met, want)
		}
		for _, p := range []kpi.Percent{rules.FarBehindBelow, rules.BehindBelow, rules.AheadFrom, rules.OverFrom, 100_00} {
			if (f.Completion.Value >= p) != reaches(done, p) || f.Pace.Ok() && (f.Pace.Value >= p) != reaches(pace, p) {
				t.Fatalf("%s of %s %s by month %d: %s and %s say of %s what the exact numbers do not", a, sign, target, month,
					f.Completion.Value, f.Pace.Value, p)
			}
		}
		passed := sign == kpi.EqualSign && order > 0
		if gap := f.Missing; gap.Ok() != (!met && !passed && !sign.Ceiling()) || gap.Ok() && gap.Value <= 0 {
			t.Fatalf("%s of %s %s: missing %s", a, sign, target, said(gap))
		}
	}
}

// Budgets are judged by exact amounts too: the light, the supervision lines, caps and the finance
// bureau's warnings; and every printed rate agrees.
func TestABudgetIsJudgedByExactAmounts(t *testing.T) {
	rules := kpi.DefaultRules
	rules.Caps = []kpi.Cap{{Below: 80_00, AtMost: 89_00}}
	for _, c := range []struct {
		name, spent, full string
		at                kpi.AsOf
		execution, pace   string
		light             kpi.Light
		raised            bool
	}{
		{"a 分 short of a quarter in April", "2499999.99", "10000000", end(4), "24.99", "75.00", kpi.Behind, true},
		{"a quarter in April", "2500000", "10000000", end(4), "25.00", "75.00", kpi.Behind, false},
		{"a 分 short of 40 % in June", "3999999.99", "10000000", end(6), "39.99", "79.99", kpi.Behind, true},
		{"40 % in June", "4000000", "10000000", end(6), "40.00", "80.00", kpi.OnPace, false},
		{"a 分 short of 60 % in August", "5999999.99", "10000000", end(8), "59.99", "90.00", kpi.Behind, true},
		{"a 分 short of 80 % in October", "7999999.99", "10000000", end(10), "79.99", "96.00", kpi.Behind, true},
		{"80 % in October", "8000000", "10000000", end(10), "80.00", "96.00", kpi.OnPace, false},
		{"a 分 short of all", "9999999.99", "10000000", end(12), "99.99", "99.99", kpi.OnPace, false},
		{"all", "10000000", "10000000", end(12), "100.00", "100.00", kpi.Done, false},
		{"a 分 short of six tenths of the pace", "2999999.99", "10000000", end(6), "30.00", "59.99", kpi.FarBehind, true},
		{"a 分 short of all of a hundred thousand million", "99999999999.99", "100000000000", end(12), "99.99", "99.99",
			kpi.OnPace, false},
	} {
		line := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Spent: num(t, c.spent)}
		full := num(t, c.full)
		line.Full, line.Months[0] = &full, line.Spent
		f := progress.Execute([]kpi.BudgetLine{line}, c.at, rules).Total
		month := progress.ExecuteMonths([]kpi.BudgetLine{line}, c.at, rules)[c.at.Month-1]
		if said(f.Execution) != c.execution || said(f.Pace) != c.pace || f.Light != c.light || month.Raised != c.raised {
			t.Errorf("%s: %s, pace %s, %s, raised %v", c.name, said(f.Execution), said(f.Pace), f.Light, month.Raised)
		}
	}

	for spent, want := range map[string]struct {
		score, total string
		unspent      string
	}{
		"79.9999": {"8.00", "89.00", "20.01"}, "80": {"8.00", "98.00", ""}, "80.0001": {"8.00", "98.00",
			""}, "99.9999": {"9.99", "99.99", ""},
		"79.99": {"8.00", "89.00", "20.01"}, "70.004": {"7.00", "89.00", "30.00"},
	} {
		s := progress.Rate(year(t, rules, spent, lastTen(t, "2022-12-01 100")))
		unspent := ""
		for _, f := range s.Findings {
			if f.Text.Key == "score.finding.unspent" {
				unspent = f.Text.Args[0].(kpi.Percent).String()
			}
		}
		if said(s.Execution.Score) != want.score || said(s.Total) != want.total || unspent != want.unspent {
			t.Errorf("%s of 100 spent: %s points, %s in all, unspent %q; want %+v", spent, said(s.Execution.Score),
				said(s.Total), unspent, want)
		}
	}
}

// The score rate is compared with the spending rate by exact numbers.
func TestTheScoreRateIsHeldAgainstTheExactSpendingRate(t *testing.T) {
	for spent, want := range map[string]bool{"95.238095": true, "95.238096": false, "95.2381": false, "95.238": true} {
		in := year(t, kpi.DefaultRules, spent, lastTen(t, "2022-12-01 100")) // all points: 100 % > 95.238095… × 1.05
		if got := slices.Contains(keys(progress.Rate(in)), "score.finding.rate_gap"); got != want {
			t.Errorf("%s spent: warned %v, want %v", spent, got, want)
		}
	}
}

// A reason becomes compulsory at exactly 130 %.
func TestFarAboveIsDecidedExactly(t *testing.T) {
	for achieved, want := range map[string]string{"38999": "130.00 false", "39000": "130.00 true", "38998": "129.99 false",
		"39001": "130.00 true"} {
		f := progress.Measure(input(t, kpi.Flow, goal(t, ">=", "30000"), "2022-12-05 "+achieved))
		got := fmt.Sprint(f.Completion.Value, " ", f.FarAbove(kpi.DefaultRules))
		if achieved == "38999" {
			want = "129.99 false" // 129.9967
		}
		if got != want {
			t.Errorf("%s of 30000: %s, want %s", achieved, got, want)
		}
	}
	for _, sign := range []kpi.Sign{"<=", "<"} {
		if f := progress.Measure(input(t, kpi.Flow, goal(t, sign, "100"), "2022-12-05 200")); f.FarAbove(kpi.DefaultRules) {
			t.Errorf("%s: a broken ceiling is over-achieved", sign)
		}
	}
}

// The forecast prints on its own side of the target; what is needed per month suffices.
func TestForecastsDoNotCrossTheTarget(t *testing.T) {
	for _, c := range []struct {
		sign               kpi.Sign
		target, achieved   string
		at                 kpi.AsOf
		forecast, perMonth string
	}{
		{">=", "1000", "583", end(7), "999", "84"},  // 999.43 rounds down as it is
		{">=", "1001", "584", end(7), "1001", "84"}, // 1001.14
		{">=", "700", "525", end(9), "700", "59"},   // exactly; 175 ÷ 3 is 58.33
		{">=", "12001", "10001", end(10), "12001", "1000"},
		{">=", "12002", "10001", end(10), "12001", "1001"},
		{">", "700", "525", end(9), "700", "59"},
		{">", "12001", "10001", end(10), "12002", "1001"}, // 12001.2 is above
		{"<=", "12001", "10001", end(10), "12002", "(no_pace)"},
		{"<=", "12002", "10001", end(10), "12001", "(no_pace)"},
		{">=", "1000", "86", at(1, 31), "1032", "84"},
		{">=", "1000", "249", end(3), "996", "84"},
		{">=", "10000", "8333", end(10), "9999", "834"}, // 9999.6
	} {
		in := input(t, kpi.Flow, goal(t, c.sign, c.target), "2022-01-05 "+c.achieved)
		in.AsOf = c.at
		if f := progress.Measure(in); said(f.Forecast) != c.forecast || said(f.NeededPerMonth) != c.perMonth {
			t.Errorf("%s of %s %s: forecast %s, needed %s; want %s, %s", c.achieved, c.sign, c.target, said(f.Forecast),
				said(f.NeededPerMonth), c.forecast, c.perMonth)
		}
	}
}

// Ranks follow the exact rates, even if two print alike.
func TestUnitsAreRankedByExactRates(t *testing.T) {
	unit := func(name, target, achieved string) progress.UnitFigure {
		return progress.UnitFigure{Unit: kpi.Unit{Name: name},
			Figure: progress.Measure(input(t, kpi.Flow, goal(t, ">=", target), "2022-12-05 "+achieved))}
	}
	units := progress.UnitFigures{Units: []progress.UnitFigure{unit("a", "1000000", "333331"), unit("b", "3", "1"),
		unit("c", "1000000", "333332"), unit("d", "6", "2"), unit("e", "1", "2")}}
	var order string
	for _, u := range units.Ranked() {
		order += u.Unit.Name
	}
	if order != "ebdca" {
		t.Errorf("ranked %s", order)
	}
}

// The day a target is reached and the forecast do not contradict each other, however close.
func TestTheReachDateAgreesWithTheForecast(t *testing.T) {
	for achieved, want := range map[string]string{"49999999": "99999998 (short)", "50000000": "100000000 2022-12-31",
		"50000001": "100000002 2022-12-31"} {
		in := input(t, kpi.Flow, goal(t, ">=", "100000000"), "2022-01-05 "+achieved)
		in.AsOf = end(6)
		f := progress.Measure(in)
		if got := said(f.Forecast) + " " + saidDate(f.ReachDate); got != want {
			t.Errorf("%s by June: %s, want %s", achieved, got, want)
		}
	}
}
