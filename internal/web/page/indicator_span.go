package page

import (
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// newSpanChart draws the months of the years that were logged by month, one after the other; nil for fewer
// than two years, and for judgements.
func newSpanChart(pc Context, v app.IndicatorView) (*chartView, error) {
	p, ind := pc.Printer, v.Figure.Indicator
	if ind.Kind == kpi.Level {
		return nil, nil
	}
	s := chart.Span{Unit: p.Measure(ind.Measure), Bars: adds(ind)}
	view := chartView{ID: "span", Title: p.T("chart.span"), Height: chartHeight,
		Description: p.T("chart.span_text", p.Name(ind.Name, ind.NameEn)),
		Head:        []string{p.T("col.month"), p.T("col.in_month")}}
	if !s.Bars {
		view.Head[1] = p.T("col.cumulative")
	}
	years := 0
	for _, f := range append(v.Earlier[:len(v.Earlier):len(v.Earlier)], v.Figure) {
		months, known := spanMonths(pc, f, view.Head[1])
		if known < spanLeast {
			continue
		}
		years++
		s.Months = append(s.Months, months...)
		for _, m := range months {
			view.Rows = append(view.Rows, chartRow{m.Name, []cell{amountCell(p, ind, m.Value)}})
		}
	}
	if years < 2 {
		return nil, nil
	}
	var err error
	view.Drawings = []chart.Drawing{s.Drawing(720, chartHeight), s.Drawing(340, chartHeight)}
	view.Option, err = s.Option()
	return &view, err
}

// spanLeast is how many months of a year have a number at least: a year that was entered as a whole is one
// bar beside which the months of the others vanish.
const spanLeast = 3

// spanMonths returns a year's months up to its date, and how many of them have a number.
func spanMonths(pc Context, f progress.Figure, word string) (months []chart.SpanMonth, known int) {
	p := pc.Printer
	for i, m := range f.Months[:f.AsOf.Month] {
		value := m.Achieved
		if !adds(f.Indicator) {
			value = m.Cumulative
		}
		if value.Ok() && m.Achieved.Ok() {
			known++
		}
		month := chart.SpanMonth{Name: p.Period(m.Period), Value: value,
			Text: word + "  " + amountCell(p, f.Indicator, value).Text}
		if i == 0 {
			month.Year = strconv.Itoa(int(f.AsOf.Year))
		}
		months = append(months, month)
	}
	return months, known
}

// adds reports whether what each month added can be drawn: not a rate, and not a running total, whose first
// reading includes the years before and would dwarf the rest.
func adds(ind kpi.Indicator) bool {
	return ind.Kind != kpi.Running && ind.Kind != kpi.Standard && !ind.Rated()
}
