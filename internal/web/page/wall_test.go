package page

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// A display can be set to each language there is.
func TestAWallSpeaksEveryLanguage(t *testing.T) {
	want := []string{""}
	for _, tag := range lang.Tags {
		want = append(want, string(tag))
	}
	if !slices.Equal(kpi.DisplayLanguages, want) {
		t.Errorf("%q, want %q", kpi.DisplayLanguages, want)
	}
}

func TestTheTrendEndsWithWhatTheSentenceSays(t *testing.T) {
	b := sampleBoard()
	page := NewWall(sampleContext(lang.Chinese), b, "", "09:00", 12)
	i := slices.IndexFunc(page.Slides, func(s wallSlide) bool { return s.ID == "trend_1" })
	if i < 0 {
		t.Fatal("there is no trend")
	}
	rows := page.Slides[i].Trend
	if rows[0].Now != b.Summary.Count(kpi.Done, kpi.Ahead, kpi.OnPace) {
		t.Errorf("the trend of all ends with %d of %d", rows[0].Now, rows[0].Of)
	}
	sum := 0
	for _, r := range rows[1:] {
		sum += r.Now
		if r.Name == "" || r.Label == "" || r.Before == "" {
			t.Errorf("%+v", r)
		}
	}
	if sum != rows[0].Now {
		t.Errorf("the areas add up to %d, not to %d", sum, rows[0].Now)
	}
	for _, bar := range rows[0].Bars {
		if bar.Month < 0 || bar.Month > 11 || bar.Y < 0 || bar.Y+bar.Height > 100 {
			t.Errorf("a bar leaves the drawing: %+v", bar)
		}
	}
}

func TestAWallWithLongNamesHasFewerRowsAndWholeLines(t *testing.T) {
	b := sampleBoard()
	short := NewWall(sampleContext(lang.Chinese), b, "", "09:00", 12)
	b.Areas[0].Figures[0].Indicator.Name = strings.Repeat("名", 40)
	long := NewWall(sampleContext(lang.Chinese), b, "", "09:00", 12)
	if short.Long || !long.Long {
		t.Errorf("long: %v and %v", short.Long, long.Long)
	}
	for _, s := range long.Slides {
		if len(s.Small) > wallSmall/2 {
			t.Errorf("%s has %d rows of long names", s.ID, len(s.Small))
		}
	}
	for text, want := range map[string]int{"": 0, "名称": 2, "ab": 1, "abc": 2, "指标 a": 3} {
		if got := ems(text); got != want {
			t.Errorf("%q is %d wide, want %d", text, got, want)
		}
	}
}

// The shared picture's first line keeps its year, whatever the office and the unit are called.
func TestThePictureKeepsItsYear(t *testing.T) {
	p := lang.For(lang.Chinese)
	long := strings.Repeat("名", 40)
	for _, c := range []struct{ office, unit, want string }{
		{"某县某局", "某县", p.T("card.head", "某县某局", "某县", "2026 年度")},
		{"某县某局", "某县某局", "某县某局 · 2026 年度"},
		{long, "某县", "某县 · 2026 年度"},
		{"某县某局", long, ""},
		{long, long, ""},
	} {
		got := cardHead(p, c.office, c.unit, "2026 年度")
		if c.want != "" && got != c.want || !strings.HasSuffix(got, "2026 年度") || ems(got) > cardHeadWide {
			t.Errorf("%q of %q: %q", c.unit, c.office, got)
		}
	}
}

// The trend's key names what is drawn, and nothing that is not.
func TestTheWallsKeySaysWhatIsShown(t *testing.T) {
	pc := Context{Printer: lang.For(lang.Chinese)}
	bars := func(tones ...string) (out []wallBar) {
		for _, tone := range tones {
			out = append(out, wallBar{Tone: tone})
		}
		return out
	}
	for _, c := range []struct {
		row  wallTrend
		want string
	}{
		{wallTrend{Bars: bars("")}, "达到序时进度"},
		{wallTrend{Bars: bars("", "far_behind"), reds: [2]int{1, 0}}, "达到序时进度 严重滞后"},
		{wallTrend{Bars: bars("", "far_behind"), reds: [2]int{0, 2}}, "达到序时进度 超标"},
		{wallTrend{Bars: bars("far_behind", "unknown"), reds: [2]int{1, 1}}, "严重滞后、超标 无最新数据"},
	} {
		var words []string
		for _, k := range wallKeys(pc, []wallTrend{c.row}) {
			words = append(words, k.Word)
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// What is left of an approximate figure is a bound on the wall, too, in a sentence that reads as one.
func TestTheWallSaysThatAtMostSoMuchIsLeft(t *testing.T) {
	f := progress.Figure{Indicator: kpi.Indicator{Kind: kpi.Flow, Measure: "份"}, Bound: kpi.AtLeastThis,
		Missing: progress.Some(kpi.Whole(7_134)), NeededPerMonth: progress.Some(kpi.Whole(3_567))}
	for tag, want := range map[lang.Tag]string{
		lang.Chinese: "最多还差 7,134 份，今后每月需 最多3,567 份",
		lang.English: "at most 7,134 copies short; at most 3,567 copies needed per month",
	} {
		if got := newWallRow(sampleContext(tag), f, true).Gap; got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}
