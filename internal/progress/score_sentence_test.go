package progress_test

import (
	"go/constant"
	"go/token"
	"go/types"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// A percentage short of a hundred prints as such everywhere: with a target, with another, without.
func TestAPercentShortOfAllIsNotAHundred(t *testing.T) {
	for _, c := range []struct {
		measure       kpi.Measure
		factor        int64
		numerator, of string
		decimals      int
		want          string
	}{
		{"%", 100, "29999", "30000", 2, "99.99"},
		{"%", 100, "29999", "30000", 0, "99"},
		{"%", 100, "30000", "30000", 2, "100"},
		{"%", 100, "30001", "30000", 2, "100"},
		{"%", 100, "2", "3", 2, "66.67"},
		{"百分比", 100, "29999", "30000", 2, "99.99"},
		{"‰", 1000, "2999999", "3000000", 2, "999.99"},
		{"‰", 1000, "299999", "3000000", 2, "100"},
		{"元/人", 1, "299999", "3000", 2, "100"},
	} {
		for _, target := range []*kpi.Target{nil, goal(t, ">=", "90"), goal(t, ">=", "2000")} {
			in := ratio(t, target, "2022-12-01 "+c.numerator, "2022-12-01 "+c.of)
			in.Indicator.Measure, in.Indicator.Factor, in.Indicator.Decimals = c.measure, c.factor, c.decimals
			if got := progress.Measure(in).Achievement.Value.Amount.String(); got != c.want {
				t.Errorf("%s ÷ %s in %s: %s, want %s", c.numerator, c.of, c.measure, got, c.want)
			}
		}
	}
}

// Repeating the calculation in the printed rule of a score gives the printed points.
func TestScoreRulesAreRightWhenCalculatedAgain(t *testing.T) {
	rng := rand.New(rand.NewPCG(20, 26))
	measures := []struct {
		measure kpi.Measure
		factor  int64
	}{{"起/万人", 10_000}, {"%", 100}, {"‰", 1_000}, {"天", 1}, {"1/10万", 100_000}, {"百分比", 100}, {"元/人", 10_000}}
	signs := []kpi.Sign{">=", ">", "=", "<=", "<"}
	calculated := 0
	for i := range 4000 {
		m := measures[rng.IntN(len(measures))]
		sign := signs[rng.IntN(len(signs))]
		n, d := kpi.Whole(1+rng.Int64N(5000)), kpi.Whole(1+rng.Int64N(40000))
		value := kpi.Fraction(int64(n), m.factor, int64(d), 1).Amount(2)
		aim := max(value.Times(50+rng.Int64N(100), 100).Round(2), kpi.One/100)
		in := ratio(t, goal(t, sign, aim.String()), "2022-12-01 "+n.String(), "2022-12-01 "+d.String())
		in.Indicator.Measure, in.Indicator.Factor = m.measure, m.factor
		switch i % 4 {
		case 2: // a mean of readings
			in.Indicator.Kind, in.Indicator.Units = kpi.Running, kpi.MeanOf
			in.Series = overUnits(t, kpi.MeanOf, dated(value.String()+","+aim.String()+","+aim.String()))
		case 3: // a plain number
			in = input(t, kpi.Flow, goal(t, sign, aim.String()), "2022-12-01 "+value.String())
		}
		rules := kpi.DefaultRules
		rules.OverDeduction = kpi.Percent(rng.IntN(2)) * 50
		if rng.IntN(2) == 0 {
			rules.Ceiling = kpi.CeilingQuotient
		}
		row := rowOf(rules, weighted(in, 10_00))
		for _, tag := range []lang.Tag{lang.Chinese, lang.English} {
			sentence := lang.For(tag).Text(row.Rule)
			got, ok := calculate(t, sentence)
			if !ok {
				continue
			}
			calculated++
			points := float64(row.Proposed.Value) / 100
			if off := got - points; off > 0.00501 && points != 9.99 || off < -0.00501 {
				t.Fatalf("%s %s: %q comes to %.4f, not to %.2f", m.measure, sign, sentence, got, points)
			}
		}
	}
	if calculated < 3000 {
		t.Errorf("only %d sentences calculate", calculated)
	}
}

func TestARateByHeadsPrintsItsFactor(t *testing.T) {
	in := ratio(t, goal(t, "<=", "2.3"), "2022-12-01 7", "2022-12-01 30000")
	in.Indicator.Measure, in.Indicator.Factor = "起/万人", 10_000
	got := lang.For(lang.Chinese).Text(rowOf(kpi.DefaultRules, weighted(in, 10_00)).Rule)
	if want := "超出≤2.3：10 × [1 −（7/30,000 × 10,000 − 2.3）÷ 2.3] = 9.86"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

var (
	formula    = regexp.MustCompile(`([0-9(（\[][^:：，\p{Han}A-Za-z]*) = ([0-9.]+)$`)
	number     = regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)
	arithmetic = strings.NewReplacer(",", "", "×", "*", "÷", "/", "−", "-", "（", "(", "）", ")", "[", "(", "]", ")",
		"%", "*0.01", "‰", "*0.001")
	signed = regexp.MustCompile(`[0-9.]+\*0\.0+1`)
)

// calculate evaluates what precedes the equals sign; ok is false if the sentence calculates nothing.
func calculate(t *testing.T, sentence string) (v float64, ok bool) {
	t.Helper()
	found := formula.FindStringSubmatch(sentence)
	if found == nil {
		return 0, false
	}
	text := signed.ReplaceAllString(arithmetic.Replace(found[1]), "($0)")
	text = number.ReplaceAllStringFunc(text, func(s string) string {
		if strings.Contains(s, ".") {
			return s
		}
		return s + ".0" // or it would be an integer division
	})
	result, err := types.Eval(token.NewFileSet(), nil, token.NoPos, text)
	if err != nil {
		t.Fatalf("%q of %q: %v", text, sentence, err)
	}
	v, _ = constant.Float64Val(constant.ToFloat(result.Value))
	return v, true
}
