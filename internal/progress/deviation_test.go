package progress_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// How far a figure is from its target is achievement − target in its own measure, never 100 % less its
// completion, and is worded with its direction.
func TestDeviationIsTheDistanceInTheIndicatorsOwnMeasure(t *testing.T) {
	rate := func(measure kpi.Measure, factor int64, decimals int, n, d string) progress.Input {
		in := ratio(t, nil, "2022-12-01 "+n, "2022-12-01 "+d)
		in.Indicator.Measure, in.Indicator.Factor, in.Indicator.Decimals = measure, factor, decimals
		return in
	}
	count := func(kind kpi.Kind, measure kpi.Measure, decimals int, value ...string) progress.Input {
		in := input(t, kind, nil, value...)
		in.Indicator.Measure, in.Indicator.Decimals = measure, decimals
		return in
	}
	reading := count(kpi.Running, "%", 2, "2022-12-01 92.82")
	average := count(kpi.Running, "分", 1, "2022-12-01 170.4")
	average.Indicator.Units = kpi.MeanOf
	average.Series[11].Entries = 2
	for name, c := range map[string]struct {
		in           progress.Input
		sign, target string
		by, zh, en   string
	}{
		"a rate below": {rate("%", 100, 2, "9282", "10000"), ">=", "96", "-3.18", "低于目标3.18个百分点",
			"3.18 percentage points below target"},
		"a rate above": {rate("%", 100, 2, "9882", "10000"), ">=", "96", "2.82",
			"高于目标2.82个百分点", "2.82 percentage points above target"},
		"a rate, more than": {rate("%", 100, 2, "9282", "10000"), ">", "96", "-3.18",
			"低于目标3.18个百分点", "3.18 percentage points below target"},
		"a rate in whole %": {rate("%", 100, 0, "93", "100"), ">=", "96", "-3",
			"低于目标3.00个百分点", "3.00 percentage points below target"},
		"a rate just short": {rate("%", 100, 2, "959999", "1000000"), ">=", "96", "-0.01",
			"低于目标0.01个百分点", "0.01 percentage points below target"},
		"a reading in %": {reading, ">=", "96", "-3.18", "低于目标3.18个百分点", "3.18 percentage points below target"},
		"per thousand": {rate("‰", 1_000, 2, "10", "4000"), ">=", "3", "-0.5",
			"低于目标0.50个千分点", "0.50 per-mille points below target"},
		"per 10,000": {rate("人/万人", 10_000, 2, "37", "50000"), ">=", "8", "-0.6",
			"低于目标0.60人/万人", "0.60 people per 10,000 people below target"},
		"per course": {rate("人/期", 1, 2, "1259", "20"), ">=", "65", "-2.05",
			"低于目标2.05人/期", "2.05 people per course below target"},
		"a rate kept below": {rate("%", 100, 2, "6", "100"), "<=", "5", "1",
			"超出1.00个百分点", "1.00 percentage points over the limit"},
		"a count short": {count(kpi.Flow, "人次", 0, "2022-12-01 2907"), ">=", "3000", "-93",
			"少93人次", "93 visits short of target"},
		"a count above": {count(kpi.Flow, "人", 0, "2022-12-01 10780"), ">=", "10361", "419",
			"多419人", "419 people above target"},
		"one person short": {count(kpi.Flow, "人", 0, "2022-12-01 1"), ">=", "2", "-1",
			"少1人", "1 person short of target"},
		"a count, more than": {count(kpi.Flow, "人", 0, "2022-12-01 100"), ">", "100", "-1",
			"少1人", "1 person short of target"},
		"two more are needed": {count(kpi.Flow, "人", 0, "2022-12-01 99"), ">", "100", "-2",
			"少2人", "2 people short of target"},
		"a count, exactly": {count(kpi.Flow, "份", 0, "2022-12-01 12"), "=", "10", "2", "多2份", "2 copies above target"},
		"on target":        {count(kpi.Flow, "人", 0, "2022-12-01 100"), ">=", "100", "0", "与目标持平", "on target"},
		"nearly": {count(kpi.Flow, "封", 0, "2022-12-01 200 below"), ">=", "200", "-1",
			"至少少1封", "at least 1 letter short of target"},
		"at least that many": {count(kpi.Flow, "份", 0, "2022-12-01 4866 at_least"), ">=", "12000", "-7134",
			"最多少7134份", "at most 7,134 copies short of target"},
		"at least that many, enough": {count(kpi.Flow, "份", 0, "2022-12-01 13000 at_least"), ">=", "12000", "1000",
			"至少多1000份", "at least 1,000 copies above target"},
		"about that many": {count(kpi.Flow, "份", 0, "2022-12-01 300 about"), ">=", "400", "-100",
			"约少100份", "about 100 copies short of target"},
		"at least as many cases as too many": {count(kpi.Flow, "件", 0, "2022-12-01 200 at_least"), "=", "300", "-100",
			"最多少100件", "at most 100 cases short of target"},
		"a running total": {count(kpi.Running, "户", 0, "2022-11-01 9000"), ">=", "10000", "-1000",
			"少1000户", "1,000 households short of target"},
		"an average": {average, ">=", "88", "-2.8", "低于目标2.8分", "2.8 points below target"},
		"money": {count(kpi.Money, "万元", 2, "2022-12-01 27.5"), ">=", "31", "-3.5",
			"少3.5万元", "¥35,000 short of target"},
		"a standard": {count(kpi.Standard, "元", 0, "2022-12-01 580"), ">=", "600", "-20",
			"少20元", "¥20 short of target"},
		"over a ceiling": {count(kpi.Flow, "件", 0, "2022-12-01 4"), "<=", "3", "1",
			"超出1件", "1 case over the limit"},
		"at a strict ceiling": {count(kpi.Flow, "件", 0, "2022-12-01 3"), "<", "3", "1",
			"超出1件", "1 case over the limit"},
		"within a ceiling": {count(kpi.Flow, "件", 0, "2022-12-01 2"), "<=", "3", "-1",
			"低于上限1件", "1 case below the limit"},
		"a judgement":       {count(kpi.Level, "", 0, "2022-12-01 met"), "level", "0", "(no_pace)", "", ""},
		"no target":         {count(kpi.Flow, "件", 0, "2022-12-01 2"), "", "", "(no_target)", "", ""},
		"no value":          {count(kpi.Flow, "件", 0), ">=", "3", "(no_value)", "", ""},
		"nothing to divide": {rate("%", 100, 2, "0", "0"), ">=", "96", "(no_divisor)", "", ""},
		"about, of exactly": {count(kpi.Flow, "件", 0, "2022-12-01 200 about"), "=", "200", "(approximate)", "", ""},
		"open, of at most": {count(kpi.Flow, "件", 0, "2022-12-01 200 at_least"), "<=", "300", "(approximate)",
			"", ""},
	} {
		if c.in.Target = nil; c.sign != "" {
			c.in.Target = goal(t, kpi.Sign(c.sign), c.target)
		}
		f := progress.Measure(c.in)
		d := f.Deviation()
		if got := said(progress.Opt[kpi.Amount]{Value: d.Value.By, Reason: d.Reason}); got != c.by {
			t.Errorf("%s: %s, want %s", name, got, c.by)
		}
		if d.Ok() && d.Value.Missed == f.Met {
			t.Errorf("%s: missed and met", name)
		}
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			if !d.Ok() {
				continue
			}
			if got := lang.For(tag).Ungrouped().Deviation(c.in.Indicator, c.in.Target.Sign, d.Value.By,
				d.Value.Bound); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}

// People see no completion rate for a ceiling, since 66.67 % of a limit reads as a shortfall; programs and charts do.
func TestACeilingHasNoCompletionRateForPeople(t *testing.T) {
	for sign, want := range map[string]string{">=": "66.67", "=": "66.67", "<=": "(ceiling)", "<": "(ceiling)"} {
		f := progress.Measure(input(t, kpi.Flow, goal(t, kpi.Sign(sign), "3"), "2022-12-01 2"))
		rate := f.Rate()
		if got := said(progress.Opt[kpi.Amount]{Value: rate.Value.Amount(), Reason: rate.Reason}); got != want {
			t.Errorf("%s: %s, want %s", sign, got, want)
		}
	}
}

// Only the value needs more decimals than its indicator shows: 2,999.99 万元 of 3,332.2767 is printed to the last
// yuan, what is due and where the year ends in the indicator's own decimals, never below what is done.
func TestWhatIsDueHasTheIndicatorsOwnDecimals(t *testing.T) {
	in := input(t, kpi.Money, goal(t, ">=", "3000"), "2022-11-01 2999.9999")
	in.Indicator.Measure, in.Indicator.Decimals = "万元", 0
	in.AsOf = kpi.MonthEnd(kpi.Period{Year: 2022, Month: 11})
	f := progress.Measure(in)
	if f.Indicator.Decimals != 4 || f.Expected.Value != kpi.Whole(2750) || f.Forecast.Value != kpi.Whole(3273) {
		t.Errorf("%d decimals, due %s, forecast %s", f.Indicator.Decimals, f.Expected.Value, f.Forecast.Value)
	}
	in.AsOf = kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12})
	if f = progress.Measure(in); f.Forecast.Value < f.Achievement.Value.Amount {
		t.Errorf("the year ends at %s, below %s", f.Forecast.Value, f.Achievement.Value.Amount)
	}
}
