package chart

import (
	"encoding/json"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Year is a chart of twelve months as cumulative curves: an indicator's achievement against its plan and
// target, this year against the last, or the budget's execution against the year.
type Year struct {
	Names  [12]string
	Unit   string   // what the axis counts: 人, %
	Bars   *Series  // what each month added; nil: not drawn
	Series []Series // the value at the end of each month, drawn in this order
	Target Level
	Cone   *Cone
	Marks  []Mark
}

// Series is one curve or row of bars. Texts are shown when a month is pointed at.
type Series struct {
	Style  Style
	Points [12]progress.Opt[kpi.Amount]
	Texts  [12]string
	End    string // label of the line's last point; "" for none
}

// Style is how a line is drawn; colour is never the only difference.
type Style string

// The styles.
const (
	Solid  Style = "solid"  // what was achieved
	Dotted Style = "dotted" // the plan
	Faint  Style = "faint"  // the year before
)

// Level is a horizontal line across the chart.
type Level struct {
	Value progress.Opt[kpi.Amount]
	Text  string
}

// Cone is where the year may end, seen from the month From (0 to 11): between Low and High, at Middle
// if it continues as before.
type Cone struct {
	From              int
	Start             kpi.Amount
	Low, Middle, High kpi.Amount
	Text              string // label at its end
}

// Mark is a short line at one month, such as a supervision line.
type Mark struct {
	Month int // 0 to 11
	Value kpi.Amount
	Text  string
}

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
	LineKey   = "line"
	DottedKey = "dotted"
	FaintKey  = "faint"
	TargetKey = "dashed"
	ConeKey   = "cone"
	AlarmKey  = "alarm"
)

var styleKeys = map[Style]string{Solid: LineKey, Dotted: DottedKey, Faint: FaintKey}

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

// length returns the number of months up to the last point that exists.
func (s Series) length() int {
	for n := len(s.Points); n > 0; n-- {
		if s.Points[n-1].Ok() {
			return n
		}
	}
	return 0
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

// at returns the cone's edges and middle at the end of a month; ok is false before it begins.
func (c Cone) at(m int) (low, middle, high kpi.Amount, ok bool) {
	if m < c.From || c.From >= 11 {
		return 0, 0, 0, false
	}
	along := func(end kpi.Amount) kpi.Amount {
		return c.Start + (end-c.Start).Times(int64(m-c.From), int64(11-c.From))
	}
	return along(c.Low), along(c.Middle), along(c.High), true
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

// above reports whether the achievement is above a mark.
func (y Year) above(m Mark) bool {
	for _, s := range y.Series {
		if s.Style == Solid && s.Points[m.Month].Ok() && s.Points[m.Month].Value >= m.Value {
			return true
		}
	}
	return false
}

// crowded reports whether a line's label would stand on the cone or on a series that goes on behind it:
// then it stands before its point.
func (y Year) crowded(s Series) bool {
	n := s.length()
	goesOn := func(o Series) bool { return o.Style == Faint && o.length() > n }
	return y.Cone != nil && n <= y.Cone.From+1 || s.Style == Solid && slices.ContainsFunc(y.Series, goesOn)
}

// labelRoom returns the margin needed by the labels at the ends.
func (y Year) labelRoom() int {
	room := 16
	for _, s := range y.Series {
		if s.End != "" && s.length() >= 10 && !y.crowded(s) {
			room = max(room, textWidth(s.End, 13)+20)
		}
	}
	if y.Cone != nil {
		room = max(room, textWidth(y.Cone.Text, 13)+20)
	}
	return room
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

// top returns the end of the axis: above the highest number, so that no line touches the edge, and
// round, so that the axis labels are whole.
func (y Year) top() kpi.Amount {
	high := kpi.Amount(1)
	if y.Target.Value.Ok() {
		high = max(high, y.Target.Value.Value)
	}
	curves := y.Series
	if y.Bars != nil {
		curves = append(curves[:len(curves):len(curves)], *y.Bars)
	}
	for _, s := range curves {
		for _, p := range s.Points {
			if p.Ok() {
				high = max(high, p.Value)
			}
		}
	}
	for _, m := range y.Marks {
		high = max(high, m.Value)
	}
	if y.Cone != nil {
		high = max(high, y.Cone.High)
	}
	return roundUp(high.Times(110, 100))
}

// interval divides an axis that ends at top so that its labels are whole if possible and the last one
// is top itself: ECharts' own choice puts 1,500 right below 1,600.
func interval(top kpi.Amount) kpi.Amount {
	for _, parts := range []kpi.Amount{4, 5, 3, 2, 1} {
		if top%(parts*kpi.One) == 0 {
			return top / parts
		}
	}
	return top / 4
}

// roundUp returns the next of 1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8 × 10ⁿ, numbers that divide well by
// four.
func roundUp(a kpi.Amount) kpi.Amount {
	unit := kpi.Amount(1)
	for unit < a/10 {
		unit *= 10
	}
	for _, tenths := range []kpi.Amount{10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100} {
		if unit*tenths/10 >= a {
			return unit * tenths / 10
		}
	}
	return unit * 10
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
