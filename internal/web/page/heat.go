package page

import (
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// heatView is a table of lights with a row for each area or indicator and a column for each month.
// Every cell is a shape with its word and links to what it stands for.
type heatView struct {
	Title  string
	First  string // heading of the first column
	Months []heatMonth
	Rows   []heatRow
	Legend []lightView
	Key    string // what the bars in the cells say; "" for none

	FootName string // name of a row at the foot; "" for none
	Foot     []string
}

// heatMonth is a column: its number and a link to the page as of that month.
type heatMonth struct {
	Number, Name string
	Href         string // "" for future months
	Current      bool
}

type heatRow struct {
	Name, Href string
	Cells      []heatCell
}

// heatCell is a month of a row; it has no light if the month is in the future.
type heatCell struct {
	Light lightView
	Href  string
	Said  string // beside the light's word: how many of the indicators behind it are late
	Share string // the same as a length; "" where none is
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

// legend adds the lights that occur, worst first.
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

// newAreaHeat returns the areas by month. A cell links to the area as of that month.
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
		cells := h.Rows[len(h.Rows)-1].Cells
		for m := range cells {
			late, over, of := a.MonthLate(m)
			if late > 0 {
				cells[m].Said = pc.Printer.T("heat.late", late, of)
			}
			if over > 0 {
				cells[m].Said += pc.Printer.T("heat.over", over, of)
			}
			if late+over > 0 {
				cells[m].Share = shareOf(kpi.Percent(late+over), kpi.Percent(of))
				h.Key = pc.Printer.T("heat.late_key")
			}
		}
	}
	if len(h.Rows) == 0 {
		return nil
	}
	return h.legend(pc)
}

// newIndicatorHeat returns an area's indicators by month. A cell links to the entries of that month.
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

// rankingView ranks the units below by completion, with a line through all bars at the whole's own
// rate.
type rankingView struct {
	Title, Href string // the indicator
	Hint        string // which of how many units are shown
	Rows        []rankRow
	Whole       string // position of the line
	WholeText   string // 武冈市 67.79%
	More        layoutLink
}

type rankRow struct {
	Name, Href string
	Rate       string
	Bar        string // length
	Tone       string
	Light      lightView
}

// rankRows is the number of units that the board lists: the last ones, which need attention.
const rankRows = 8

// newWorstRanking lists the last units of the board's worst indicator; nil if there is no such
// indicator.
func newWorstRanking(pc Context, b progress.Board) *rankingView {
	if b.Worst == nil {
		return nil
	}
	p, ind := pc.Printer, b.Worst.Whole.Indicator
	units := b.Worst.Ranked()
	v := rankingView{Title: p.Name(ind.Name, ind.NameEn),
		Href: pc.at(IndicatorPath(b.Year.Year, ind.Code), pc.Unit, pc.AsOf.Period) + "#children"}
	end := rankEnd(units, b.Worst.Whole)
	if left := len(units) - rankRows; left > 0 {
		v.Hint = p.T("ranking.last", rankRows)
		v.More = layoutLink{Href: v.Href, Text: p.T("ranking.more", len(units), left)}
		units = units[left:]
	}
	for _, u := range units {
		v.Rows = append(v.Rows, pc.newRankRow(u, ind, end))
	}
	if rate := b.Worst.Whole.Completion; rate.Ok() {
		v.Whole = shareOf(rate.Value, end)
		v.WholeText = p.T("ranking.whole", p.Name(pc.Unit.Name, pc.Unit.NameEn), p.Percent(rate.Value))
	}
	return &v
}

func (pc Context) newRankRow(u progress.UnitFigure, ind kpi.Indicator, end kpi.Percent) rankRow {
	p, rate := pc.Printer, u.Figure.Completion.Value
	return rankRow{
		Name: p.Name(u.Unit.Name, u.Unit.NameEn), Href: pc.at(IndicatorPath(pc.Year.Year, ind.Code), u.Unit, pc.AsOf.Period),
		Rate: p.Percent(rate), Bar: shareOf(min(max(rate, 0), end), end), Tone: lateTone(u.Figure.Light),
		Light: standingView(p, u.Figure),
	}
}

// rankEnd returns the end of the bars' scale: the highest rate, but at least 100 and at most 150 %.
func rankEnd(units []progress.UnitFigure, whole progress.Figure) kpi.Percent {
	end := max(kpi.Hundred, min(whole.Completion.Value, 150_00))
	for _, u := range units {
		end = max(end, min(u.Figure.Completion.Value, 150_00))
	}
	return end
}

// shareOf returns a position in percent of the drawing.
func shareOf(rate, end kpi.Percent) string {
	return kpi.Rate(kpi.Amount(rate), kpi.Amount(end)).String() + "%"
}
