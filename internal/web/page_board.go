package web

import (
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// boardPage is a year of one unit: one sentence, what needs attention, then one calm table per
// area.
type boardPage struct {
	layout
	Sentence []sentencePart
	AsOf     string
	Updated  string // "" while nothing was logged
	Checked  string // when all was last verified against the log; "" while it never was
	Counts   []boardCount
	Late     []boardLate
	LateHint string // what "late" is measured against
	Calm     string // said instead of Late
	CalmHint string // and what to do next
	Budget   *boardBudget
	Chart    *chartView
	Areas    []boardArea
	MayLog   bool
	Entry    string // the form for a new entry; "" for those who may not log
	Card     string // where it is one picture, to be sent
}

// boardCount is how many indicators have a light.
type boardCount struct {
	Light lightView
	Count int
}

// boardLate is an indicator that needs attention.
type boardLate struct {
	figureView
	Area string
	Note string // the latest entry's note: the reason, in the owner's words
	Log  string // where to log it; "" for those who may not
}

// boardArea is one area's table.
type boardArea struct {
	ID    string
	Name  string
	Light lightView
	Count string
	Rows  []figureView
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
	Lines    []boardBudgetLine
}

// boardBudgetLine is one fund's basic or project spending.
type boardBudgetLine struct {
	Name, Spent, Budget string
	Rate                cell
}

// newBoardPage builds the board. notes are the latest entry's notes by indicator code, for those
// that need attention; nil for none. mayLog says whether the actor may log for the board's unit.
func newBoardPage(pc pageContext, b progress.Board, notes map[string]string, mayLog bool) (boardPage, error) {
	p := pc.Printer
	page := boardPage{
		layout:   newLayout(pc, p.T("board.title"), partBoard, boardPath(b.Year.Year)),
		Sentence: summarySentence(p, b.Summary),
		AsOf:     p.AsOf(b.AsOf),
		Budget:   newBoardBudget(pc, b),
		MayLog:   mayLog,
		Card:     pc.at(cardPath(b.Year.Year), b.Unit, b.AsOf.Period),
	}
	if mayLog {
		page.Entry = entryPath(b.Year.Year)
	}
	if b.Summary.LastUpdate != "" {
		page.Updated = p.T("board.updated", p.Day(b.Summary.LastUpdate))
	}
	for _, l := range []kpi.Light{kpi.Done, kpi.Ahead, kpi.OnPace, kpi.Behind, kpi.FarBehind, kpi.Over,
		kpi.NoData, kpi.Stale, kpi.NotDue, kpi.NoTarget} {
		if n := b.Summary.Count(l); n > 0 {
			page.Counts = append(page.Counts, boardCount{newLightView(p, l), n})
		}
	}
	for _, a := range b.Areas {
		page.Areas = append(page.Areas, newBoardArea(pc, a))
	}
	page.addLate(pc, b, notes)
	var err error
	page.Chart, err = newCompletionChart(pc, b, page.Areas)
	page.Charts = page.Chart != nil
	return page, err
}

// linearShare is the share of the year that has passed, against which the board words "late".
func linearShare(a kpi.AsOf) kpi.Percent { return kpi.EvenSchedule(1).At(a).Percent() }

func (page *boardPage) addLate(pc pageContext, b progress.Board, notes map[string]string) {
	p := pc.Printer
	areas := map[kpi.AreaID]string{}
	for _, a := range b.Areas {
		areas[a.Area.ID] = areaName(pc, a.Area)
	}
	for _, f := range b.Late() {
		late := boardLate{figureView: pc.indicatorFigure(f), Area: areas[f.Indicator.Area], Note: notes[f.Indicator.Code]}
		if late.Bullet != nil {
			late.Bullet.Tall = true
		}
		if page.MayLog && f.Indicator.Kind != kpi.Ratio {
			late.Log = late.Href + "#log"
		}
		page.Late = append(page.Late, late)
	}
	if len(page.Late) > 0 {
		page.LateHint = p.T("board.late_hint", p.Percent(linearShare(b.AsOf)))
		return
	}
	page.Calm = p.T("board.calm")
	switch n := b.Summary; {
	case n.Indicators == 0:
		page.Calm, page.CalmHint = p.T("board.empty"), p.T("board.empty_hint")
	case n.Count(kpi.NoTarget) > 0:
		page.CalmHint = countText(p, "board.no_target_hint", n.Count(kpi.NoTarget))
	case n.Count(kpi.NoData) > 0:
		page.CalmHint = countText(p, "board.no_data_hint", n.Count(kpi.NoData))
	}
}

// indicatorFigure is a figure under its indicator's name, linked to its page.
func (pc pageContext) indicatorFigure(f progress.Figure) figureView {
	ind := f.Indicator
	href := pc.at(indicatorPath(pc.Year.Year, ind.Code), pc.Unit, pc.AsOf.Period)
	return newFigureView(pc.Printer, f, pc.Printer.Name(ind.Name, ind.NameEn), href)
}

func areaName(pc pageContext, a kpi.Area) string {
	if a.ID == 0 {
		return pc.Printer.T("board.no_area")
	}
	return pc.Printer.Name(a.Name, a.NameEn)
}

func newBoardArea(pc pageContext, a progress.AreaFigures) boardArea {
	out := boardArea{
		ID: "area-" + a.Area.Code, Name: areaName(pc, a.Area), Light: newLightView(pc.Printer, a.Light),
		Count: countText(pc.Printer, "board.items", len(a.Figures)),
	}
	for _, f := range a.Figures {
		out.Rows = append(out.Rows, pc.indicatorFigure(f))
	}
	return out
}

// newBoardBudget is nil for a year without budget lines: there is nothing to say.
func newBoardBudget(pc pageContext, b progress.Board) *boardBudget {
	if len(b.Budget.Lines) == 0 {
		return nil
	}
	p, total := pc.Printer, b.Budget.Total
	out := boardBudget{
		Spent: tenThousands(pc, total.Spent), Budget: tenThousands(pc, total.Budget()), Measure: p.Measure(kpi.TenThousandY),
		Rate: percentCell(p, total.Execution), Light: newLightView(p, total.Light), Expected: p.Percent(linearShare(b.AsOf)),
	}
	if pc.Actor.MayReport() == nil {
		out.Href = pc.at(budgetPath(b.Year.Year), pc.Unit, pc.AsOf.Period)
	}
	if total.Execution.Ok() {
		out.Bullet = &bulletView{Tone: lateTone(total.Light), Tall: true, Expected: bulletX(linearShare(b.AsOf))}
		out.Bullet.Bar, out.Bullet.Beyond = bulletBar(total.Execution.Value)
		out.Bullet.Label = p.T("bullet.spent", p.Percent(total.Execution.Value)) + p.T("bullet.expected", out.Expected)
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
			Name: name, Spent: tenThousands(pc, l.Spent), Budget: tenThousands(pc, l.Budget()), Rate: percentCell(p, l.Execution),
		})
	}
	return &out
}

// tenThousands writes 元 as 万元, as the office does.
func tenThousands(pc pageContext, yuan kpi.Amount) string {
	a, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return pc.Printer.Number(a, 2)
}

// newCompletionChart is nil when no indicator has a rate: there is nothing to compare. shown is the
// board's areas as the page shows them.
func newCompletionChart(pc pageContext, b progress.Board, shown []boardArea) (*chartView, error) {
	p := pc.Printer
	view := chartView{
		ID: "completion", Title: p.T("chart.completion"), Description: p.T("chart.completion_text", p.AsOf(b.AsOf)),
		Head: []string{p.T("col.indicator"), p.T("col.rate"), p.T("col.expected")},
		Key:  []chartKey{{"expected", p.T("chart.expected")}, {"target", p.T("chart.target")}},
	}
	data := chart.Completion{Target: "100%"}
	for i, a := range b.Areas {
		area := chart.CompletionArea{Name: shown[i].Name}
		for j, f := range a.Figures {
			if bar, ok := completionBar(pc, f, shown[i].Rows[j]); ok {
				area.Bars = append(area.Bars, bar)
				expected := cell{Why: p.T("reason.no_pace")}
				if bar.Expected.Ok() {
					expected = cell{Text: p.Percent(bar.Expected.Value)}
				}
				view.Rows = append(view.Rows, chartRow{bar.Name, []cell{{Text: bar.RateText}, expected}})
			}
		}
		if len(area.Bars) > 0 {
			data.Areas = append(data.Areas, area)
		}
	}
	if len(view.Rows) == 0 {
		return nil, nil
	}
	var err error
	view.Option, err = data.Option()
	view.Height = 32 + 22*data.Rows()
	return &view, err
}

func completionBar(pc pageContext, f progress.Figure, v figureView) (chart.CompletionBar, bool) {
	if !f.Completion.Ok() || f.Target.Sign.Ceiling() {
		return chart.CompletionBar{}, false
	}
	p := pc.Printer
	bar := chart.CompletionBar{
		Name: v.Name, Rate: f.Completion.Value, RateText: v.Rate.Text, Light: f.Light,
		Expected: progress.None[kpi.Percent](progress.ReasonNoPace),
		Text:     p.T("chart.point", v.Value.Text, measured(p, f.Indicator, v.Target.Text), v.Rate.Text, v.Light.Word),
	}
	if f.Expected.Ok() && f.Target.Amount > 0 {
		bar.Expected = progress.Some(kpi.Rate(f.Expected.Value, f.Target.Amount))
	}
	return bar, true
}
