package chart

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Span is a chart of the months of several years, one after the other: what each added, as bars, or where
// each ended, as a line. A part of it can be chosen and looked at closely.
type Span struct {
	Unit   string
	Bars   bool
	Months []SpanMonth
}

// SpanMonth is one month of a span.
type SpanMonth struct {
	Name  string // with its year
	Year  string // of the first month of a year; "" for the others
	Value progress.Opt[kpi.Amount]
	Text  string
}

// zoomFoot is the room below a span for what chooses a part of it, in pixels.
const zoomFoot = 44

// Option returns the ECharts option: all months, and a slider that chooses some.
func (s Span) Option() (json.RawMessage, error) {
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithGridOpts(opts.Grid{Left: px(8), Right: px(16), Top: px(plotTop), Bottom: px(zoomFoot),
			ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{Color: muted, FontSize: 13},
			AxisLine: &opts.AxisLine{LineStyle: &opts.LineStyle{Color: line}}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value",
			AxisLabel: &opts.AxisLabel{Color: muted, FontSize: 13, Formatter: "@number"},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: line}}}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
	)
	names := make([]string, len(s.Months))
	bars, points := make([]opts.BarData, len(names)), make([]opts.LineData, len(names))
	for i, m := range s.Months {
		names[i] = m.Name
		bars[i] = opts.BarData{Name: m.Text, Value: point(m.Value)}
		points[i] = opts.LineData{Name: m.Text, Value: point(m.Value)}
	}
	chart.SetXAxis(names)
	if s.Bars {
		chart.AddSeries(BarsKey, bars, charts.WithBarChartOpts(opts.BarChart{BarWidth: "60%"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: bar}))
	} else {
		curves := charts.NewLine()
		curves.AddSeries(SolidKey, points, charts.WithLineStyleOpts(opts.LineStyle{Color: bar, Width: 2}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: bar}))
		chart.Overlap(curves)
	}
	chart.Validate()
	over := common()
	over["legend"] = map[string]any{"show": false}
	over["xAxis"] = []any{map[string]any{"axisTick": map[string]any{"show": false}}}
	over["yAxis"] = []any{valueAxis(s.Unit, s.top())}
	over["dataZoom"] = []any{map[string]any{"type": "slider", "height": 24, "bottom": 4, "left": 16, "right": 16,
		"brushSelect": false, "showDetail": false,
		"borderColor": line, "backgroundColor": "@card", "fillerColor": "rgba(128,138,148,.16)",
		"handleStyle":     map[string]any{"color": "@card", "borderColor": muted},
		"moveHandleStyle": map[string]any{"color": muted, "opacity": 0.5},
		"dataBackground": map[string]any{"lineStyle": map[string]any{"color": muted, "opacity": 0.5},
			"areaStyle": map[string]any{"color": "@band", "opacity": 0.5}},
		"selectedDataBackground": map[string]any{"lineStyle": map[string]any{"color": muted},
			"areaStyle": map[string]any{"color": "@band"}}}}
	return finish(chart.JSON(), over)
}

func (s Span) top() kpi.Amount {
	high := kpi.Amount(1)
	for _, m := range s.Months {
		if m.Value.Ok() {
			high = max(high, m.Value.Value)
		}
	}
	return roundUp(high.Times(110, 100))
}

// Drawing draws the same months, so many pixels wide.
func (s Span) Drawing(width, height int) Drawing {
	d := &plot{paint: pagePaint, end: s.top()}
	d.left = 16 + textWidth(axisText(d.end), 13)
	d.right, d.top, d.bottom = width-16, plotTop, height-plotFoot-zoomFoot
	d.scale(s.Unit)
	x := func(i int) int { return d.left + (d.right-d.left)*(2*i+1)/(2*len(s.Months)) }
	wide := max((d.right-d.left)*3/(5*max(len(s.Months), 1)), 1)
	path, pen := "", "M"
	for i, m := range s.Months {
		if m.Year != "" {
			d.text(x(i)-wide/2, d.bottom+20, d.muted, "", m.Year)
		}
		if !m.Value.Ok() {
			pen = "M"
			continue
		}
		at := d.height(m.Value.Value)
		if s.Bars {
			d.add(Stroke{D: fmt.Sprintf("M%d %dV%dh%dV%[2]dz", x(i)-wide/2, d.bottom, at, wide), Fill: d.bar})
			continue
		}
		path += fmt.Sprintf("%s%d %d", pen, x(i), at)
		pen = "L"
		d.add(Stroke{X: x(i), Y: at, R: "2.5", Fill: d.bar})
	}
	if path != "" {
		d.add(Stroke{D: path, Fill: "none", Ink: d.bar, Width: "2"})
	}
	return Drawing{width, height, d.marks}
}
