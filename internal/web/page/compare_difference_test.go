package page

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// Bars share a scale up to the highest rate, so that 130 % and 310 % do not look alike.
func TestComparedBarsEndAtTheHighestRate(t *testing.T) {
	for _, c := range []struct {
		rates []kpi.Percent
		want  kpi.Percent
	}{
		{nil, 100_00}, {[]kpi.Percent{31_00}, 100_00}, {[]kpi.Percent{31_00, 310_00, 130_00}, 310_00},
		{[]kpi.Percent{31_00, 9031_00}, 500_00},
	} {
		row := app.CompareRow{Cells: []*progress.Figure{nil}}
		for _, r := range c.rates {
			row.Cells = append(row.Cells, &progress.Figure{Completion: progress.Some(r)})
		}
		if got := compareEnd(app.Comparison{Rows: []app.CompareRow{row}}); got != c.want {
			t.Errorf("%v: the scale ends at %s, want %s", c.rates, got, c.want)
		}
	}
}

func TestADifferenceIsWhatThePrintedNumbersDifferBy(t *testing.T) {
	figure := func(value int64, precision kpi.Precision, rate kpi.Percent) *progress.Figure {
		return &progress.Figure{Indicator: kpi.Indicator{Kind: kpi.Flow, Measure: "人"},
			Achievement: progress.Some(kpi.Quantity{Amount: kpi.Whole(value), Precision: precision}),
			Completion:  progress.Some(rate)}
	}
	rate := func(value kpi.Amount) *progress.Figure {
		return &progress.Figure{Indicator: kpi.Indicator{Kind: kpi.Ratio, Measure: "%", Decimals: 2},
			Achievement: progress.Some(kpi.Exactly(value))}
	}
	p := lang.For(lang.Chinese)
	absent := p.T("compare.no_difference")
	for _, c := range []struct {
		a, b            *progress.Figure
		show, want, why string
	}{
		{figure(1200, kpi.Exact, 8000), figure(1000, kpi.Exact, 7550), "", "+4.50 个百分点", ""},
		{figure(1200, kpi.Exact, 7550), figure(1000, kpi.Exact, 8000), "", "-4.50 个百分点", ""},
		{figure(1200, kpi.Exact, 0), figure(1000, kpi.Exact, 0), showValue, "+200 人", ""},
		{figure(1000, kpi.Exact, 0), figure(1000, kpi.Exact, 0), showValue, "0 人", ""},
		{figure(1000, kpi.Exact, 0), figure(1200, kpi.Exact, 0), showValue, "-200 人", ""},
		{rate(98_340_000), rate(93_070_000), showValue, "+5.27个百分点", ""},
		{rate(93_070_000), rate(98_340_000), showValue, "-5.27个百分点", ""},
		{figure(200, kpi.AtLeast, 0), figure(100, kpi.Exact, 0), showValue, "", absent},
		{figure(200, kpi.Exact, 0), nil, showValue, "", p.T("compare.absent")},
		{figure(200, kpi.Exact, 0), figure(100, kpi.Exact, 0), showPace, "", absent},
	} {
		if c.show == showPace {
			c.a.Pace = progress.None[kpi.Percent](progress.ReasonNoPace)
		}
		if got := difference(p, c.a, c.b, c.show); got.Text != c.want || got.Why != c.why {
			t.Errorf("%s: %+v, want %q, %q", c.show, got, c.want, c.why)
		}
	}
}
