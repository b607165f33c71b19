package page

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// flowOf is a figure with one entry in January of 2026.
func flowOf(target *kpi.Target, achieved kpi.Amount, at kpi.AsOf) progress.Figure {
	in := progress.Input{AsOf: at, Rules: kpi.DefaultRules, Target: target,
		Indicator: kpi.Indicator{Kind: kpi.Flow, Measure: "份", Starts: 1, Direction: kpi.Up}}
	in.Series[0] = kpi.Tally{Amount: achieved * kpi.One, Entries: 1, LastDate: "2026-01-15"}
	return progress.Measure(in)
}

func TestTheForecastSaysWhetherItIsEnough(t *testing.T) {
	june := kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6})
	goal := func(sign kpi.Sign, n kpi.Amount) *kpi.Target { return &kpi.Target{Sign: sign, Amount: n * kpi.One} }
	for _, c := range []struct {
		f      progress.Figure
		zh, en string
	}{
		{flowOf(goal(kpi.AtLeastSign, 20000), 2662, june), "预计全年 5,324 份，完不成",
			"about 5,324 copies by year’s end, short of the target"},
		{flowOf(goal(kpi.AtLeastSign, 1200), 900, june), "8月31日达标，预计全年 1,800 份",
			"reached on 31 Aug, about 1,800 copies by year’s end"},
		{flowOf(goal(kpi.AtLeastSign, 900), 900, june), "预计全年 1,800 份", "about 1,800 copies by year’s end"},
		{flowOf(goal(kpi.AtMostSign, 1000), 900, june), "预计全年 1,800 份，超过上限",
			"about 1,800 copies by year’s end, over the limit"},
		{flowOf(goal(kpi.AtMostSign, 2000), 900, june), "预计全年 1,800 份，不超上限",
			"about 1,800 copies by year’s end, within the limit"},
		{flowOf(nil, 900, june), "预计全年 1,800 份", "about 1,800 copies by year’s end"},
		{flowOf(goal(kpi.AtLeastSign, 1200), 900, kpi.MonthEnd(kpi.Period{Year: 2026, Month: 12})), "", ""},
	} {
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			if got := forecastCell(lang.For(tag), c.f); got.Text != want || (got.Why == "") != (want != "") {
				t.Errorf("%q (%s), want %q", got.Text, got.Why, want)
			}
		}
	}
}

func TestTheSentenceNamesALateBudget(t *testing.T) {
	at := kpi.MonthEnd(kpi.Period{Year: 2026, Month: 10})
	for _, c := range []struct {
		spent, indicators int
		zh, en            string
	}{
		{80, 2, "2 项指标，2 项达到序时进度。", "2 indicators: 2 on pace."},
		{75, 2, "2 项指标，2 项达到序时进度；预算执行率 75.00%，低于监控线 80%。",
			"2 indicators: 2 on pace; budget execution 75.00%, below the 80% monitoring line."},
		{75, 0, "本年度尚未设置指标；预算执行率 75.00%，低于监控线 80%。",
			"No indicators have been set up for this year; budget execution 75.00%, below the 80% monitoring line."},
	} {
		full := 100 * kpi.One
		line := kpi.BudgetLine{Fund: kpi.GeneralBudget, Full: &full, Spent: kpi.Amount(c.spent) * kpi.One}
		line.Months[0] = line.Spent
		b := progress.Board{AsOf: at, Rules: kpi.DefaultRules,
			Budget:  progress.Execute([]kpi.BudgetLine{line}, at, kpi.DefaultRules),
			Summary: progress.Summary{Indicators: c.indicators, ByLight: map[kpi.Light]int{kpi.OnPace: c.indicators}}}
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			var got strings.Builder
			for _, part := range boardSentence(lang.For(tag), b) {
				got.WriteString(part.Text)
			}
			if got.String() != want {
				t.Errorf("%q, want %q", got.String(), want)
			}
		}
	}
}
