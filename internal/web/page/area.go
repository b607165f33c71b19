package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// areaPage shows an area: its indicators by month, and the state of each.
type areaPage struct {
	Layout
	Crumbs []layoutLink
	AsOf   string
	Area   boardArea
	Heat   *heatView
}

func NewArea(pc Context, b progress.Board, a progress.AreaFigures) areaPage {
	name := areaName(pc, a.Area)
	return areaPage{
		Layout: NewLayout(pc, name, partBoard, areaPath(b.Year.Year, a.Area.Code)),
		Crumbs: []layoutLink{pc.boardCrumb()}, AsOf: pc.asOf(b.AsOf, a.Figures...), Area: newBoardArea(pc, a),
		Heat: newIndicatorHeat(pc, a),
	}
}

// boardCrumb returns the breadcrumb back to the board.
func (pc Context) boardCrumb() layoutLink {
	return layoutLink{Href: pc.at(BoardPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), Text: pc.Printer.T("nav.board")}
}

// boardArea is the table of an area.
type boardArea struct {
	ID        string
	Name      string
	Href      string // of the area's own page
	Light     lightView
	Count     string
	Rows      []figureView
	blankRows // left out of Rows
	Open      bool
	Plain     bool // no indicator has a target
}

// indicatorFigure returns a figure under its indicator's name, linked to its page and entries.
func (pc Context) indicatorFigure(f progress.Figure) figureView {
	ind := f.Indicator
	href := pc.at(IndicatorPath(pc.Year.Year, ind.Code), pc.Unit, pc.AsOf.Period)
	v := newFigureView(pc.Printer, f, pc.Printer.Name(ind.Name, ind.NameEn), href)
	if f.Entries > 0 {
		v.Entries = pc.entriesPath(ind.Code, pc.Unit, kpi.Period{})
	}
	return v
}

func areaName(pc Context, a kpi.Area) string {
	if a.ID == 0 {
		return pc.Printer.T("board.no_area")
	}
	return pc.Printer.Name(a.Name, a.NameEn)
}

func newBoardArea(pc Context, a progress.AreaFigures) boardArea {
	out := boardArea{
		ID: "area-" + a.Area.Code, Name: areaName(pc, a.Area), Light: newLightView(pc.Printer, a.Light),
		Count: countText(pc.Printer, "board.items", len(a.Figures)), Href: pc.areaHref(a.Area),
	}
	out.Rows, out.Plain = make([]figureView, len(a.Figures)), true
	for i := range a.Figures {
		out.Plain = out.Plain && a.Figures[i].Target == nil
		out.Rows[i] = pc.indicatorFigure(a.Figures[i])
	}
	return out
}

// blankRows are indicators without target and number, as a folded list.
type blankRows struct {
	Blank  []layoutLink
	Blanks string // how many they are
}

func (b *blankRows) add(pc Context, v figureView) {
	b.Blank = append(b.Blank, layoutLink{Href: v.Href, Text: v.Name})
	b.Blanks = countText(pc.Printer, "board.blank", len(b.Blank))
}

// blank reports whether there is neither a target nor a number: a row of dashes.
func blank(f progress.Figure) bool { return f.Target == nil && !f.Achievement.Ok() }

// foldBlank takes the rows of dashes out of an area's table, if anything else is left in it.
func (a *boardArea) foldBlank(pc Context, figures []progress.Figure) {
	var rows []figureView
	for i, f := range figures {
		if blank(f) {
			a.add(pc, a.Rows[i])
		} else {
			rows = append(rows, a.Rows[i])
		}
	}
	if len(rows) == 0 {
		a.blankRows = blankRows{}
		return
	}
	a.Rows = rows
}
