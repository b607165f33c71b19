package chart

import (
	"encoding/json"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Completion compares indicators by their completion rate, area by area. Rates of different
// measures are never averaged: each indicator keeps its own bar.
type Completion struct {
	Areas  []CompletionArea
	Target string // label of the line at 100 %
}

// CompletionArea is an area's indicators that have a rate.
type CompletionArea struct {
	Name string
	Bars []CompletionBar
}

// CompletionBar is one indicator.
type CompletionBar struct {
	Name     string
	Rate     kpi.Percent
	RateText string                    // as the page prints it
	Expected progress.Opt[kpi.Percent] // expected by now ÷ target
	Light    kpi.Light
	Text     string // what is said under the name when pointed at
}

// Rows is how many lines the chart has, headings included; its height follows from it.
func (c Completion) Rows() int {
	n := 0
	for _, a := range c.Areas {
		n += 1 + len(a.Bars)
	}
	return n
}

// Option is the chart: horizontal bars, the target line at 100 %, a mark where each should be by
// now, the rates in a column of their own, so that they stand right-aligned and nothing covers them.
func (c Completion) Option() (json.RawMessage, error) {
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithGridOpts(opts.Grid{Right: px(72), Top: px(24), Bottom: px(4)}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Position: "top", Max: c.scaleEnd(), Show: opts.Bool(false),
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Inverse: opts.Bool(true),
			AxisLabel: &opts.AxisLabel{Color: ink, FontSize: 13, Overflow: "truncate", Interval: "0", Align: "left"},
			AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		}),
	)
	chart.ExtendYAxis(opts.YAxis{
		Type: "category", Position: "right", Inverse: opts.Bool(true),
		AxisLabel: &opts.AxisLabel{Color: ink, FontSize: 13, Interval: "0", Align: "right", Margin: 72},
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
	})
	chart.AddSeries("", nil, charts.WithBarChartOpts(opts.BarChart{BarWidth: "8"}),
		charts.WithMarkLineNameXAxisItemOpts(opts.MarkLineNameXAxisItem{Name: c.Target, XAxis: 100}),
	)
	mark := charts.NewScatter()
	mark.AddSeries("", nil)
	chart.Overlap(mark)
	chart.XYReversal()
	chart.Validate()
	return finish(chart.JSON(), c.overlay())
}

func (c Completion) data() (names []any, rates []string, bars []opts.BarData, marks []opts.ScatterData) {
	for _, a := range c.Areas {
		heading := map[string]any{"value": a.Name, "textStyle": map[string]any{"color": muted, "fontWeight": 600, "align": "left"}}
		names = append(names, heading)
		rates = append(rates, "")
		bars = append(bars, opts.BarData{Value: nothing})
		for _, b := range a.Bars {
			if b.Expected.Ok() {
				marks = append(marks, opts.ScatterData{Value: []any{percent(b.Expected.Value), len(names)}})
			}
			names, rates = append(names, b.Name), append(rates, b.RateText)
			bars = append(bars, opts.BarData{
				Name: b.Text, Value: percent(b.Rate),
				ItemStyle: &opts.ItemStyle{Color: lightColour(b.Light)},
			})
		}
	}
	return names, rates, bars, marks
}

// scaleEnd is the axis' end: the largest rate, between 100 and 150 %. A bar beyond it runs to the
// edge, and its printed rate says how far it went.
func (c Completion) scaleEnd() json.Number {
	end := kpi.Hundred
	for _, a := range c.Areas {
		for _, b := range a.Bars {
			end = max(end, min(b.Rate, 150_00))
		}
	}
	return json.Number(strconv.FormatInt(int64(end+99)/100, 10))
}

// overlay is what the structs cannot say, and the data: what goes through them is made JSON twice.
func (c Completion) overlay() map[string]any {
	names, rates, bars, marks := c.data()
	over := common()
	tooltip := over["tooltip"].(map[string]any)
	tooltip["trigger"], tooltip["axisPointer"] = "axis", map[string]any{"type": "none"}
	// The margins are the names' own. How wide they may be depends on the box, so the script says it.
	over["grid"] = []any{map[string]any{"outerBoundsMode": "none", "left": "@names"}}
	over["xAxis"] = []any{map[string]any{"min": 0}}
	noTick := map[string]any{"show": false}
	left := map[string]any{"data": names, "axisTick": noTick, "axisLabel": map[string]any{"width": "@names", "margin": "@names"}}
	over["yAxis"] = []any{left, map[string]any{"data": rates, "axisTick": noTick}}
	over["series"] = []any{
		map[string]any{
			"data": bars, "clip": true, "z": 2,
			"markLine": map[string]any{
				"silent": true, "symbol": "none", "animation": false,
				"lineStyle": map[string]any{"type": "solid", "width": 1.5, "color": ink},
				"label":     map[string]any{"formatter": "{b}", "position": "start", "color": muted, "fontSize": 13},
			},
		},
		map[string]any{
			"data": marks, "symbol": "triangle", "symbolRotate": 180, "symbolSize": []int{9, 6}, "symbolOffset": []any{0, -8},
			"z": 3, "silent": true, "itemStyle": map[string]any{"color": accent, "opacity": 1},
		},
	}
	return over
}
