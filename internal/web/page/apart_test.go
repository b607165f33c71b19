package page

import (
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// A target and a value get their measure once, whatever their measure, wherever a row has no column for it.
func TestAGoalIsMeasuredOnce(t *testing.T) {
	for _, c := range []struct {
		kind          kpi.Kind
		measure       kpi.Measure
		sign          kpi.Sign
		target, value kpi.Amount
		zh, en        [2]string
	}{
		{kpi.Money, "万元", kpi.AtLeastSign, kpi.Whole(300), 190_400_000, [2]string{"≥ 300 万元", "190.4 万元"},
			[2]string{"≥ ¥3 million", "¥1.904 million"}},
		{kpi.Money, "元", kpi.AtLeastSign, kpi.Whole(150_000), kpi.Whole(121_931), [2]string{"≥ 150,000 元", "121,931 元"},
			[2]string{"≥ ¥150,000", "¥121,931"}},
		{kpi.Money, "元", kpi.AtMostSign, kpi.Whole(150_000), 0, [2]string{"≤ 150,000 元", "0 元"},
			[2]string{"≤ ¥150,000", "¥0"}},
		{kpi.Flow, "万人次", kpi.AtLeastSign, kpi.Whole(2), kpi.Whole(1), [2]string{"≥ 2 万人次", "1 万人次"},
			[2]string{"≥ 20,000 visits", "10,000 visits"}},
		{kpi.Flow, "人", kpi.AtLeastSign, kpi.Whole(20), kpi.Whole(1), [2]string{"≥ 20 人", "1 人"},
			[2]string{"≥ 20 people", "1 person"}},
		{kpi.Ratio, "%", kpi.AtLeastSign, kpi.Whole(96), 92_820_000, [2]string{"≥ 96.00%", "92.82%"},
			[2]string{"≥ 96.00%", "92.82%"}},
	} {
		f := progress.Figure{Indicator: kpi.Indicator{Kind: c.kind, Measure: c.measure, Decimals: 2},
			Target:      &kpi.Target{Sign: c.sign, Amount: c.target},
			Achievement: progress.Some(kpi.Exactly(c.value))}
		if c.kind == kpi.Flow {
			f.Indicator.Decimals = 0
		}
		for tag, want := range map[lang.Tag][2]string{lang.Chinese: c.zh, lang.English: c.en} {
			p := lang.For(tag)
			if got := [2]string{goalText(p, &f), valueText(p, &f)}; got != want {
				t.Errorf("%s: %q, want %q", tag, got, want)
			}
			pc := sampleContext(tag)
			row := newScoreRow(pc, app.ScoreView{}, progress.ScoreRow{Figure: &f})
			if got := [2]string{row.Target.Text, row.Value.Text}; got != want {
				t.Errorf("%s, scored: %q, want %q", tag, got, want)
			}
		}
	}
	none := progress.Figure{Achievement: progress.None[kpi.Quantity](progress.ReasonNoValue)}
	if got := goalText(lang.For(lang.English), &none) + valueText(lang.For(lang.English), &none); got != "" {
		t.Errorf("without target and value: %q", got)
	}
}

// Values in % or ‰ lie points apart; all others a number of what they count.
func TestHowFarValuesAreApart(t *testing.T) {
	for _, c := range []struct {
		measure kpi.Measure
		by      kpi.Amount
		zh, en  string
	}{
		{"%", 5_270_000, "5.27个百分点", "5.27 percentage points"},
		{"%", -90_000_000, "90.00个百分点", "90.00 percentage points"},
		{"‰", 500_000, "0.50个千分点", "0.50 per-mille points"},
		{"人", kpi.Whole(-93), "93 人", "93 people"},
		{"万元", kpi.Whole(300), "300 万元", "¥3 million"},
	} {
		ind := kpi.Indicator{Kind: kpi.Running, Measure: c.measure}
		if c.measure.Points() != "" {
			ind.Units = kpi.MeanOf
		}
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			if got := apartCell(lang.For(tag), ind, progress.Some(c.by), kpi.ThisExactly).Text; got != want {
				t.Errorf("%s %s: %q, want %q", tag, c.measure, got, want)
			}
		}
	}
}

// Only where units add up may a form promise that an entry is added to their sum.
func TestWhatTheUnitsBelowHaveReported(t *testing.T) {
	child := func(n int64) progress.UnitFigure {
		return progress.UnitFigure{Figure: progress.Figure{Achievement: progress.Some(kpi.Exactly(kpi.Whole(n)))}}
	}
	for _, c := range []struct {
		ind    kpi.Indicator
		zh, en string
	}{
		{kpi.Indicator{Kind: kpi.Flow, Measure: "人"}, "下级单位已报合计 280 人；在此填报的数据另行累加。",
			"Subordinate units have reported 280 people in total; an entry here adds to that. "},
		{kpi.Indicator{Kind: kpi.Running, Measure: "%", Units: kpi.MeanOf}, "3 个下级单位已报；率不相加。",
			"3 subordinate units have reported; rates are not added up. "},
		{kpi.Indicator{Kind: kpi.Running, Measure: "元/月"}, "3 个下级单位已报；率不相加。",
			"3 subordinate units have reported; rates are not added up. "},
		{kpi.Indicator{Kind: kpi.Level}, "", ""},
	} {
		v := app.IndicatorView{Children: []progress.UnitFigure{child(96), child(93), child(91)}}
		v.Figure.Indicator = c.ind
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			if got := BelowOf(v).hint(lang.For(tag), c.ind); got != want {
				t.Errorf("%s %+v: %q, want %q", tag, c.ind, got, want)
			}
		}
	}
}

// Of 不少于4,866 of 12,000 copies at most the rest is missing, and the rate is at least what the written number gives;
// what the year will come to is said from the same side, and nobody is told that it will not be enough.
func TestWhatIsLeftOfAnApproximateFigure(t *testing.T) {
	day := kpi.AsOf{Period: kpi.Period{Year: 2026, Month: 6}, Day: 30}
	for _, c := range []struct {
		precision kpi.Precision
		sign      kpi.Sign
		tag       lang.Tag
		want      string // missing, needed per month, rate, forecast
	}{
		{kpi.Exact, kpi.AtLeastSign, lang.Chinese, "7,134 份|1,189 份|40.55%|预计全年 9,732 份，完不成"},
		{kpi.AtLeast, kpi.AtLeastSign, lang.Chinese, "最多7,134 份|最多1,189 份|≥40.55%|预计全年至少9,732 份"},
		{kpi.AtLeast, kpi.AtLeastSign, lang.English, "at most 7,134 copies|at most 1,189 copies|≥40.55%|" +
			"at least 9,732 copies by year’s end"},
		{kpi.Below, kpi.AtLeastSign, lang.Chinese, "至少7,135 份|至少1,190 份|≤40.55%|预计全年最多9,730 份，完不成"},
		{kpi.About, kpi.AtLeastSign, lang.Chinese, "约7,134 份|约1,189 份|约40.55%|预计全年约9,732 份"},
	} {
		in := progress.Input{Indicator: kpi.Indicator{Kind: kpi.Flow, Measure: "份"}, AsOf: day, Rules: kpi.DefaultRules,
			Target: &kpi.Target{Sign: c.sign, Amount: kpi.Whole(12_000)}}
		in.Series[5] = kpi.Tally{Amount: kpi.Whole(4_866), Entries: 2, LastDate: "2026-06-20"}
		switch c.precision {
		case kpi.AtLeast:
			in.Series[5].AtLeast = 1
		case kpi.Below:
			in.Series[5].Below = 1
		case kpi.About:
			in.Series[5].About = 1
		}
		f := progress.Measure(in)
		p := lang.For(c.tag)
		card := newFigureCard(p, f, newFigureView(p, f, "", ""))
		got := strings.Join([]string{card.Missing.Text, card.Needed.Text, card.Rate.Text, card.Forecast.Text}, "|")
		if got != c.want {
			t.Errorf("%s %s %s: %s\nwant %s", c.precision, c.sign, c.tag, got, c.want)
		}
	}
}
