package lang

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	for key, zh := range catalogues[Chinese] {
		en, ok := catalogues[English][key]
		if !ok {
			t.Errorf("English lacks %q", key)
			continue
		}
		if a, b := places(zh), places(en); !slices.Equal(a, b) {
			t.Errorf("%q: Chinese fills %v, English %v", key, a, b)
		}
	}
	for key := range catalogues[English] {
		if _, ok := catalogues[Chinese][key]; !ok {
			t.Errorf("Chinese lacks %q", key)
		}
	}
}

// places lists the arguments a sentence fills in, each once.
func places(sentence string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`\{(\d+)(?::([^{}|]+))?[|}]`).FindAllStringSubmatch(sentence, -1) {
		if out = append(out, m[1]); strings.Trim(m[2], "0123456789") == "" && m[2] != "" {
			out = append(out, m[2])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// What keeps everything from being stored is told to who has sent nothing, too, and what to do about it.
func TestEachThingThatStopsSavingIsToldAndWhatToDo(t *testing.T) {
	for _, key := range kpi.Stopping {
		if p := For(Chinese); !p.Has(key) || !p.Has("stops."+key) || !p.Has("stops.do_"+key) {
			t.Errorf("%s lacks a sentence", key)
		}
	}
}

func TestMatchPicksALanguageAndFallsBackToChinese(t *testing.T) {
	for header, want := range map[string]Tag{
		"": Chinese, "en-GB,en;q=0.9": English, "zh-TW": Chinese, "fr": Chinese, "fr,en;q=0.5": English, ";;;": Chinese,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
}

func TestQuantitiesPrintAsWritten(t *testing.T) {
	consultations := kpi.Indicator{Kind: kpi.Flow, Measure: "人次"}
	q := kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast, Wording: "200余人次"}
	for _, c := range []struct {
		tag  Tag
		q    kpi.Quantity
		want string
	}{
		{Chinese, q, "200余人次"},
		{English, q, "at least 200 visits"},
		{Chinese, kpi.Exactly(kpi.Whole(10780)), "10,780人次"},
		{English, kpi.Exactly(kpi.Whole(10780)), "10,780 visits"},
		{Chinese, kpi.Quantity{Amount: kpi.Whole(1234), Precision: kpi.AtLeast}, "不少于1,234人次"},
		{Chinese, kpi.Quantity{Amount: kpi.Whole(1500000), Precision: kpi.AtLeast, Wording: "150多万"}, "150多万人次"},
	} {
		if got := For(c.tag).Quantity(consultations, c.q); got != c.want {
			t.Errorf("%s: %q, want %q", c.tag, got, c.want)
		}
	}
}

// A year to come is as of no day.
func TestAYearToComeHasNotBegun(t *testing.T) {
	ahead, now := kpi.AsOfToday(2027, "2026-11-29"), kpi.AsOfToday(2026, "2026-11-29")
	for tag, want := range map[Tag][2]string{Chinese: {"2027年度尚未开始", "截至2026年11月29日"},
		English: {"2027 has not begun", "as of 29 November 2026"}} {
		if p := For(tag); p.AsOf(ahead) != want[0] || p.AsOf(now) != want[1] {
			t.Errorf("%s: %s, %s", tag, p.AsOf(ahead), p.AsOf(now))
		}
	}
}
