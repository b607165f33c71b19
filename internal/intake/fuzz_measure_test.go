package intake

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A slow reader beside the fast one: it knows plain numbers only, in ways of writing that can be
// undone character by character, and takes them apart with one expression for each separator.
var slowNumbers = []*regexp.Regexp{
	regexp.MustCompile(`^([+-]?)(\d+)((?:\.\d+)?)$`),
	regexp.MustCompile(`^([+-]?)([1-9]\d{0,2}(?:,\d{3})+)((?:\.\d+)?)$`),
	regexp.MustCompile(`^([+-]?)([1-9]\d{0,2}(?: \d{3})+)((?:\.\d+)?)$`),
	regexp.MustCompile(`^([+-]?)()(\.\d+)$`),
}

// slowlyRead undoes widths, spaces and marks by lists of its own. known is false for a text with any
// character that it does not know.
func slowlyRead(s string) (value *big.Rat, known bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r == ',', r == '.', r == '-', r == '+', r == ' ':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune('0' + r - '０')
		case r == '，':
			b.WriteByte(',')
		case r == '．':
			b.WriteByte('.')
		case r == '\u00a0' || r == '\u2009' || r == '\u202f' || r == '\u3000':
			b.WriteByte(' ')
		case r == '\u200b' || r == '\u200e' || r == '\u202a' || r == '\u202c' || r == '\ufeff' || r == '\u00ad':
		default:
			return nil, false
		}
	}
	text := strings.Trim(b.String(), " ")
	for _, re := range slowNumbers {
		m := re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		digits := strings.NewReplacer(",", "", " ", "").Replace(m[2])
		value, _ = new(big.Rat).SetString(m[1] + "0" + digits + m[3])
		return value, true
	}
	return nil, true
}

func FuzzNumbersAgainstASlowReader(f *testing.F) {
	for _, c := range written {
		f.Add(c.in)
	}
	for _, s := range []string{"1 234 567.5", "１，２３４．５", "-0.000001", "+12", "1,234 567", "\u200b1\u2009234", "..5",
		"1 23", "0 123", "000", "1,234,56"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, known := slowlyRead(s)
		if !known || len(s) > 200 {
			return
		}
		got, err := Number(s)
		switch key := keyOf(t, err); {
		case want == nil && key == "":
			t.Errorf("%q: read as %s, and is none", s, got)
		case want == nil, key == "number_missing":
		case key != "" && key != "number_too_large" && key != "number_too_precise":
			t.Errorf("%q: refused with %s, and is %s", s, key, want.FloatString(6))
		case key == "" && ratOf(got).Cmp(want) != 0:
			t.Errorf("%q: read as %s, and is %s", s, got, want.FloatString(8))
		case key != "" && fits(want):
			t.Errorf("%q: refused with %s, and fits", s, key)
		}
	})
}

func ratOf(a kpi.Amount) *big.Rat { return big.NewRat(int64(a), int64(kpi.One)) }

// fits reports whether a number is an amount: at most six decimals, at most 10^11.
func fits(x *big.Rat) bool {
	scaled := new(big.Rat).Mul(x, big.NewRat(1_000_000, 1))
	return scaled.IsInt() && new(big.Rat).Abs(x).Cmp(big.NewRat(100_000_000_000, 1)) <= 0
}

// slowMeasures are measures by what they count and how much of it, written down once more by hand.
var slowMeasures = []struct {
	name string
	of   string
	n, d int64
}{
	{"元", "money", 1, 1}, {"千元", "money", 1_000, 1}, {"万元", "money", 10_000, 1}, {"百万元", "money", 1_000_000, 1}, {"千万元",
		"money", 10_000_000, 1},
	{"亿元", "money", 100_000_000, 1}, {"人民币万元", "money", 10_000, 1}, {"万元人民币", "money", 10_000, 1}, {"10,000 yuan", "money",
		10_000, 1},
	{"thousand yuan", "money", 1_000, 1}, {"RMB million", "money", 1_000_000, 1}, {"万美元", "dollars", 10_000,
		1}, {"US$ million", "dollars", 1_000_000, 1},
	{"人", "heads", 1, 1}, {"千人", "heads", 1_000, 1}, {"万人", "heads", 10_000, 1}, {"thousand people", "heads", 1_000,
		1}, {"人次", "visits", 1, 1}, {"万人次", "visits", 10_000, 1},
	{"户", "households", 1, 1}, {"千户", "households", 1_000, 1}, {"万户", "households", 10_000, 1}, {"公顷", "area", 10_000,
		1}, {"亩", "area", 2_000, 3}, {"万亩", "area", 20_000_000, 3},
	{"平方米", "area", 1, 1}, {"万平方米", "area", 10_000, 1}, {"平方公里", "area", 1_000_000, 1}, {"吨", "weight", 1_000, 1}, {"万吨",
		"weight", 10_000_000, 1}, {"公斤", "weight", 1, 1}, {"斤", "weight", 1, 2},
	{"公里", "length", 1_000, 1}, {"千米", "length", 1_000, 1}, {"米", "length", 1, 1}, {"件", "cases", 1, 1}, {"万件", "cases",
		10_000, 1}, {"%", "share", 1, 1},
}

// slowTitles and slowHeadings are how a measure is stated above and over a column.
var (
	slowTitles = []string{"", "单位：%s", "计量单位：%s", "（单位：%s）", "2026年10月完成情况（%s）", "2026年10月完成情况 单位:%s", "[%s]",
		"填报单位：某局 单位：%s", "Unit: %s", "Unit: %s 2026年10月", "（%s，未审计）"}
	slowHeadings = []string{"本月完成", "本月完成（%s）", "本月完成(单位：%s)", "本月完成[%s]", "本月完成/%s", "本月完成，%s", "本月完成 %s", "本月完成, in %s",
		"本月完成（%s，含税）"}
)

// A table under any title and heading, against what arithmetic says by hand: the nearest measure
// counts, what does not convert is asked, what does not fit is refused.
func FuzzStatedMeasures(f *testing.F) {
	for i := range slowMeasures {
		f.Add(int64(71191), uint8(i), uint8(i*7), uint8(i*3), uint8(i), uint8(i*5))
		f.Add(int64(3), uint8(i), uint8(2), uint8(2), uint8(1), uint8(0))
	}
	f.Fuzz(holdsAgainstSlowMeasures)
}

// The same with as many tables as a test has time for.
func TestStatedMeasuresAgainstASlowReader(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 6))
	small := func() uint8 { return uint8(rng.Uint32()) }
	for range 3_000 {
		hundredths := rng.Int64N(1e14) >> rng.IntN(40)
		holdsAgainstSlowMeasures(t, hundredths, small(), small(), small(), small(), small())
	}
}

// holdsAgainstSlowMeasures reads a table with one figure, of an indicator in one measure, under a title
// and a heading that may state others.
func holdsAgainstSlowMeasures(t *testing.T, hundredths int64, of, inTitle, inHeading, title, heading uint8) {
	if hundredths < 0 || hundredths > 1e14 {
		return
	}
	want := slowMeasures[int(of)%len(slowMeasures)]
	above, over := slowMeasures[int(inTitle)%len(slowMeasures)], slowMeasures[int(inHeading)%len(slowMeasures)]
	titleForm, headingForm := slowTitles[int(title)%len(slowTitles)], slowHeadings[int(heading)%len(slowHeadings)]
	in, stated := want, false
	row := func(number int, texts ...string) GridRow {
		r := GridRow{Number: number}
		for _, s := range texts {
			r.Cells = append(r.Cells, textCell(s))
		}
		return r
	}
	fill := func(form, measure string) string {
		if strings.Contains(form, "%s") {
			return fmt.Sprintf(form, measure)
		}
		return form
	}
	if titleForm != "" {
		in, stated = above, true
	}
	if headingForm != slowHeadings[0] {
		in, stated = over, true
	}
	value := new(big.Rat).SetFrac64(hundredths, 100)
	grid := Grid{Rows: []GridRow{row(1, fill(titleForm, above.name)), row(2, "指标", "本月完成"),
		row(3, "重点工作完成", value.FloatString(2))}}
	grid.Rows[1] = row(2, "指标", fill(headingForm, over.name))
	known := Known{Year: 2026, Today: "2026-11-23",
		Indicators: []kpi.Indicator{{ID: 1, Code: "x", Name: "重点工作完成", Kind: kpi.Flow,
			Measure: kpi.Measure(want.name).Canonical()}}}
	r, err := ReadTable([]Grid{grid}, known, Choices{})
	if err != nil || len(r.Figures) != 1 {
		t.Fatalf("%v: %v %+v", grid.Rows, err, r.Figures)
	}
	asked := false
	for _, q := range r.Questions {
		asked = asked || q.Kind() == "measure"
	}
	where := fmt.Sprintf("%s under %q, %q for %s", value.FloatString(2), fill(titleForm, above.name),
		fill(headingForm, over.name), want.name)
	if asked != (stated && in.of != want.of) {
		t.Fatalf("%s: asked %t", where, asked)
	}
	if asked {
		return
	}
	expected := new(big.Rat).Mul(value, new(big.Rat).Mul(big.NewRat(in.n, in.d), big.NewRat(want.d, want.n)))
	got := r.Figures[0]
	switch refused := len(got.Mistakes) > 0; {
	case refused && fits(expected):
		t.Fatalf("%s: refused with %s", where, got.Mistakes[0].Text.Key)
	case !refused && ratOf(got.Quantity.Amount).Cmp(expected) != 0:
		t.Fatalf("%s: %s, and is %s", where, got.Quantity.Amount, expected.FloatString(8))
	}
}
