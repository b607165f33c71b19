package page

import (
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// heatView is a table of lights: a row for each area or indicator, a column for each month. Every
// cell is a shape with its word, and leads to what it stands for.
type heatView struct {
	Title  string
	First  string // what the rows are
	Months []heatMonth
	Rows   []heatRow
	Legend []lightView

	FootName string // of a line below; "" for none
	Foot     []string
}

// heatMonth is a column: the number above it and the same page as of that month.
type heatMonth struct {
	Number, Name string
	Href         string // "" for a month to come
	Current      bool
}

type heatRow struct {
	Name, Href string
	Cells      []heatCell
}

// heatCell is one month of a row; without a light the month has not come.
type heatCell struct {
	Light lightView
	Href  string
	Count string // printed instead of a light: a number of entries
	Shade int    // 0 to 4 behind a count
}

func newHeat(pc Context, title, first, path string) *heatView {
	p := pc.Printer
	h := heatView{Title: title, First: first}
	last := kpi.AsOfToday(pc.Year.Year, pc.Today).Month
	for m := 1; m <= 12; m++ {
		month := heatMonth{Number: fmt.Sprint(m), Name: p.Month(m), Current: m == pc.AsOf.Month}
		if m <= last {
			month.Href = pc.at(path, pc.Unit, kpi.Period{Year: pc.Year.Year, Month: m})
		}
		h.Months = append(h.Months, month)
	}
	return &h
}

func (h *heatView) add(pc Context, name, href string, lights [12]kpi.Light, to func(month int) string) {
	row := heatRow{Name: name, Href: href}
	for m, l := range lights {
		cell := heatCell{}
		if l != "" {
			cell.Light, cell.Href = newLightView(pc.Printer, l), to(m+1)
		}
		row.Cells = append(row.Cells, cell)
	}
	h.Rows = append(h.Rows, row)
}

// legend lists the lights that occur, worst first.
func (h *heatView) legend(pc Context) *heatView {
	for _, l := range kpi.Lights {
		if h.has(string(l)) {
			h.Legend = append(h.Legend, newLightView(pc.Printer, l))
		}
	}
	return h
}

func (h *heatView) has(light string) bool {
	for _, r := range h.Rows {
		for _, c := range r.Cells {
			if c.Light.Code == light {
				return true
			}
		}
	}
	return false
}

// newAreaHeat is the areas by month, nil for a board without months. A cell leads to the area as it
// stood then.
func newAreaHeat(pc Context, b progress.Board) *heatView {
	h := newHeat(pc, pc.Printer.T("heat.areas"), pc.Printer.T("col.area"), BoardPath(b.Year.Year))
	for _, a := range b.Areas {
		lights := a.MonthLights()
		if lights[0] == "" {
			return nil
		}
		h.add(pc, areaName(pc, a.Area), pc.areaHref(a.Area), lights, func(month int) string {
			return pc.at(areaPath(b.Year.Year, a.Area.Code), pc.Unit, kpi.Period{Year: b.Year.Year, Month: month})
		})
	}
	if len(h.Rows) == 0 {
		return nil
	}
	return h.legend(pc)
}

// newIndicatorHeat is an area's indicators by month. A cell leads to the entries of that month.
func newIndicatorHeat(pc Context, a progress.AreaFigures) *heatView {
	h := newHeat(pc, pc.Printer.T("heat.indicators"), pc.Printer.T("col.indicator"), areaPath(pc.Year.Year, a.Area.Code))
	for _, f := range a.Figures {
		var lights [12]kpi.Light
		for m := range f.Months {
			lights[m] = f.Months[m].Light
		}
		v := pc.indicatorFigure(f)
		h.add(pc, v.Name, v.Href, lights, func(month int) string {
			return pc.entriesPath(f.Indicator.Code, pc.Unit, kpi.Period{Year: pc.Year.Year, Month: month})
		})
	}
	return h.legend(pc)
}
