package page

import (
	"dabiao/internal/app"
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

func TenThousand(yuan kpi.Amount) string {
	a, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return a.String()
}

// boardBudget is the execution of the year's budget, in 万元.
type boardBudget struct {
	Href     string // of the budget's own page; "" for those who may not see it
	Spent    string
	Budget   string
	Measure  string
	Rate     cell
	Light    lightView
	Bullet   *bulletView
	Expected string // the share of the year that has passed
	Alarm    string // the latest supervision line and whether it was reached; "" before the first
	Lines    []boardBudgetLine
}

// boardBudgetLine is one fund's basic or project spending.
type boardBudgetLine struct {
	Name, Spent, Budget string
	Rate                cell
}

// newBoardBudget returns nil for a year without budget lines: there is nothing to say.
func newBoardBudget(pc Context, b progress.Board) *boardBudget {
	if len(b.Budget.Lines) == 0 {
		return nil
	}
	p, total := pc.Printer, b.Budget.Total
	out := boardBudget{
		Spent: tenThousandsTo(pc, total.Spent, total.Decimals), Budget: tenThousandsTo(pc, total.Budget(), total.Decimals),
		Measure: p.Measure(kpi.TenThousandY), Rate: percentCell(p, total.Execution), Light: newLightView(p, total.Light),
		Expected: p.Percent(linearShare(b.AsOf)), Bullet: newBudgetBullet(pc, b),
	}
	if p.Spelled(kpi.TenThousandY) {
		out.Spent, out.Budget = p.Measured(kpi.TenThousandY, out.Spent), p.Measured(kpi.TenThousandY, out.Budget)
		out.Measure = ""
	}
	if pc.Actor.MayReport() == nil {
		out.Href = pc.at(BudgetPath(b.Year.Year), pc.Unit, pc.AsOf.Period)
	}
	if m := b.Alarm; m != nil && m.Execution.Ok() {
		key := "board.alarm_ok"
		switch {
		case m.Raised && b.BelowAlarm() == nil:
			key = "board.alarm_caught_up"
		case m.Raised:
			key = "board.alarm_raised"
		}
		out.Alarm = p.T(key, p.Number(m.Alarm.Below.Amount(), 2), p.Month(m.Period.Month), p.Percent(m.Execution.Value))
	}
	for _, l := range b.Budget.Lines {
		if l.Fund != kpi.GeneralBudget && l.Budget() == 0 && l.Spent == 0 {
			continue // a fund the unit does not have; the report says so
		}
		name := p.T("fund." + string(l.Fund))
		if l.Nature != kpi.AnyNature {
			name = p.T("nature." + string(l.Nature))
		}
		out.Lines = append(out.Lines, boardBudgetLine{
			Name: name, Spent: tenThousandsTo(pc, l.Spent, l.Decimals), Budget: tenThousandsTo(pc, l.Budget(), l.Decimals),
			Rate: percentCell(p, l.Execution),
		})
	}
	alignRows(places(out.Lines), func(l *boardBudgetLine) []*string { return []*string{&l.Spent, &l.Budget} })
	return &out
}

// newBudgetBullet draws the execution against the year that has passed and the latest supervision line.
func newBudgetBullet(pc Context, b progress.Board) *bulletView {
	p, total := pc.Printer, b.Budget.Total
	if !total.Execution.Ok() {
		return nil
	}
	passed := linearShare(b.AsOf)
	out := bulletView{Tone: lateTone(total.Light), Tall: true, Expected: bulletX(passed)}
	out.Bar, out.Beyond = bulletBar(total.Execution.Value)
	out.Label = p.T("bullet.spent", p.Percent(total.Execution.Value)) + p.T("bullet.expected", p.Percent(passed))
	if b.Alarm != nil {
		out.Alarm = bulletX(b.Alarm.Alarm.Below)
		out.Label += p.T("bullet.alarm", p.Share(b.Alarm.Alarm.Below))
	}
	return &out
}

// tenThousands writes 元 as 万元, as the office does.
func tenThousands(pc Context, yuan kpi.Amount) string { return tenThousandsTo(pc, yuan, 2) }

// tenThousandsTo is tenThousands with as many decimals as a budget line's money has at most.
func tenThousandsTo(pc Context, yuan kpi.Amount, decimals int) string {
	a, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return pc.Printer.Number(a, decimals)
}

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
				Text: p.Share(m.Alarm.Below)})
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
