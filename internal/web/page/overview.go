package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// overviewPage is all of a year's indicators as one picture on one screen: how far each has come, against
// its target and against what should be there by now.
type overviewPage struct {
	Layout
	Tabs     []layoutLink
	Sentence []sentencePart
	AsOf     string
	Card     string
	Overview *overviewView // nil without indicators
}

// overviewView is the picture: a row for each indicator with a target, the one that needs somebody most
// first, every bar on one scale; behind them those without a target, whose bars give way to the number
// and last year's.
type overviewView struct {
	Rows []overviewRow
	Free []overviewRow // without a target
}

// overviewRow is one indicator. The whole row leads to it.
type overviewRow struct {
	figureView
	Area string
	Code kpi.Light
	Said string // in the place of a rate that would mislead or does not exist: 余 1 件, 达标
}

// NewOverview builds the page of the picture.
func NewOverview(pc Context, b progress.Board) overviewPage {
	p := pc.Printer
	page := overviewPage{Layout: NewLayout(pc, p.T("overview.title"), partBoard, overviewPath(b.Year.Year)),
		Tabs: pc.boardTabs(tabOverview), Sentence: boardSentence(p, b), AsOf: p.AsOf(b.AsOf),
		Card: pc.at(cardPath(b.Year.Year), b.Unit, b.AsOf.Period)}
	page.Tight = true
	if b.Summary.Indicators > 0 {
		page.Overview = newOverview(pc, b)
	}
	return page
}

// newOverview is the picture of a board.
func newOverview(pc Context, b progress.Board) *overviewView {
	areas := map[kpi.AreaID]string{}
	for _, a := range b.Areas {
		areas[a.Area.ID] = areaName(pc, a.Area)
	}
	var v overviewView
	for _, f := range b.ByPace() {
		v.Rows = append(v.Rows, newOverviewRow(pc, f, areas[f.Indicator.Area]))
	}
	for _, f := range b.Untargeted() {
		v.Free = append(v.Free, newOverviewRow(pc, f, areas[f.Indicator.Area]))
	}
	return &v
}

func newOverviewRow(pc Context, f progress.Figure, area string) overviewRow {
	p := pc.Printer
	row := overviewRow{figureView: pc.indicatorFigure(f), Area: area, Code: f.Light}
	if f.Level() != "" {
		row.Target.Text = "" // the judgement and the light say it
	}
	room := f.Room()
	switch kind := f.Indicator.Kind; {
	case room.Ok():
		row.Said = p.T("overview.room", amountCell(p, f.Indicator, room).Text)
	case f.Target == nil || !f.Achievement.Ok() || kind != kpi.Level && kind != kpi.Standard:
	case f.Met:
		row.Said = p.T("overview.met")
	default:
		row.Said = p.T("overview.unmet")
	}
	return row
}

func overviewPath(y kpi.Year) string { return yearPath(y, tabOverview) }
