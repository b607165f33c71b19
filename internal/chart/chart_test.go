package chart

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sampleYear returns a year up to its ninth month, with a gap, a plan, a cone and a line of another
// year.
func sampleYear() Year {
	y := Year{Target: Level{progress.Some(kpi.Whole(10361)), "年度目标 10,361 人"}, Bars: new(Series),
		Cone: &Cone{From: 8, Start: kpi.Whole(5400), Low: kpi.Whole(6600), Middle: kpi.Whole(7200), High: kpi.Whole(8100),
			Text: "预计 7,200"}}
	plan, sums, before := Series{Style: Dotted}, Series{Style: Solid, End: "5,400"}, Series{Style: Faint, End: "2025"}
	none := progress.None[kpi.Amount](progress.ReasonNotYet)
	for i := range y.Names {
		y.Names[i] = strconv.Itoa(i+1) + "月"
		plan.Points[i] = progress.Some(kpi.Whole(int64(863 * (i + 1))))
		before.Points[i], sums.Points[i], y.Bars.Points[i] = progress.Some(kpi.Whole(int64(700*(i+1)))), none, none
		if i < 9 && i != 3 {
			y.Bars.Points[i], sums.Points[i] = progress.Some(kpi.Whole(600)), progress.Some(kpi.Whole(int64(600*(i+1))))
		}
		y.Bars.Texts[i], sums.Texts[i] = "当月 600 人", "累计"
	}
	y.Series = []Series{plan, before, sums}
	return y
}

// sampleBudgetYear returns a budget's execution with its supervision lines.
func sampleBudgetYear() Year {
	y := sampleYear()
	y.Bars, y.Cone, y.Target = nil, nil, Level{Value: progress.None[kpi.Amount](progress.ReasonNoTarget)}
	y.Series = y.Series[:1]
	y.Marks = []Mark{{3, kpi.Whole(2500), "25%"}, {9, kpi.Whole(8000), "</text>80%"}}
	return y
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test ./internal/chart -update and look at the difference", path)
	}
}

// Pictures are compared as drawn, coordinate by coordinate: unlike pixels, coordinates do not depend on
// a machine's fonts.
func TestOptionsAndPicturesAreAsTheyWere(t *testing.T) {
	for name, y := range map[string]Year{"year": sampleYear(), "budget": sampleBudgetYear()} {
		raw, err := y.Option()
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := json.Indent(&got, raw, "", "  "); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".json", got.Bytes())
		golden(t, name+".svg", y.SVG(Picture{Lang: "zh-CN", Title: "“两癌”免费检查 <&>", Foot: "武冈市 · 截至2026年9月30日", Width: 720,
			Height: 300}))
		golden(t, name+"-dark.svg", y.SVG(Picture{Lang: "zh-CN", Width: 720, Height: 300, Dark: true}))
	}
}

// Whatever texts and numbers come, the picture is well-formed and nothing is drawn outside it.
func TestAPictureStaysInsideItself(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		y := sampleYear()
		y.Target.Value.Value = kpi.Amount(dice.Int64N(1 << 50))
		y.Target.Text = "</svg><script>alert(1)</script>"
		for i := range y.Series[2].Points {
			if dice.IntN(2) == 0 {
				y.Series[2].Points[i] = progress.Some(kpi.Amount(dice.Int64N(1<<52) - 1<<50))
			}
		}
		picture := y.SVG(Picture{Lang: "en", Width: 320 + dice.IntN(900), Height: 300})
		d := xml.NewDecoder(bytes.NewReader(picture))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, picture)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
				t.Fatal("a text became an element")
			}
		}
		for _, m := range regexp.MustCompile(`[ L](-\d+)`).FindAllStringSubmatch(string(picture), -1) {
			t.Fatalf("%s lies outside:\n%s", m[1], picture)
		}
	}
}

// Every month without a value is a gap, never zero.
func TestMonthsWithoutAValueAreGaps(t *testing.T) {
	raw, err := sampleYear().Option()
	if err != nil {
		t.Fatal(err)
	}
	var option struct {
		XAxis  []struct{ Data []string }
		Series []struct {
			Type string
			Data []struct{ Value any }
		}
	}
	if err := json.Unmarshal(raw, &option); err != nil {
		t.Fatal(err)
	}
	if n := len(option.XAxis[0].Data); n != 12 {
		t.Errorf("the axis has %d months", n)
	}
	bars, sums := option.Series[0].Data, option.Series[6].Data
	if len(bars) != 12 || bars[0].Value != 600.0 || bars[3].Value != nothing || bars[11].Value != nothing {
		t.Errorf("bars %v", bars)
	}
	if len(sums) != 9 || sums[3].Value != nothing {
		t.Errorf("sums %v", sums)
	}
	if cone := option.Series[1].Data; cone[7].Value != nothing || cone[8].Value != 5400.0 || cone[11].Value != 6600.0 {
		t.Errorf("the cone's lower edge %v", cone)
	}
}

func TestAxisEndsAreRoundAndAboveTheTarget(t *testing.T) {
	for in, want := range map[int64]int64{1: 1, 25: 30, 10361: 12000, 11398: 12000, 99: 100, 6100: 8000} {
		if got := roundUp(kpi.Whole(in)); got != kpi.Whole(want) {
			t.Errorf("roundUp(%d) = %s, want %d", in, got, want)
		}
	}
}

func TestAnAxisEndsAtItsLastNumber(t *testing.T) {
	for top, want := range map[int64]int64{1: 1, 2: 1, 3: 1, 5: 1, 6: 2, 10: 2, 12: 3, 16: 4, 30: 6, 50: 10, 1600: 400,
		12000: 3000} {
		if got := interval(kpi.Whole(top)); got != kpi.Whole(want) {
			t.Errorf("up to %d in steps of %s, not %d", top, got, want)
		}
	}
	if got := interval(kpi.Whole(12) / 10); got != kpi.Whole(3)/10 {
		t.Errorf("up to 1.2 in steps of %s", got)
	}
}
