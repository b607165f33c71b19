package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

func whole(n ...int64) []kpi.Amount {
	var out []kpi.Amount
	for _, x := range n {
		out = append(out, kpi.Whole(x))
	}
	return out
}

func TestSplitGivesTheRemainderToTheLargestFractions(t *testing.T) {
	for _, c := range []struct {
		whole  int64
		shares []kpi.Amount
		step   kpi.Amount
		want   []string
		left   string
	}{
		{10, whole(1, 1, 1), kpi.One, []string{"4+", "3", "3"}, "0"},
		{10361, whole(1, 1), kpi.One, []string{"5181+", "5180"}, "0"},
		{10, whole(1, 2, 4), kpi.One, []string{"1", "3+", "6+"}, "0"}, // 1.43, 2.86, 5.71
		{10, whole(0, 5), kpi.One, []string{"0", "10"}, "0"},
		{10, whole(0, 0), kpi.One, []string{"0", "0"}, "10"},
		{1, whole(1, 1, 1), kpi.One / 100, []string{"0.34+", "0.33", "0.33"}, "0"},
		{2, whole(1, 1, 1), kpi.One, []string{"1+", "1+", "0"}, "0"},
	} {
		parts, left := Split(kpi.Whole(c.whole), c.shares, c.step)
		sum := left
		for i, p := range parts {
			got := p.Amount.String()
			if p.Extra {
				got += "+"
			}
			sum += p.Amount
			if c.want[i] != got {
				t.Errorf("%d over %v: part %d is %s, want %s", c.whole, c.shares, i, got, c.want[i])
			}
		}
		if left.String() != c.left || sum != kpi.Whole(c.whole) {
			t.Errorf("%d over %v: left %s, sum %s", c.whole, c.shares, left, sum)
		}
	}
	// Half a step cannot be divided and is left over.
	if _, left := Split(kpi.One*5/2, whole(1, 1), kpi.One); left != kpi.One/2 {
		t.Errorf("left %s", left)
	}
}

func TestTheCurveOfAYearIsItsCumulativeShares(t *testing.T) {
	var months [12]Month
	for i := range months {
		months[i].Cumulative = None[kpi.Amount](ReasonNoValue)
	}
	if _, ok := CurveOf(months); ok {
		t.Error("a year without figures has no curve")
	}
	months[2].Cumulative = Some(kpi.Whole(30))
	months[8].Cumulative = Some(kpi.Whole(90))
	months[11].Cumulative = Some(kpi.Whole(120))
	c, ok := CurveOf(months)
	want := kpi.Curve{0, 0, 25_00, 25_00, 25_00, 25_00, 25_00, 25_00, 75_00, 75_00, 75_00, 100_00}
	if !ok || c != want {
		t.Errorf("%v, %v", c, ok)
	}
	months[10].Cumulative = Some(kpi.Whole(150)) // a running total that fell
	if _, ok := CurveOf(months); ok {
		t.Error("a figure that fell makes no plan")
	}
}

func TestWeightsAreHeldToAHundred(t *testing.T) {
	var w Weights
	if len(w.Findings(kpi.DefaultRules)) != 0 {
		t.Error("no weights, no finding")
	}
	w.AddWeight(kpi.CatQuantity, 50_00)
	w.AddWeight(kpi.CatSocial, 30_00)
	w.AddWeight(kpi.CatSatisfaction, 10_00)
	if f := w.Findings(kpi.DefaultRules); len(f) != 0 {
		t.Errorf("%v", f)
	}
	w.AddWeight("", 5_00)
	if f := w.Findings(kpi.DefaultRules); len(f) != 2 || f[0].Key != "score.finding.weights" ||
		f[1].Key != "score.finding.no_category" {
		t.Errorf("%v", f)
	}
	w.AddWeight(kpi.CatCost, 1_00)
	if f := w.Findings(kpi.DefaultRules); len(f) != 3 || f[1].Key != "score.finding.heading" {
		t.Errorf("%v", f)
	}
}
