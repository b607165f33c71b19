package page

import (
	"fmt"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// chartHeight is the height of every chart in pixels. The style sheet has the same number, so that the
// page does not move when a chart is drawn.
const chartHeight = 300

// newMonthsChart draws the indicator's year: what each month added, the sum at its end, the plan, the
// target and the forecast. It returns nil if no month has a number, and for judgements, which have no
// curve.
func newMonthsChart(pc Context, f progress.Figure) (*chartView, error) {
	y, ok := monthsOf(pc, f)
	if !ok {
		return nil, nil
	}
	p, ind := pc.Printer, f.Indicator
	view := chartView{
		ID: "months", Title: p.T("chart.months"), Height: chartHeight, Picture: pc.chartPath(f, "months"),
		Description: p.T("chart.months_text", p.Name(ind.Name, ind.NameEn), pc.asOf(f.AsOf, f)),
		Head:        []string{p.T("col.month"), p.T("col.in_month"), p.T("col.cumulative"), p.T(expectedHead(f))},
	}
	if y.Bars != nil {
		view.Key = append(view.Key, chartKey{chart.BarsKey, p.T("col.in_month")})
	}
	view.Key = append(view.Key, chartKey{chart.SolidKey, p.T("col.cumulative")})
	if f.Target != nil {
		view.Key = append(view.Key, chartKey{chart.DottedKey, p.T(expectedHead(f))},
			chartKey{chart.TargetKey, p.T("chart.target")})
	}
	if y.Cone != nil {
		view.Key = append(view.Key, chartKey{chart.ConeKey, p.T("chart.cone")})
		view.Description += p.T("chart.cone_text", amountCell(p, ind, progress.Some(y.Cone.Low)).Text,
			amountCell(p, ind, progress.Some(y.Cone.High)).Text)
	}
	for _, m := range f.Months {
		in := inMonthCell(p, ind, m.Achieved)
		if m.Entries > 0 {
			in.Href = pc.entriesPath(ind.Code, pc.Unit, m.Period)
		}
		view.Rows = append(view.Rows, chartRow{p.Month(m.Period.Month),
			[]cell{in, amountCell(p, ind, m.Cumulative), amountCell(p, ind, m.Expected)}})
	}
	return &view, view.draw(y)
}

// expectedHead is the word for what is due by a date: of a limit, which is nothing to be reached, another one.
func expectedHead(f progress.Figure) string {
	if f.Target != nil && f.Target.Sign.Ceiling() {
		return "col.limit"
	}
	return "col.expected"
}

// inMonthCell returns what a month added. A stock may shrink, which is a change and no achievement of -1 件.
func inMonthCell(p lang.Printer, ind kpi.Indicator, o progress.Opt[kpi.Amount]) cell {
	if o.Ok() && o.Value < 0 && !ind.Kind.Sums() {
		return cell{Text: p.T("change.less", amountCell(p, ind, progress.Some(-o.Value)).Text)}
	}
	return amountCell(p, ind, o)
}

// monthsOf returns the chart of a figure's months; ok is false if there is nothing to draw.
func monthsOf(pc Context, f progress.Figure) (y chart.Year, ok bool) {
	if f.Indicator.Kind == kpi.Level || !f.Achievement.Ok() {
		return y, false
	}
	p, ind := pc.Printer, f.Indicator
	y.Unit = p.Measure(ind.Measure)
	plan := chart.Series{Style: chart.Dotted}
	sums := chart.Series{Style: chart.Solid, End: p.Amount(ind, f.Achievement.Value.Amount)}
	bars := chart.Series{}
	text := func(key string, o progress.Opt[kpi.Amount]) string {
		return p.T(key) + "  " + amountCell(p, ind, o).Text
	}
	for i, m := range f.Months {
		y.Names[i] = p.Month(m.Period.Month)
		plan.Points[i], sums.Points[i], bars.Points[i] = m.Expected, m.Cumulative, m.Achieved
		plan.Texts[i] = text(expectedHead(f), m.Expected)
		sums.Texts[i] = text("col.cumulative", m.Cumulative)
		bars.Texts[i] = p.T("col.in_month") + "  " + inMonthCell(p, ind, m.Achieved).Text
	}
	if adds(ind) {
		y.Bars = &bars
	}
	y.Series = []chart.Series{plan, sums}
	y.Target = targetLevel(p, f)
	if f.Range.Ok() && f.AsOf.Month < 12 {
		y.Cone = &chart.Cone{From: f.AsOf.Month - 1, Start: f.Achievement.Value.Amount, Low: f.Range.Value.Low,
			Middle: f.Forecast.Value, High: f.Range.Value.High,
			Text: p.T("chart.forecast", p.Bounded(f.Bound, p.Amount(ind, f.Forecast.Value)))}
	}
	return y, true
}

// targetLevel is the year's target across a chart.
func targetLevel(p lang.Printer, f progress.Figure) chart.Level {
	l := chart.Level{Value: f.TargetAmount()}
	if f.Target != nil {
		l.Text = p.T("chart.target_line", measured(p, f.Indicator, targetText(p, f.Indicator, *f.Target)))
	}
	return l
}

// newBeforeChart holds this year against the one before; nil without a number from then.
func newBeforeChart(pc Context, f progress.Figure) (*chartView, error) {
	y, ok := yearsOf(pc, f)
	if !ok {
		return nil, nil
	}
	p, ind := pc.Printer, f.Indicator
	now, before := p.T("page.year", int(f.AsOf.Year)), p.T("page.year", int(f.AsOf.Year)-1)
	view := chartView{
		ID: "years", Title: p.T("chart.years"), Height: chartHeight, Picture: pc.chartPath(f, "years"),
		Description: p.T("chart.years_text", p.Name(ind.Name, ind.NameEn), now, before),
		Head:        []string{p.T("col.month"), now, before},
		Key:         []chartKey{{chart.SolidKey, now}, {chart.FaintKey, before}},
	}
	if f.Target != nil {
		view.Key = append(view.Key, chartKey{chart.TargetKey, p.T("chart.target")})
	}
	for _, m := range f.Months {
		view.Rows = append(view.Rows, chartRow{p.Month(m.Period.Month),
			[]cell{amountCell(p, ind, m.Cumulative), amountCell(p, ind, m.Before)}})
	}
	return &view, view.draw(y)
}

func yearsOf(pc Context, f progress.Figure) (y chart.Year, ok bool) {
	if f.Indicator.Kind == kpi.Level {
		return y, false
	}
	p, ind := pc.Printer, f.Indicator
	now := chart.Series{Style: chart.Solid, End: fmt.Sprint(int(f.AsOf.Year))}
	before := chart.Series{Style: chart.Faint, End: fmt.Sprint(int(f.AsOf.Year) - 1)}
	for i, m := range f.Months {
		y.Names[i] = p.Month(m.Period.Month)
		now.Points[i], before.Points[i] = m.Cumulative, m.Before
		now.Texts[i] = now.End + "  " + amountCell(p, ind, m.Cumulative).Text
		before.Texts[i] = before.End + "  " + amountCell(p, ind, m.Before).Text
		ok = ok || m.Before.Ok()
	}
	y.Series, y.Unit, y.Target = []chart.Series{before, now}, p.Measure(ind.Measure), targetLevel(p, f)
	return y, ok
}

// chartPath returns the address of a figure's chart as a picture.
func (pc Context) chartPath(f progress.Figure, name string) string {
	at := pc.at(IndicatorPath(pc.Year.Year, f.Indicator.Code)+"/chart.svg", pc.Unit, pc.AsOf.Period)
	if name != "months" {
		at = WithQuery(at, "chart", name)
	}
	return at
}

// ChartPicture draws a figure's chart as a picture; ok is false if there is no chart of that name.
func ChartPicture(pc Context, f progress.Figure, name string, dark bool) (picture []byte, ok bool) {
	p := pc.Printer
	y, ok := monthsOf(pc, f)
	title := p.T("chart.months")
	if name == "years" {
		y, ok = yearsOf(pc, f)
		title = p.T("chart.years")
	}
	if !ok {
		return nil, false
	}
	foot := p.Name(pc.Unit.Name, pc.Unit.NameEn) + " · " + p.AsOf(f.AsOf)
	if pc.Year.Sample {
		foot += " · " + p.T("page.sample")
	}
	return y.SVG(chart.Picture{Lang: string(p.Tag()), Width: 760, Height: chartHeight, Dark: dark,
		Title: p.Name(f.Indicator.Name, f.Indicator.NameEn) + " · " + title, Foot: foot,
		Note: pc.revised(f)}), true
}

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
