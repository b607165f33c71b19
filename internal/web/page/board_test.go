package page

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// sampleUntargeted is a year like 2022: one target, reached, and many figures without any.
func sampleUntargeted() progress.Board {
	b := sampleBoard()
	var figures []progress.Figure
	for i, s := range sampleSpecs {
		if s.code != "commended" {
			s.target = 0
		}
		figures = append(figures, s.figure(s.indicator(i+1), 1, 100))
	}
	b.Year = kpi.YearInfo{Year: 2022, State: kpi.YearClosed}
	b.Summary, b.Areas = progress.Summarize(figures), progress.Arrange(sampleAreas, figures)
	return b
}

func TestBoardMatchesItsGoldenFile(t *testing.T) {
	for _, tag := range lang.Tags {
		var b bytes.Buffer
		if err := pageSet(t, lang.For(tag)).Render(&b, "board", pageFull(t, tag)["board"]); err != nil {
			t.Fatal(err)
		}
		hashed := regexp.MustCompile(`\.[0-9a-f]{16}\.`)
		golden(t, "board."+string(tag)+".html", hashed.ReplaceAll(b.Bytes(), []byte(".HASH.")))
	}
}

func TestSummarySaysInOneSentenceWhatIsBehind(t *testing.T) {
	for _, c := range []struct {
		lights map[kpi.Light]int
		zh, en string
	}{
		{map[kpi.Light]int{}, "本年度尚未设置指标。", "No indicators have been set up for this year."},
		{map[kpi.Light]int{kpi.Done: 7, kpi.Ahead: 3, kpi.OnPace: 8, kpi.Behind: 2, kpi.FarBehind: 1, kpi.NoData: 2},
			"23 项指标，18 项达到序时进度；1 项严重滞后、2 项滞后，2 项未填报。",
			"23 indicators: 18 on pace; 1 far behind, 2 behind, 2 with no data."},
		{map[kpi.Light]int{kpi.Done: 1, kpi.NoTarget: 65}, "66 项指标：1 项已完成，65 项未设目标。",
			"66 indicators: 1 done, 65 with no target."},
		{map[kpi.Light]int{kpi.Behind: 1}, "1 项指标：1 项滞后。", "1 indicator: 1 behind."},
		{map[kpi.Light]int{kpi.OnPace: 2}, "2 项指标，2 项达到序时进度。", "2 indicators: 2 on pace."},
		{map[kpi.Light]int{kpi.FarBehind: 1, kpi.Over: 1, kpi.NoTarget: 1}, "3 项指标：1 项严重滞后、1 项超标，1 项未设目标。",
			"3 indicators: 1 far behind, 1 over the limit, 1 with no target."},
	} {
		s := progress.Summary{ByLight: c.lights}
		for _, n := range c.lights {
			s.Indicators += n
		}
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			var got strings.Builder
			for _, part := range summarySentence(lang.For(tag), s) {
				got.WriteString(part.Text)
			}
			if got.String() != want {
				t.Errorf("%q, want %q", got.String(), want)
			}
		}
	}
}

func TestBulletsShareOneScale(t *testing.T) {
	for rate, want := range map[kpi.Percent]string{0: "0.00%", 27_70: "22.16%", 100_00: "80.00%", 125_00: "100.00%",
		133_33: "100.00%", -5_00: "0.00%"} {
		if got, beyond := bulletBar(rate); got != want || beyond != (rate > 125_00) {
			t.Errorf("%s: %s beyond %v, want %s", rate, got, beyond, want)
		}
	}
}

// A township has targets and numbers for a few of its county's indicators. They come first; what has neither is
// folded with its count, and an area that has nothing else stands closed behind the others. Of a chosen light
// everything is listed, and where there is no number at all, nothing is moved.
func TestABoardFoldsItsRowsOfDashes(t *testing.T) {
	figure := func(code string, has bool) progress.Figure {
		f := progress.Figure{Indicator: kpi.Indicator{Code: code, Name: code, Kind: kpi.Flow, Measure: "人"},
			Light: kpi.NoTarget, Achievement: progress.None[kpi.Quantity](progress.ReasonNoValue)}
		if has {
			f.Achievement = progress.Some(kpi.Exactly(kpi.Whole(7)))
		}
		return f
	}
	board := func(areas map[string][]progress.Figure) progress.Board {
		b := sampleBoard()
		b.Areas = nil
		var all []progress.Figure
		for _, code := range []string{"a", "b", "c"} {
			if figures := areas[code]; figures != nil {
				b.Areas = append(b.Areas, progress.AreaFigures{Area: kpi.Area{ID: 1, Code: code, Name: code}, Figures: figures})
				all = append(all, figures...)
			}
		}
		b.Summary = progress.Summarize(all)
		return b
	}
	none, has := figure("none", false), figure("has", true)
	for name, c := range map[string]struct {
		areas map[string][]progress.Figure
		light kpi.Light
		want  string // area, ! where it is open: rows + folded
	}{
		"some": {map[string][]progress.Figure{"a": {none, none}, "b": {none, has, none}, "c": {has}}, "",
			"b! 1+2, c! 1+0, a 2+0"},
		"nothing":     {map[string][]progress.Figure{"a": {none, none}, "b": {none}}, "", "a! 2+0, b! 1+0"},
		"everything":  {map[string][]progress.Figure{"a": {has}, "c": {has, has}}, "", "a! 1+0, c! 2+0"},
		"of one kind": {map[string][]progress.Figure{"a": {none}, "b": {none, has}}, kpi.NoTarget, "a! 1+0, b! 2+0"},
	} {
		page := NewBoard(sampleContext(lang.Chinese), board(c.areas), BoardInput{Light: c.light})
		var got []string
		for _, a := range page.Areas {
			open := map[bool]string{true: "!"}[a.Open]
			got = append(got, fmt.Sprintf("%s%s %d+%d", a.Name, open, len(a.Rows), len(a.Blank)))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}
