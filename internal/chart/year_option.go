package chart

import (
	"encoding/json"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Option returns the ECharts option: the axis from zero, the target dashed, the plan dotted, the months
// ahead as a cone.
func (y Year) Option() (json.RawMessage, error) {
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithGridOpts(opts.Grid{Left: px(8), Right: px(y.labelRoom()), Top: px(28), Bottom: px(4),
			ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", AxisLabel: &opts.AxisLabel{Color: muted, FontSize: 13},
			AxisLine: &opts.AxisLine{LineStyle: &opts.LineStyle{Color: line}},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", AxisLabel: &opts.AxisLabel{Color: muted, FontSize: 13, Formatter: "@number"},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: line}},
		}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
	)
	chart.SetXAxis(y.Names[:])
	chart.AddSeries(BarsKey, y.bars(), charts.WithBarChartOpts(opts.BarChart{BarWidth: "40%"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: "@band"}))
	curves := charts.NewLine()
	for _, c := range y.coneSeries() {
		curves.AddSeries(ConeKey, c)
	}
	for _, s := range y.Series {
		colour, width := s.Style.pen()
		style := opts.LineStyle{Color: colour, Width: float32(width), Type: "solid"}
		if s.Style == Dotted {
			style.Type = "dotted"
		}
		curves.AddSeries(styleKeys[s.Style], s.points(), charts.WithLineStyleOpts(style),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: colour}))
	}
	curves.AddSeries(TargetKey, nil)
	chart.Overlap(curves)
	marks := charts.NewScatter()
	if len(y.Marks) > 0 {
		marks.AddSeries(AlarmKey, nil)
		chart.Overlap(marks)
	}
	chart.Validate()
	return finish(chart.JSON(), y.overlay())
}

// The keys of a chart's legend: what each series is called, so that the legend can switch it.
const (
	BarsKey   = "bars"
	SolidKey  = "line"
	DottedKey = "dotted"
	FaintKey  = "faint"
	TargetKey = "dashed"
	ConeKey   = "cone"
	AlarmKey  = "alarm"
)

var styleKeys = map[Style]string{Solid: SolidKey, Dotted: DottedKey, Faint: FaintKey}

func (s Style) pen() (colour string, width float64) {
	switch s {
	case Dotted:
		return muted, 1.5
	case Faint:
		return muted, 1.5
	}
	return bar, 2
}

func (y Year) bars() []opts.BarData {
	out := make([]opts.BarData, 0, 12)
	for m := range y.Names {
		d := opts.BarData{Value: nothing}
		if y.Bars != nil {
			d = opts.BarData{Name: y.Bars.Texts[m], Value: point(y.Bars.Points[m])}
		}
		out = append(out, d)
	}
	return out
}

// points returns the points up to the last one that exists, so that the line's label is at its end.
func (s Series) points() []opts.LineData {
	var out []opts.LineData
	for m, p := range s.Points[:s.length()] {
		out = append(out, opts.LineData{Name: s.Texts[m], Value: point(p)})
	}
	return out
}

// coneSeries returns the cone's lower edge, its height above it and its middle.
func (y Year) coneSeries() [][]opts.LineData {
	if y.Cone == nil {
		return nil
	}
	out := make([][]opts.LineData, 3)
	for m := range y.Names {
		low, middle, high, ok := y.Cone.at(m)
		for i, value := range []kpi.Amount{low, high - low, middle} {
			d := opts.LineData{Value: nothing}
			if ok {
				d.Value = number(value)
			}
			out[i] = append(out[i], d)
		}
	}
	return out
}

// markPoints returns the marks with their labels on the side away from the achievement.
func (y Year) markPoints(moved []int) []any {
	var out []any
	for i, m := range y.Marks {
		at := "top"
		if y.above(m) {
			at = "bottom"
		}
		out = append(out, map[string]any{"name": m.Text, "value": []any{m.Month, number(m.Value)},
			"label": map[string]any{"position": at, "offset": []int{0, moved[i]}}})
	}
	return out
}

func point(o progress.Opt[kpi.Amount]) any {
	if !o.Ok() {
		return nothing
	}
	return number(o.Value)
}

func (y Year) overlay() map[string]any {
	over := common()
	over["xAxis"] = []any{map[string]any{"axisTick": map[string]any{"show": false}}}
	over["yAxis"] = []any{valueAxis(y.Unit, y.top())}
	// The page's own legend switches the series: buttons, which the keyboard reaches.
	over["legend"] = map[string]any{"show": false}
	moved := y.shifts()
	series := []any{map[string]any{"z": 1, "barMinHeight": leastBar}}
	if y.Cone != nil {
		series = append(series, y.Cone.overlay(moved.cone)...)
	}
	for i, s := range y.Series {
		series = append(series, y.seriesOverlay(s, moved.series[i]))
	}
	series = append(series, y.Target.overlay())
	if len(y.Marks) > 0 {
		series = append(series, map[string]any{"data": y.markPoints(moved.marks), "symbol": "rect",
			"symbolSize": []int{22, 2}, "z": 4,
			"itemStyle": map[string]any{"color": far, "opacity": 1},
			"label":     halo(map[string]any{"show": true, "formatter": "{b}", "color": ink, "fontSize": 13, "distance": 5})})
	}
	over["series"] = series
	return over
}

func (c Cone) overlay(moved int) []any {
	hidden := map[string]any{"silent": true, "showSymbol": false, "stack": "cone", "z": 1,
		"lineStyle": map[string]any{"opacity": 0}}
	filled := map[string]any{"silent": true, "showSymbol": false, "stack": "cone", "z": 1,
		"lineStyle": map[string]any{"opacity": 0},
		"areaStyle": map[string]any{"color": "@band", "opacity": 0.55}}
	middle := map[string]any{"silent": true, "showSymbol": false, "z": 2, "endLabel": endLabel(c.Text, muted, moved),
		"lineStyle": map[string]any{"color": bar, "width": 1.5, "type": "dashed"}, "itemStyle": map[string]any{"color": bar}}
	return []any{hidden, filled, middle}
}

func (y Year) seriesOverlay(s Series, moved int) map[string]any {
	colour, shown := muted, false
	if s.Style == Solid {
		colour, shown = ink, true
	}
	end := endLabel(s.End, colour, moved)
	if y.crowded(s) {
		end["offset"] = []int{-textWidth(s.End, 13) - 14, moved - 10}
	}
	return map[string]any{"z": 3, "showSymbol": shown, "symbol": "circle", "symbolSize": 5, "endLabel": end}
}

func (l Level) overlay() map[string]any {
	if !l.Value.Ok() {
		return map[string]any{}
	}
	return map[string]any{"markLine": map[string]any{
		"silent": true, "symbol": "none", "animation": false, "z": 2,
		"data":      []any{map[string]any{"name": l.Text, "yAxis": number(l.Value.Value)}},
		"lineStyle": map[string]any{"type": "dashed", "width": 1.5, "color": ink},
		"label": halo(map[string]any{"formatter": "{b}", "position": "insideStartTop", "color": ink,
			"fontSize": 13}),
	}}
}

// valueAxis counts in unit from zero to top.
func valueAxis(unit string, top kpi.Amount) map[string]any {
	name := map[string]any{"color": muted, "fontSize": 13, "align": "right", "padding": []int{0, 8, 0, 0}}
	return map[string]any{"name": unit, "nameGap": 12, "nameTextStyle": name, "min": 0, "max": number(top),
		"interval": number(interval(top))}
}

func endLabel(text, colour string, shift int) map[string]any {
	return halo(map[string]any{"show": text != "", "formatter": text, "color": colour, "fontSize": 13,
		"distance": 6, "offset": []int{0, shift - 8}})
}

// halo lets a label interrupt the lines behind it.
func halo(label map[string]any) map[string]any {
	label["textBorderColor"], label["textBorderWidth"] = "@card", 3
	return label
}
