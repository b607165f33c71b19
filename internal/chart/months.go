package chart

import (
	"encoding/json"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Months is one indicator's year: what was added each month, what stands by its end, what the plan
// expects, and the target.
type Months struct {
	Months     [12]MonthPoint
	Target     progress.Opt[kpi.Amount]
	TargetText string // label of the target line
	Cumulative string // label at the end of the achievement's line
	Expected   string // label at the end of the plan's line
}

// MonthPoint is one month; the texts are what is said when pointed at.
type MonthPoint struct {
	Name                           string
	Achieved, Cumulative, Expected progress.Opt[kpi.Amount]
	AchievedText                   string
	CumulativeText                 string
	ExpectedText                   string
}

// Option is the chart: bars for the months, a line for the sum, dotted for the plan, dashed for
// the target, the axis from zero.
func (m Months) Option() (json.RawMessage, error) {
	var names []string
	var bars []opts.BarData
	var sums, plan []opts.LineData
	for _, p := range m.Months {
		names = append(names, p.Name)
		bars = append(bars, opts.BarData{Name: p.AchievedText, Value: point(p.Achieved)})
		sums = append(sums, opts.LineData{Name: p.CumulativeText, Value: point(p.Cumulative)})
		plan = append(plan, opts.LineData{Name: p.ExpectedText, Value: point(p.Expected)})
	}
	sums = trim(sums)
	plan = trim(plan)
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithGridOpts(opts.Grid{Left: px(8), Right: px(m.labelRoom()), Top: px(28), Bottom: px(4), ContainLabel: opts.Bool(true)}),
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
	chart.SetXAxis(names)
	chart.AddSeries("", bars, charts.WithBarChartOpts(opts.BarChart{BarWidth: "40%"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: "@band"}))
	lines := charts.NewLine()
	lines.AddSeries("", plan, charts.WithLineStyleOpts(opts.LineStyle{Color: muted, Width: 1.5, Type: "dotted"}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: muted}))
	lines.AddSeries("", sums, charts.WithLineStyleOpts(opts.LineStyle{Color: bar, Width: 2}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: bar}))
	chart.Overlap(lines)
	chart.Validate()
	return finish(chart.JSON(), m.overlay())
}

// labelRoom is the margin the line's end label needs: none while the months ahead leave room for it.
func (m Months) labelRoom() int {
	if m.Months[9].Cumulative.Ok() {
		return 72
	}
	return 16
}

func point(o progress.Opt[kpi.Amount]) any {
	if !o.Ok() {
		return nothing
	}
	return number(o.Value)
}

// trim drops the points after the last one that exists, so that the line's label stands at its end.
func trim(points []opts.LineData) []opts.LineData {
	for len(points) > 0 && points[len(points)-1].Value == nothing {
		points = points[:len(points)-1]
	}
	return points
}

func (m Months) overlay() map[string]any {
	over := common()
	over["xAxis"] = []any{map[string]any{"axisTick": map[string]any{"show": false}}}
	y := map[string]any{"min": 0, "splitNumber": 4}
	bars := map[string]any{"z": 1}
	if m.Target.Ok() && m.Target.Value > 0 {
		y["max"] = number(m.top())
		bars["markLine"] = map[string]any{
			"silent": true, "symbol": "none", "animation": false,
			"data":      []any{map[string]any{"name": m.TargetText, "yAxis": number(m.Target.Value)}},
			"lineStyle": map[string]any{"type": "dashed", "width": 1.5, "color": ink},
			"label":     map[string]any{"formatter": "{b}", "position": "insideStartTop", "color": ink, "fontSize": 13},
		}
	}
	over["yAxis"] = []any{y}
	over["series"] = []any{bars,
		map[string]any{"z": 2, "showSymbol": false, "endLabel": endLabel(m.Expected, muted)},
		map[string]any{"z": 3, "symbol": "circle", "symbolSize": 5, "endLabel": endLabel(m.Cumulative, ink)},
	}
	return over
}

// top leaves room above the higher of target and achievement, so that the target line is never on
// the edge, at a round number so that the axis labels stay whole.
func (m Months) top() kpi.Amount {
	high := m.Target.Value
	for _, p := range m.Months {
		for _, o := range []progress.Opt[kpi.Amount]{p.Cumulative, p.Achieved, p.Expected} {
			if o.Ok() {
				high = max(high, o.Value)
			}
		}
	}
	return roundUp(high.Times(110, 100))
}

// roundUp is the next of 1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8 × 10ⁿ: numbers that a quarter divides well.
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

func endLabel(text, colour string) map[string]any {
	return map[string]any{"show": text != "", "formatter": text, "color": colour, "fontSize": 13, "distance": 6, "offset": []int{0, -8}}
}
