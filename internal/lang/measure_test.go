package lang_test

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// One table of measures in both languages: what stands beside a number, for one and for many.
func TestNumbersAreWrittenInTheirMeasure(t *testing.T) {
	for _, c := range []struct {
		measure        kpi.Measure
		number, zh, en string
	}{
		{"人", "10,500", "10,500 人", "10,500 people"},
		{"人", "1", "1 人", "1 person"},
		{"人", "0", "0 人", "0 people"},
		{"人次", "1", "1 人次", "1 visit"},
		{"人次", "2", "2 人次", "2 visits"},
		{"万人次", "12.3", "12.3 万人次", "123,000 visits"},
		{"万人", "0.0001", "0.0001 万人", "1 person"},
		{"次", "1", "1 次", "1 time"},
		{"次", "3", "3 次", "3 times"},
		{"条", "1", "1 条", "1 item"},
		{"条", "12", "12 条", "12 items"},
		{"项", "2", "2 项", "2 items"},
		{"份", "1.00", "1.00 份", "1.00 copy"},
		{"元", "5,000", "5,000 元", "¥5,000"},
		{"元", "0.5", "0.5 元", "¥0.5"},
		{"元", "2,000,000", "2,000,000 元", "¥2 million"},
		{"元", "1,234,567.89", "1,234,567.89 元", "¥1,234,567.89"},
		{"万元", "190.4", "190.4 万元", "¥1.904 million"},
		{"万元", "109.6", "109.6 万元", "¥1.096 million"},
		{"万元", "68.42", "68.42 万元", "¥684,200"},
		{"万元", "0", "0 万元", "¥0"},
		{"万元", "-3.5", "-3.5 万元", "-¥35,000"},
		{"万元", "12,345.67", "12,345.67 万元", "¥123.4567 million"},
		{"亿元", "1.5", "1.5 亿元", "¥150 million"},
		{"%", "94.17", "94.17%", "94.17%"},
		{"‰", "2.50", "2.50‰", "2.50‰"},
		{"千克", "3", "3 千克", "3 kg"},
		{"人/期", "62.95", "62.95 人/期", "62.95 people per course"},
		{"元/人", "62.95", "62.95 元/人", "¥62.95 per person"},
		{"元/月/人", "610.00", "610.00 元/月/人", "¥610.00 per month per person"},
		{"每10万人", "4.05", "4.05 每10万人", "4.05 per 100,000 people"},
		{"1/10万", "4.05", "4.05 1/10万", "4.05 per 100,000"},
		{"担", "3", "3 担", "3 担"},
		{"", "3", "3", "3"},
		{"人", "200余", "200余人", "200余 people"},
		{"万元", "at least 150", "at least 150 万元", "at least ¥1.5 million"},
		{"万元", "≤ 20", "≤ 20 万元", "≤ ¥200,000"},
	} {
		if got := lang.For(lang.Chinese).Measured(c.measure, c.number); got != c.zh {
			t.Errorf("%s %s: %q, want %q", c.number, c.measure, got, c.zh)
		}
		if got := lang.For(lang.English).Measured(c.measure, c.number); got != c.en {
			t.Errorf("%s %s: %q, want %q", c.number, c.measure, got, c.en)
		}
	}
}

// Notices and screens group the digits of every number; papers do where the year's rules say so.
func TestPapersMayPrintNumbersWithoutSeparators(t *testing.T) {
	users := kpi.Indicator{Kind: kpi.Flow, Measure: "人"}
	q := kpi.Exactly(kpi.Whole(10780))
	p := lang.For(lang.Chinese)
	if a, b := p.Quantity(users, q), p.Ungrouped().Quantity(users, q); a != "10,780人" || b != "10780人" {
		t.Errorf("%q, %q", a, b)
	}
	if a := lang.For(lang.English).Ungrouped().Quantity(users, q); a != "10,780 people" {
		t.Errorf("%q", a)
	}
}

// A measure in a column of its own counts what stands before it: 1 / 1 time.
func TestAMeasureApartFromItsNumberCountsIt(t *testing.T) {
	p := lang.For(lang.English)
	for number, want := range map[string]string{"1": "time", "3": "times", "": "times", "≤ 1": "times"} {
		if got := p.MeasureOf("次", number); got != want {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
}
