package chart

import (
	"fmt"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// grown is a line that reaches an amount in a month, by equal steps.
func grown(style Style, end string, months int, last int64) (l Series) {
	l.Style, l.End = style, end
	for i := range l.Points {
		l.Points[i] = progress.None[kpi.Amount](progress.ReasonNotYet)
		if i < months {
			l.Points[i] = progress.Some(kpi.Whole(last * int64(i+1) / int64(months)))
		}
	}
	return l
}

// texts are the places of the labels of a drawing: the ones that interrupt the lines behind them.
func texts(d Drawing) (out []box, names []string) {
	for _, m := range d.Marks {
		if !m.Halo {
			continue
		}
		w, left := textWidth(m.Text, 13), m.X
		switch m.Anchor {
		case "end":
			left -= w
		case "middle":
			left -= w / 2
		}
		out, names = append(out, box{left, left + w, m.Y - 11, m.Y + 3}), append(names, m.Text)
	}
	return out, names
}

// Labels keep their distance on a desk and on a phone, whatever month it is and however close the year's
// numbers are to its target, its plan and the year before.
func TestLabelsKeepTheirDistance(t *testing.T) {
	target := Level{progress.Some(kpi.Whole(1300)), "年度目标 1,300 人"}
	years := map[string]Year{
		"two alike": {Series: []Series{grown(Faint, "2025", 12, 1000), grown(Solid, "2026", 12, 1000)}},
		"three close": {Series: []Series{grown(Faint, "a", 12, 1000), grown(Faint, "b", 12, 1010),
			grown(Solid, "c", 12, 990)}},
		"a short name at the target's text": {Target: Level{progress.Some(kpi.Whole(1)), "年度目标 1 次"},
			Series: []Series{grown(Solid, "1", 1, 1)}},
		"a long number": {Target: Level{progress.Some(kpi.Whole(90_000_000)), "annual target 90,000,000 yuan"},
			Series: []Series{grown(Solid, "89,765,432.12", 12, 89_765_432)}},
	}
	for n := 1; n <= 12; n++ {
		for _, last := range []int64{20, 900, 1206, 1299, 1300, 1420} {
			now := grown(Solid, "1,206", n, last)
			y := Year{Target: target, Bars: new(Series), Series: []Series{grown(Dotted, "", 12, 1300), now}}
			if n < 12 {
				y.Cone = &Cone{From: n - 1, Start: kpi.Whole(last), Low: kpi.Whole(last), Middle: kpi.Whole(last + 10),
					High: kpi.Whole(last + 300), Text: "预计 1,316"}
			}
			years[fmt.Sprintf("month %d, %d", n, last)] = y
			years[fmt.Sprintf("month %d, %d, and the year before", n, last)] = Year{Target: target,
				Series: []Series{grown(Faint, "2025", 12, 1350), grown(Solid, "2026", n, last)}}
		}
		for _, spent := range []int64{20, 75, 80, 84, 100} {
			years[fmt.Sprintf("budget in month %d, %d%%", n, spent)] = Year{
				Target: Level{progress.Some(kpi.Whole(100)), "100%"},
				Series: []Series{grown(Dotted, "", 12, 100), grown(Solid, "83.95%", n, spent)},
				Marks: []Mark{{3, kpi.Whole(25), "25%"}, {5, kpi.Whole(40), "40%"}, {7, kpi.Whole(60), "60%"},
					{9, kpi.Whole(80), "80%"}}}
		}
	}
	for name, y := range years {
		for _, width := range widths {
			boxes, names := texts(y.Drawing(width, chartHeight))
			for i, a := range boxes {
				if a.left < 0 || a.right > width || a.top < 0 || a.bottom > chartHeight {
					t.Errorf("%s at %d px: %q leaves the chart: %v", name, width, names[i], a)
				}
				for j, b := range boxes[:i] {
					if a.on(b) {
						t.Errorf("%s at %d px: %q on %q", name, width, names[i], names[j])
					}
				}
			}
		}
	}
}

// The library moves its labels as far as the server does.
func TestTheOptionMovesLabelsAsTheDrawingDoes(t *testing.T) {
	y := Year{Series: []Series{grown(Faint, "2025", 12, 1000), grown(Solid, "2026", 12, 1000)}}
	moved := y.shifts().series
	if moved[1] != 0 || moved[0] == 0 {
		t.Fatalf("moved by %v", moved)
	}
	series := y.overlay()["series"].([]any)
	for i, by := range moved {
		label := series[1+i].(map[string]any)["endLabel"].(map[string]any)
		if at := label["offset"].([]int)[1]; at != by-8 {
			t.Errorf("line %d is moved by %d, in the drawing by %d", i, at, by)
		}
	}
}

// A span's bars and lines stay in their room, as many months as there are.
func TestASpanStaysInsideItself(t *testing.T) {
	for _, months := range []int{1, 14, 120} {
		for _, bars := range []bool{true, false} {
			s := Span{Unit: "人", Bars: bars}
			for i := range months {
				m := SpanMonth{Name: fmt.Sprint(i), Value: progress.Some(kpi.Whole(int64(i * i)))}
				if i%5 == 3 {
					m.Value = progress.None[kpi.Amount](progress.ReasonNoValue)
				}
				if i%12 == 0 {
					m.Year = fmt.Sprint(2020 + i/12)
				}
				s.Months = append(s.Months, m)
			}
			for _, width := range widths {
				drawn := 0
				for _, m := range s.Drawing(width, chartHeight).Marks {
					if m.Fill == "var(--bar)" {
						drawn++
					}
					if m.X < 0 || m.X > width || m.Y > chartHeight-zoomFoot {
						t.Errorf("%d months at %d px: %+v lies outside", months, width, m)
					}
				}
				if want := months - (months+1)/5; drawn != want {
					t.Errorf("%d months: %d drawn, want %d", months, drawn, want)
				}
			}
			raw, err := s.Option()
			if err != nil || len(raw) == 0 {
				t.Errorf("no option: %v", err)
			}
		}
	}
}
