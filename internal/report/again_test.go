package report

import (
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/reporttest"
)

// What the sources annex and the score divide comes out when it is divided again: a quotient that had to be
// rounded stands there with its two numbers.
func TestPrintedDivisionsAreRightWhenCalculatedAgain(t *testing.T) {
	at := kpi.AsOf{Period: kpi.Period{Year: 2026, Month: 12}, Day: 31}
	entry := func(n int64) kpi.Series {
		return progress.Tally(kpi.Running, kpi.ReviewOff,
			[]kpi.Update{{ID: 1, Dated: "2026-12-01", Quantity: kpi.Exactly(kpi.Whole(n)), Act: kpi.ActLog,
				State: kpi.StateApproved}}, nil)
	}
	for _, c := range []struct {
		name      string
		indicator kpi.Indicator
		readings  []int64 // of units; of a ratio its two numbers
		sign      kpi.Sign
		target    int64
		completed string // as the annex says it: a ceiling has no completion
		scored    string // what stands for A in the score's sentence
	}{
		{"a mean above its ceiling", kpi.Indicator{Kind: kpi.Running, Units: kpi.MeanOf}, []int64{1, 1, 2}, kpi.AtMostSign, 1,
			"annual target ≤1; deviation: 1 over the limit |", "(4/3 "},
		{"a mean that is whole", kpi.Indicator{Kind: kpi.Running, Units: kpi.MeanOf}, []int64{1, 2, 3}, kpi.AtLeastSign, 4,
			"= 2 ÷ 4 = 50.00%", "× 2 ÷ 4"},
		{"a mean short of its target", kpi.Indicator{Kind: kpi.Running, Units: kpi.MeanOf}, []int64{3, 3, 2}, kpi.AtLeastSign,
			3, "(8 ÷ 3) ÷ 3 = 88.89%", "8/3"},
		{"a rate", kpi.Indicator{Kind: kpi.Ratio, Factor: 100, Measure: kpi.PercentSign}, []int64{2, 3}, kpi.AtLeastSign, 80,
			"(2 ÷ 3 × 100) ÷ 80 = 83.33%", "2/3"},
		{"a plain quotient", kpi.Indicator{Kind: kpi.Ratio, Factor: 1, Measure: "天"}, []int64{7, 3}, kpi.AtMostSign, 2,
			"deviation: 1 day over the limit |", "7/3"},
		{"a rate that is whole", kpi.Indicator{Kind: kpi.Ratio, Factor: 100, Measure: kpi.PercentSign}, []int64{1, 2},
			kpi.AtLeastSign, 80, "= 50 ÷ 80 = 62.50%", "1/2"},
	} {
		in := progress.Input{Indicator: c.indicator, AsOf: at, Rules: kpi.DefaultRules,
			Target: &kpi.Target{Sign: c.sign, Amount: kpi.Whole(c.target), Weight: 10_00}}
		in.Indicator.ID, in.Indicator.Code, in.Indicator.Area, in.Indicator.Starts = 1, "x", 1, 1
		if c.indicator.Kind == kpi.Ratio {
			in.Indicator.Numerator, in.Indicator.Denominator = 2, 3
			in.Numerator, in.Denominator = entry(c.readings[0]), entry(c.readings[1])
		} else {
			for _, n := range c.readings {
				for m, tally := range entry(n) {
					in.Series[m] = in.Series[m].Plus(tally)
				}
			}
		}
		figures := []progress.Figure{progress.Measure(in)}
		doc := Input{Language: lang.For(lang.English),
			Board: reporttest.Scored(progress.Board{Year: kpi.YearInfo{Year: 2026}, AsOf: at,
				Areas: progress.Arrange([]kpi.Area{{ID: 1, Code: "a", Name: "a"}}, figures)}, nil)}
		annex := said(NewDraft(doc).sources())
		if !strings.Contains(annex, c.completed) {
			t.Errorf("%s: the annex says %q, want %q in it", c.name, annex, c.completed)
		}
		rule := lang.For(lang.English).Text(doc.Board.Score.Rows[0].Rule)
		if !strings.Contains(rule, c.scored) {
			t.Errorf("%s: the score says %q, want %q in it", c.name, rule, c.scored)
		}
	}
}

// Money in 万元 beside its rate, divided again, says what the rate says of every line.
func TestPrintedMoneyGivesThePrintedRate(t *testing.T) {
	in := sample(t, lang.Chinese)
	full := kpi.Whole(1_000_000)
	in.Board.Budget = progress.Execute([]kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Initial: &full,
		Full: &full, Spent: kpi.Whole(799_999)}}, in.Board.AsOf, kpi.DefaultRules)
	for _, which := range []Paper{SelfEvaluation, BasicData, Sources} {
		text := said(which.blocks(NewDraft(in)))
		if !strings.Contains(text, "79.99%") || !strings.Contains(text, "79.9999") ||
			regexp.MustCompile(`\b80\.00\b`).MatchString(text) {
			t.Errorf("%s prints spending a yuan short of 80 %% as\n%s", which, text)
		}
	}
}
