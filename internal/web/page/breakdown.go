package page

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// childFigures returns the units below in order of completion, with a row for the whole among them. It
// returns none if no unit below has a target or a figure: a table of dashes says nothing.
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

// partsView shows 其中: the parts of a whole as bars within its bar.
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

// newParts returns nil if no part has a number.
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

// paretoView is what the units lack of their targets, the largest part first with what they make together,
// or, where none lacks anything, what they contributed.
type paretoView struct {
	Title string
	Hint  string // how many of them make 80 %
	Rows  []paretoRow
}

type paretoRow struct {
	Name, Href string
	Amount     cell
	Bar        string // length, of the largest
	Together   string // share of the first rows down to this one
	Cut        bool   // here 80 % are reached
}

// mostOf is the part of a sum that its largest parts are said to make.
const mostOf = 80_00

// newPareto returns nil unless at least two units have a part.
func newPareto(pc Context, v app.IndicatorView) *paretoView {
	if !v.Figure.Indicator.AddsUnits() {
		return nil
	}
	units := progress.UnitFigures{Units: v.Children}
	key, rows := "missing", units.Short()
	amount := func(f progress.Figure) kpi.Amount { return f.Missing.Value }
	bound := func(f progress.Figure) kpi.Bound { return f.Left() }
	if len(rows) == 0 {
		key, rows = "done", units.Largest()
		amount = func(f progress.Figure) kpi.Amount { return f.Achievement.Value.Amount }
		bound = func(f progress.Figure) kpi.Bound { return f.Bound }
	}
	if len(rows) < 2 {
		return nil
	}
	var sum, so kpi.Amount
	for _, u := range rows {
		sum += amount(u.Figure)
	}
	p, out := pc.Printer, paretoView{Title: pc.Printer.T("pareto." + key)}
	for i, u := range rows {
		a, before := amount(u.Figure), so
		so += a
		row := paretoRow{Name: p.Name(u.Unit.Name, u.Unit.NameEn),
			Href: pc.at(IndicatorPath(v.Year.Year, u.Figure.Indicator.Code), u.Unit, pc.AsOf.Period),
			Amount: cell{Text: p.Bounded(bound(u.Figure), measured(p, u.Figure.Indicator, p.Amount(u.Figure.Indicator, a))),
				Href: pc.entriesPath(u.Figure.Indicator.Code, u.Unit, kpi.Period{})},
			Bar: shareOf(kpi.Rate(a, amount(rows[0].Figure)), kpi.Hundred), Together: p.Percent(kpi.Rate(so, sum)),
			Cut: kpi.Divide(so, sum).Reaches(mostOf) && !kpi.Divide(before, sum).Reaches(mostOf)}
		if row.Cut {
			out.Hint = countText(p, "pareto.cut_"+key, i+1)
		}
		out.Rows = append(out.Rows, row)
	}
	return &out
}

// newActivity returns which unit logged how much in which month, with how many of all did; nil without
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
