package page

import (
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
		Crumbs: []layoutLink{pc.boardCrumb()}, AsOf: pc.Printer.AsOf(b.AsOf), Area: newBoardArea(pc, a),
		Heat: newIndicatorHeat(pc, a),
	}
}

// boardCrumb returns the breadcrumb back to the board.
func (pc Context) boardCrumb() layoutLink {
	return layoutLink{Href: pc.at(BoardPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), Text: pc.Printer.T("nav.board")}
}
