package page

import (
	"dabiao/internal/app"
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// newBudgetChart returns the budget's execution by month against the share of the year that has passed,
// with the supervision lines; nil while no month's spending is known. The months table beside it has
// the same numbers.
func newBudgetChart(pc Context, v app.BudgetView) *chartView {
	p := pc.Printer
	y := chart.Year{Unit: "%", Target: chart.Level{Value: progress.Some(100 * kpi.One), Text: "100%"}}
	done, pace := chart.Series{Style: chart.Solid}, chart.Series{Style: chart.Dotted}
	known := false
	for i, m := range v.Months {
		y.Names[i] = p.Month(m.Period.Month)
		done.Points[i] = progress.Opt[kpi.Amount]{Value: m.Execution.Value.Amount(), Reason: m.Execution.Reason}
		pace.Points[i] = progress.Some(m.Expected.Amount())
		pace.Texts[i] = p.T("budget.col.pace") + "  " + p.Percent(m.Expected)
		if m.Execution.Ok() {
			known = true
			done.Texts[i], done.End = p.T("col.execution")+"  "+p.Percent(m.Execution.Value), p.Percent(m.Execution.Value)
		}
		if m.Alarm != nil {
			y.Marks = append(y.Marks, chart.Mark{Month: i, Value: m.Alarm.Below.Amount(),
				Text: p.Number(m.Alarm.Below.Amount(), 2) + "%"})
		}
	}
	if !known {
		return nil
	}
	y.Series = []chart.Series{pace, done}
	view := chartView{ID: "execution-months", Title: p.T("chart.budget"), Height: chartHeight,
		Description: p.T("chart.budget_text", p.AsOf(v.AsOf)),
		Key: []chartKey{{chart.SolidKey, p.T("col.execution")}, {chart.DottedKey, p.T("budget.col.pace")},
			{chart.TargetKey, p.T("chart.whole_budget")}, {chart.AlarmKey, p.T("chart.alarm")}}}
	view.Head = []string{p.T("col.month"), p.T("col.execution"), p.T("budget.col.pace")}
	for _, m := range v.Months {
		view.Rows = append(view.Rows, chartRow{p.Month(m.Period.Month),
			[]cell{percentCell(p, m.Execution), {Text: p.Percent(m.Expected)}}})
	}
	if view.draw(y) != nil {
		return nil
	}
	return &view
}
