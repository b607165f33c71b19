package page

import (
	"fmt"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// childFigures are the units below in the order of their completion, with the whole's own row among
// them; none when the indicator is kept at this unit alone: a table of dashes says nothing.
func (pc Context) childFigures(v app.IndicatorView) []figureView {
	units := progress.UnitFigures{Whole: v.Figure, Units: v.Children}
	var out []figureView
	kept, placed := false, false
	whole := newFigureView(pc.Printer, v.Figure, pc.Printer.Name(v.Unit.Name, v.Unit.NameEn), "")
	whole.Whole = true
	for _, c := range units.Ordered() {
		f := c.Figure
		kept = kept || f.Target != nil || f.Achievement.Ok()
		if !placed && v.Figure.Completion.Ok() && (!f.Completion.Ok() ||
			f.Quotient().Value.Compare(v.Figure.Quotient().Value) < 0) {
			out, placed = append(out, whole), true
		}
		href := pc.at(IndicatorPath(v.Year.Year, v.Figure.Indicator.Code), c.Unit, v.Figure.AsOf.Period)
		row := newFigureView(pc.Printer, f, pc.Printer.Name(c.Unit.Name, c.Unit.NameEn), href)
		if f.Entries > 0 {
			row.Entries = pc.entriesPath(f.Indicator.Code, c.Unit, kpi.Period{})
		}
		out = append(out, row)
	}
	if !kept {
		return nil
	}
	return out
}

// partsView is 其中: the parts of a whole as bars on its own.
type partsView struct {
	Whole string
	Rows  []partRow
}

type partRow struct {
	Name, Href string
	Value      cell
	Share      string // of the whole
	Bar        string
}

// newParts is nil without parts that have a number.
func newParts(pc Context, v app.IndicatorView) *partsView {
	whole := v.Figure.Achievement
	if !whole.Ok() || whole.Value.Amount <= 0 || v.Figure.Indicator.Rated() {
		return nil
	}
	p := pc.Printer
	out := partsView{Whole: measured(p, v.Figure.Indicator, p.Value(v.Figure.Indicator, whole.Value))}
	for _, f := range v.PartsOf {
		if !f.Achievement.Ok() {
			continue
		}
		amount := f.Achievement.Value.Amount
		if converted, ok := f.Indicator.Measure.In(v.Figure.Indicator.Measure, amount); ok {
			amount = converted
		}
		share := kpi.Rate(amount, whole.Value.Amount)
		row := pc.indicatorFigure(f)
		out.Rows = append(out.Rows, partRow{Name: row.Name, Href: row.Href,
			Value: cell{Text: row.Value.Text, Href: row.Entries}, Share: p.Percent(share),
			Bar: shareOf(min(max(share, 0), kpi.Hundred), kpi.Hundred)})
	}
	if len(out.Rows) == 0 {
		return nil
	}
	return &out
}

// tilesView is what each unit contributed, as areas of one rectangle (treemap).
type tilesView struct {
	Height int
	Tiles  []tileView
}

// tileView is one unit: positions in percent across and pixels down.
type tileView struct {
	Name, Text, Href string
	Short            string // Text where there is little room
	X, W             string
	Y, H             int
	Two              bool // there is room for a second line
}

// tilesWidth is what the rectangle's width is laid out for.
const tilesWidth = 560

// newTiles is nil unless at least two units add up to the figure.
func newTiles(pc Context, v app.IndicatorView) *tilesView {
	if !v.Figure.Indicator.AddsUnits() || !v.Figure.Achievement.Ok() || v.Figure.Achievement.Value.Amount <= 0 {
		return nil
	}
	p, whole := pc.Printer, v.Figure.Achievement.Value.Amount
	var units []progress.UnitFigure
	var amounts []kpi.Amount
	for _, c := range (progress.UnitFigures{Units: v.Children}).Largest() {
		units, amounts = append(units, c), append(amounts, c.Figure.Achievement.Value.Amount)
	}
	if len(units) < 2 {
		return nil
	}
	out := tilesView{Height: 160 + 14*len(units)}
	for i, t := range chart.Tiles(amounts, tilesWidth, out.Height) {
		f := units[i].Figure
		share := p.Percent(kpi.Rate(amounts[i], whole))
		text := p.Value(f.Indicator, f.Achievement.Value) + " · " + share
		short := text
		if t.Width < 120 {
			short = share
		}
		out.Tiles = append(out.Tiles, tileView{
			Name: p.Name(units[i].Unit.Name, units[i].Unit.NameEn),
			Href: pc.at(IndicatorPath(v.Year.Year, f.Indicator.Code), units[i].Unit, pc.AsOf.Period),
			Text: text, Short: short,
			X: tilePercent(t.X), W: tilePercent(t.Width), Y: t.Y, H: t.Height, Two: t.Height >= 40,
		})
	}
	return &out
}

func tilePercent(x int) string {
	return strconv.FormatFloat(float64(x)*100/tilesWidth, 'f', 2, 64) + "%"
}

// newActivity is which unit logged how much in which month, with how many of all did; nil without
// units that have a target or an entry.
func newActivity(pc Context, v app.IndicatorView) *heatView {
	h := newHeat(pc, pc.Printer.T("heat.activity"), pc.Printer.T("col.unit"),
		IndicatorPath(pc.Year.Year, v.Figure.Indicator.Code))
	var logged [12]int
	for _, c := range v.Children {
		if c.Figure.Target == nil && c.Figure.Entries == 0 {
			continue
		}
		row := heatRow{Name: pc.Printer.Name(c.Unit.Name, c.Unit.NameEn),
			Href: pc.at(IndicatorPath(pc.Year.Year, v.Figure.Indicator.Code), c.Unit, pc.AsOf.Period)}
		for m, month := range c.Figure.Months {
			row.Cells = append(row.Cells, pc.activityCell(v, c, m))
			if month.Entries > 0 {
				logged[m]++
			}
		}
		h.Rows = append(h.Rows, row)
	}
	if len(h.Rows) == 0 {
		return nil
	}
	for m, n := range logged {
		text := ""
		if m < v.Figure.AsOf.Month {
			text = fmt.Sprint(n)
		}
		h.Foot = append(h.Foot, text)
	}
	h.FootName = pc.Printer.T("heat.logged", len(h.Rows))
	return h.legend(pc)
}

func (pc Context) activityCell(v app.IndicatorView, c progress.UnitFigure, m int) heatCell {
	month := c.Figure.Months[m]
	to := pc.entriesPath(c.Figure.Indicator.Code, c.Unit, month.Period)
	switch {
	case month.Entries > 0:
		return heatCell{Count: fmt.Sprint(month.Entries), Href: to, Shade: int(min(month.Entries, 4))}
	case m+1 > v.Figure.AsOf.Month || m+1 < c.Figure.Indicator.Starts:
		return heatCell{}
	}
	return heatCell{Light: newLightView(pc.Printer, kpi.NoData), Href: to}
}
