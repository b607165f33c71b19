package progress_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// weighted returns a figure whose target carries points.
func weighted(in progress.Input, weight kpi.Percent) progress.Figure {
	target := *in.Target
	target.Weight = weight
	in.Target = &target
	return progress.Measure(in)
}

func rowOf(rules kpi.RuleSet, f progress.Figure) progress.ScoreRow {
	return progress.Rate(progress.ScoreInput{Rules: rules, Figures: []progress.Figure{f}}).Rows[0]
}

func TestAnIndicatorIsScoredByItsSign(t *testing.T) {
	quotient, strict := kpi.DefaultRules, kpi.DefaultRules
	quotient.Ceiling, strict.OverDeduction = kpi.CeilingQuotient, 2_00
	mof := kpi.DefaultRules
	for _, c := range []struct {
		name   string
		rules  kpi.RuleSet
		figure progress.Figure
		want   string
		rule   string
	}{
		{"≥ met", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 100"), 8_00), "8.00", "score.rule.met"},
		{"≥ two thirds", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "3"), "2022-05-01 2"), 10_00), "6.67",
			"score.rule.short"},
		{"≥ half up, from the exact quotient", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "2000"), "2022-05-01 1"),
			10_00), "0.01", "score.rule.short"},
		{"＞ reached but not passed", mof, weighted(input(t, kpi.Flow, goal(t, ">", "100"), "2022-05-01 100"), 8_00), "7.99",
			"score.rule.unmet"},
		{"＞ passed", mof, weighted(input(t, kpi.Flow, goal(t, ">", "100"), "2022-05-01 101"), 8_00), "8.00",
			"score.rule.met"},
		{"one of thirty thousand is missing", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "30000"), "2022-05-01 29999"),
			10_00), "9.99", "score.rule.short"},
		{"one of thirty thousand, of a weight of a hundredth", mof,
			weighted(input(t, kpi.Flow, goal(t, ">=", "30000"), "2022-05-01 29999"), 1), "0.00", "score.rule.short"},
		{"a hundred thousand million but one", mof,
			weighted(input(t, kpi.Flow, goal(t, ">=", "100000000000"), "2022-05-01 99999999999"),
				10_00), "9.99", "score.rule.short"},
		{"≤ 30000 and one more", mof, weighted(input(t, kpi.Flow, goal(t, "<=", "30000"), "2022-05-01 30001"), 10_00), "9.99",
			"score.rule.linear"},
		{"≤ 30000 and one more by the other rule", quotient,
			weighted(input(t, kpi.Flow, goal(t, "<=", "30000"), "2022-05-01 30001"), 10_00), "9.99", "score.rule.quotient"},
		{"a rate just under its target", mof,
			weighted(ratio(t, goal(t, ">=", "96"), "2022-05-01 959999", "2022-05-01 1000000"),
				4_00), "3.99", "score.rule.short"},
		{"a rate just above its ceiling", mof,
			weighted(ratio(t, goal(t, "<=", "5"), "2022-05-01 50001", "2022-05-01 1000000"),
				10_00), "9.99", "score.rule.linear"},
		{"a rate just below twice its ceiling", mof,
			weighted(ratio(t, goal(t, "<=", "5"), "2022-05-01 99999", "2022-05-01 1000000"),
				10_00), "0.00", "score.rule.linear"},
		{"just under 130 % with a deduction", strict, weighted(input(t, kpi.Flow, goal(t, ">=", "30000"), "2022-05-01 38999"),
			8_00), "8.00", "score.rule.met"},
		{"＞ missed", mof, weighted(input(t, kpi.Flow, goal(t, ">", "100"), "2022-05-01 50"), 8_00), "4.00",
			"score.rule.short"},
		{"＝ met", mof, weighted(input(t, kpi.Flow, goal(t, "=", "12"), "2022-05-01 12"), 8_00), "8.00", "score.rule.met"},
		{"＝ missed", mof, weighted(input(t, kpi.Flow, goal(t, "=", "12"), "2022-05-01 9"), 8_00), "6.00", "score.rule.short"},
		{"＝ passed is not met, and gets less than its weight", mof,
			weighted(input(t, kpi.Flow, goal(t, "=", "12"), "2022-05-01 13"), 8_00), "7.99", "score.rule.unmet"},
		{"＝ 0 with nothing", mof, weighted(input(t, kpi.Flow, goal(t, "=", "0"), "2022-05-01 0"), 8_00), "8.00",
			"score.rule.met"},
		{"＝ 0 with one", mof, weighted(input(t, kpi.Flow, goal(t, "=", "0"), "2022-05-01 1"), 8_00), "0.00",
			"score.rule.zero"},
		{"≥ 0", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "0"), "2022-05-01 0"), 8_00), "8.00", "score.rule.met"},
		{"＞ 0 with nothing", mof, weighted(input(t, kpi.Flow, goal(t, ">", "0"), "2022-05-01 0"), 8_00), "0.00",
			"score.rule.zero"},
		{"zero logged", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "5"), "2022-05-01 0"), 8_00), "0.00",
			"score.rule.short"},

		{"≤ 90 with 90", mof, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 90"), 10_00), "10.00",
			"score.rule.kept"},
		{"≤ 90 with 99 is 90 % of the weight", mof, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 99"), 10_00),
			"9.00", "score.rule.linear"},
		{"≤ 90 with 135 is half", mof, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 135"), 10_00), "5.00",
			"score.rule.linear"},
		{"≤ 90 with 180 is nothing", mof, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 180"), 10_00), "0.00",
			"score.rule.twice"},
		{"≤ 90 with 900 is nothing", mof, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 900"), 10_00), "0.00",
			"score.rule.twice"},
		{"＜ 90 with 90", mof, weighted(input(t, kpi.Flow, goal(t, "<", "90"), "2022-05-01 90"), 10_00), "9.99",
			"score.rule.unmet"},
		{"≤ 0 with 1", mof, weighted(input(t, kpi.Running, goal(t, "<=", "0"), "2022-05-01 1"), 10_00), "0.00",
			"score.rule.zero"},
		{"≤ 90 with 135 by the other rule", quotient, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 135"),
			10_00), "6.67", "score.rule.quotient"},
		{"≤ 90 with 180 by the other rule", quotient, weighted(input(t, kpi.Flow, goal(t, "<=", "90"), "2022-05-01 180"),
			10_00), "5.00", "score.rule.quotient"},

		{"a rate by its exact quotient", mof, weighted(ratio(t, goal(t, ">=", "96"), "2022-05-01 210", "2022-05-01 223"),
			4_00), "3.92", "score.rule.short"},
		{"a rate above its ceiling", mof, weighted(ratio(t, goal(t, "<=", "5"), "2022-05-01 6", "2022-05-01 100"), 10_00),
			"8.00", "score.rule.linear"},
		{"just under never reaches", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "200"), "2022-05-01 200 below"), 10_00),
			"9.95", "score.rule.short"},
		{"at least reaches", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "200"), "2022-05-01 200 at_least"), 10_00),
			"10.00", "score.rule.met"},
		{"a standard", mof, weighted(input(t, kpi.Standard, goal(t, ">=", "600"), "2022-05-01 540"), 10_00), "9.00",
			"score.rule.short"},

		{"130 % is full without a deduction", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 130"), 8_00),
			"8.00", "score.rule.met"},
		{"130 % with a deduction", strict, weighted(input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 130"), 8_00), "6.00",
			"score.rule.over"},
		{"129.99 % with a deduction", strict, weighted(input(t, kpi.Flow, goal(t, ">=", "10000"), "2022-05-01 12999"), 8_00),
			"8.00", "score.rule.met"},
		{"a deduction takes no more than there is", strict,
			weighted(input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 900"), 1_00), "0.00", "score.rule.over"},
		{"＝ far passed, with a deduction", strict, weighted(input(t, kpi.Flow, goal(t, "=", "100"), "2022-05-01 150"), 8_00),
			"6.00", "score.rule.over"},

		{"no value", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "100")), 8_00), "(no_value)", ""},
		{"no weight", mof, weighted(input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 1"), 0), "(no_weight)", ""},
		{"no target", mof, progress.Measure(input(t, kpi.Flow, nil, "2022-05-01 1")), "(no_target)", ""},
		{"no denominator", mof, weighted(ratio(t, goal(t, ">=", "96"), "2022-05-01 210", ""), 4_00), "(no_divisor)", ""},
		{"a judgement is the scorer's", mof,
			weighted(input(t, kpi.Level, &kpi.Target{Sign: kpi.LevelSign, Level: kpi.LevelMet}, "2022-05-01 partly"),
				5_00), "(unjudged)", "score.rule.band"},
	} {
		r := rowOf(c.rules, c.figure)
		if said(r.Proposed) != c.want || r.Rule.Key != c.rule || said(r.Score) != c.want {
			t.Errorf("%s: proposed %s, score %s by %q; want %s by %q", c.name, said(r.Proposed), said(r.Score), r.Rule.Key,
				c.want, c.rule)
		}
	}
}

func TestJudgementsAreScoredInsideTheirBand(t *testing.T) {
	judged := func(target, level kpi.LevelValue) progress.ScoreRow {
		in := input(t, kpi.Level, &kpi.Target{Sign: kpi.LevelSign, Level: target}, "2022-05-01 "+string(level))
		return rowOf(kpi.DefaultRules, weighted(in, 5_00))
	}
	for _, c := range []struct {
		row    progress.ScoreRow
		inside []kpi.Percent
		out    []kpi.Percent
	}{
		{judged(kpi.LevelMet, kpi.LevelMet), []kpi.Percent{4_00, 4_50, 5_00}, []kpi.Percent{3_99, 5_01, 0, -1}},
		{judged(kpi.LevelMet, kpi.LevelPartly), []kpi.Percent{3_00, 3_99}, []kpi.Percent{2_99, 4_00, 5_00}},
		{judged(kpi.LevelMet, kpi.LevelMissed), []kpi.Percent{0, 2_99}, []kpi.Percent{3_00, 5_00}},
		{judged(kpi.LevelPartly, kpi.LevelPartly), []kpi.Percent{4_00, 5_00}, []kpi.Percent{3_99}},
	} {
		for _, p := range c.inside {
			if err := c.row.Check(p); err != nil {
				t.Errorf("%s: %s is refused: %v", c.row.Rule, p, err)
			}
		}
		for _, p := range c.out {
			if err := c.row.Check(p); err == nil {
				t.Errorf("%s: %s is taken", c.row.Rule, p)
			}
		}
	}
}

func TestExecutionScore(t *testing.T) {
	for _, c := range []struct{ spent, budget, want string }{
		{"215457.6", "250000", "8.62"}, {"250000", "250000", "10.00"}, {"260000", "250000", "10.00"},
		{"0", "250000", "0.00"}, {"0", "0", "(no_budget)"}, {"5", "0", "(no_budget)"},
	} {
		full, spent := num(t, c.budget), num(t, c.spent)
		lines := []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Full: &full, Spent: spent}}
		s := progress.Rate(progress.ScoreInput{Rules: kpi.DefaultRules, Budget: progress.Execute(lines, end(12),
			kpi.DefaultRules)})
		if said(s.Execution.Score) != c.want {
			t.Errorf("%s of %s: %s, want %s", c.spent, c.budget, said(s.Execution.Score), c.want)
		}
	}
}

// year returns a year with 90 points of indicators, the last of them as given, and a budget.
func year(t *testing.T, rules kpi.RuleSet, spent string, last progress.Figure) progress.ScoreInput {
	t.Helper()
	full := num(t, "100")
	lines := []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Full: &full, Spent: num(t, spent)}}
	whole := func(id kpi.IndicatorID, category kpi.Category, weight kpi.Percent) progress.Figure {
		in := input(t, kpi.Flow, goal(t, ">=", "100"), "2022-12-01 100")
		in.Indicator.ID, in.Indicator.Category = id, category
		return weighted(in, weight)
	}
	return progress.ScoreInput{Rules: rules, Budget: progress.Execute(lines, end(12), rules),
		Figures: []progress.Figure{whole(1, kpi.CatQuantity, 40_00), whole(2, kpi.CatSocial, 30_00),
			whole(3, kpi.CatSatisfaction, 10_00), last}}
}

func lastTen(t *testing.T, entries ...string) progress.Figure {
	t.Helper()
	in := input(t, kpi.Flow, goal(t, ">=", "100"), entries...)
	in.Indicator.ID, in.Indicator.Code, in.Indicator.Category = 4, "last", kpi.CatQuality
	return weighted(in, 10_00)
}

func keys(s progress.Score) []string {
	var out []string
	for _, f := range s.Findings {
		out = append(out, f.Text.Key)
	}
	return out
}

func TestTotalGradeAndOpenPoints(t *testing.T) {
	capped := kpi.DefaultRules
	capped.Caps = []kpi.Cap{{Below: 80_00, AtMost: 89_00}, {Below: 70_00, AtMost: 79_00}, {Below: 60_00, AtMost: 69_00},
		{Below: 50_00, AtMost: 59_00}}
	points := kpi.Percent(7_00)
	for _, c := range []struct {
		name               string
		in                 progress.ScoreInput
		total, open, grade string
		findings           []string
	}{
		{"everything met", year(t, kpi.DefaultRules, "100", lastTen(t, "2022-12-01 100")), "100.00", "0.00",
			"excellent", nil},
		{"one far behind and unexplained", year(t, kpi.DefaultRules, "96", lastTen(t, "2022-12-01 55")), "95.10", "0.00",
			"excellent",
			[]string{"explanation.finding"}},
		{"explained", func() progress.ScoreInput {
			in := year(t, kpi.DefaultRules, "96", lastTen(t, "2022-12-01 55"))
			in.Reasons = map[kpi.IndicatorID]bool{4: true}
			return in
		}(), "95.10", "0.00", "excellent", nil},
		{"where the rules want no explanation", func() progress.ScoreInput {
			rules := kpi.DefaultRules
			rules.Explain = kpi.ExplainNone
			return year(t, rules, "96", lastTen(t, "2022-12-01 55"))
		}(), "95.10", "0.00", "excellent", nil},
		{"one open", year(t, kpi.DefaultRules, "100", lastTen(t)), "90.00", "10.00", "(open_points)", nil},
		{"no budget", func() progress.ScoreInput {
			in := year(t, kpi.DefaultRules, "0", lastTen(t, "2022-12-01 100"))
			in.Budget = progress.Budget{}
			return in
		}(), "90.00", "10.00", "(open_points)", nil},
		{"weights of 95", func() progress.ScoreInput {
			in := year(t, kpi.DefaultRules, "100", lastTen(t, "2022-12-01 100"))
			in.Figures = in.Figures[:3]
			return in
		}(), "90.00", "0.00", "(weights)", []string{"score.finding.weights", "score.finding.heading"}},
		{"a low execution without caps", year(t, kpi.DefaultRules, "75", lastTen(t, "2022-12-01 100")), "97.50", "0.00",
			"excellent",
			[]string{"score.finding.rate_gap", "score.finding.unspent"}},
		{"the same under caps", year(t, capped, "75", lastTen(t, "2022-12-01 100")), "89.00", "0.00", "good",
			[]string{"score.finding.rate_gap", "score.finding.unspent"}},
		{"the lowest cap holds", year(t, capped, "45", lastTen(t, "2022-12-01 100")), "59.00", "0.00", "poor",
			[]string{"score.finding.rate_gap", "score.finding.unspent"}},
		{"exactly 80 % spent is under no cap and no warning of unspent money",
			year(t, capped, "80", lastTen(t, "2022-12-01 100")), "98.00", "0.00", "excellent",
			[]string{"score.finding.rate_gap"}},
		{"over-achieved without a reason", year(t, kpi.DefaultRules, "100", lastTen(t, "2022-12-01 130")), "100.00", "0.00",
			"excellent",
			[]string{"score.finding.over"}},
		{"over-achieved with a reason", func() progress.ScoreInput {
			in := year(t, kpi.DefaultRules, "100", lastTen(t, "2022-12-01 130"))
			in.Reasons = map[kpi.IndicatorID]bool{4: true}
			return in
		}(), "100.00", "0.00", "excellent", nil},
		{"a manual score holds, and a later proposal stands beside it", func() progress.ScoreInput {
			in := year(t, kpi.DefaultRules, "100", lastTen(t, "2022-12-01 100"))
			was := kpi.Percent(8_00)
			in.Manual = map[kpi.IndicatorID]kpi.ManualScore{4: {Points: &points, Proposed: &was, Reason: "x"}}
			return in
		}(), "97.00", "0.00", "excellent", []string{"score.finding.changed"}},
		{"a manual score taken back", func() progress.ScoreInput {
			in := year(t, kpi.DefaultRules, "100", lastTen(t, "2022-12-01 100"))
			in.Manual = map[kpi.IndicatorID]kpi.ManualScore{4: {Reason: "x"}}
			return in
		}(), "100.00", "0.00", "excellent", nil},
	} {
		s := progress.Rate(c.in)
		grade := "(" + string(s.Grade.Reason) + ")"
		if s.Grade.Ok() {
			grade = string(s.Grade.Value)
		}
		if said(s.Total) != c.total || s.Open.String() != c.open || grade != c.grade {
			t.Errorf("%s: %s, %s open, %s; want %s, %s open, %s", c.name, said(s.Total), s.Open, grade, c.total, c.open, c.grade)
		}
		if got := keys(s); !slices.Equal(got, c.findings) {
			t.Errorf("%s: findings %v, want %v", c.name, got, c.findings)
		}
	}
}

// A score rate may exceed the spending rate by 5 % of the latter, and no more: 94.5 against 90.
func TestScoreRateAgainstSpendingRate(t *testing.T) {
	for entry, want := range map[string]bool{"50.5": false, "50.6": true} {
		in := year(t, kpi.DefaultRules, "90", lastTen(t, "2022-12-01 "+entry))
		in.Figures[0] = weighted(input(t, kpi.Flow, goal(t, ">=", "100"), "2022-12-01 100"), 40_00)
		if got := slices.Contains(keys(progress.Rate(in)), "score.finding.rate_gap"); got != want {
			t.Errorf("last at %s: warned %v, want %v", entry, got, want)
		}
	}
}

func TestGradeByTotal(t *testing.T) {
	for total, want := range map[kpi.Percent]kpi.Grade{100_00: kpi.Excellent, 90_00: kpi.Excellent, 89_99: kpi.Good,
		80_00: kpi.Good, 79_99: kpi.Fair, 60_00: kpi.Fair, 59_99: kpi.Poor, 0: kpi.Poor} {
		if got := kpi.DefaultRules.Grade(total); got != want {
			t.Errorf("%s: %s, want %s", total, got, want)
		}
	}
}

// Achieving more never scores less, under every sign that asks for more, and never more under a
// ceiling; a score is between nothing and the weight, and open and scored points add up to the weight.
func TestScoresFollowTheAchievement(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 5))
	for range 3000 {
		sign := kpi.Signs[dice.IntN(5)]
		rules := kpi.DefaultRules
		if dice.IntN(2) == 0 {
			rules.Ceiling = kpi.CeilingQuotient
		}
		target := goal(t, sign, fmt.Sprint(dice.IntN(500)))
		weight := kpi.Percent(1 + dice.IntN(50_00))
		less := dice.IntN(1200)
		a := rowOf(rules, weighted(input(t, kpi.Flow, target, fmt.Sprintf("2022-05-01 %d", less)), weight))
		b := rowOf(rules, weighted(input(t, kpi.Flow, target, fmt.Sprintf("2022-05-01 %d", less+1+dice.IntN(90))), weight))
		low, high := a.Score.Value, b.Score.Value
		if sign == kpi.EqualSign && a.Figure.Met {
			high = max(high, low) // more is not met
		}
		if sign.Ceiling() || sign == kpi.EqualSign && target.Amount == 0 {
			low, high = high, low
		}
		if low > high || low < 0 || high > weight {
			t.Fatalf("%s %s, weight %s: %d scores %s, more scores %s", sign, target.Amount, weight, less, a.Score.Value,
				b.Score.Value)
		}
	}
}
