package web

import (
	"dabiao/internal/app"
	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// indicatorPage is one indicator at one unit: where it stands, the form to log it, its year, the
// units below and the log it rests on.
type indicatorPage struct {
	layout
	Name        string
	Area        string
	UnitName    string
	AsOf        string
	Crumbs      []layoutLink
	Figure      figureView
	Facts       []pageFact
	Related     []indicatorRelated
	Targets     []indicatorTarget
	Explanation *indicatorExplanation // nil: nothing to say
	Chart       *chartView
	Children    []figureView
	Log         []logRow
	LogMore     bool
	Form        *updateForm  // nil for those who may not log, and for ratios
	Plan        layoutLink   // where the targets are set; "" for those who may not
	Instead     []layoutLink // for ratios, where one may log: the two indicators to log instead
}

// pageFact is a word and what it is here.
type pageFact struct{ Name, Text string }

// indicatorRelated links to other indicators: whole, parts, numerator and denominator.
type indicatorRelated struct {
	Name  string
	Links []layoutLink
}

// indicatorTarget is one entry of the target history.
type indicatorTarget struct {
	Target, Weight, Document, Dated, Reason, SetBy string
	Holds                                          bool
}

// newIndicatorPage builds the page. form is nil when there is nothing to log here.
func newIndicatorPage(pc pageContext, v app.IndicatorView, form *updateForm) (indicatorPage, error) {
	p, ind := pc.Printer, v.Figure.Indicator
	page := indicatorPage{
		Name: p.Name(ind.Name, ind.NameEn), Area: areaName(pc, v.Area), UnitName: p.Name(v.Unit.Name, v.Unit.NameEn),
		AsOf:   p.AsOf(v.Figure.AsOf),
		Figure: pc.indicatorFigure(v.Figure), Facts: indicatorFacts(p, ind), Related: indicatorRelations(pc, v),
		LogMore: v.LogMore, Form: form,
	}
	page.Crumbs = []layoutLink{pc.boardCrumb(), {Href: pc.areaHref(v.Area), Text: page.Area}}
	page.layout = newLayout(pc, page.Name, partBoard, indicatorPath(v.Year.Year, ind.Code))
	if page.Figure.Bullet != nil {
		page.Figure.Bullet.Tall = true
	}
	if v.MayPlan {
		page.Plan = layoutLink{Href: targetsPath(v.Year.Year, ind.Code, unitCode(pc, v.Unit)), Text: pc.Printer.T("plan.to_targets")}
	}
	if ind.ArchivedAt != 0 {
		page.layout.Warning = p.T("indicator_archived", ind.Names())
	}
	for i := len(v.Targets) - 1; i >= 0; i-- {
		page.Targets = append(page.Targets, newIndicatorTarget(p, ind, v.Targets[i], i == len(v.Targets)-1))
	}
	page.Children = pc.childFigures(v)
	if v.MayLog && ind.Kind == kpi.Ratio {
		for _, i := range v.Inputs {
			link := pc.indicatorLink(i)
			page.Instead = append(page.Instead, layoutLink{Href: link.Href + "#log", Text: link.Text})
		}
	}
	page.Log = newLogRows(pc, v.Log, v.MayLog)
	var err error
	page.Chart, err = newMonthsChart(pc, v.Figure)
	page.Charts = page.Chart != nil
	if form != nil {
		page.Scripts = []string{"entry.js"}
	}
	return page, err
}

// childFigures are the units below, none when the indicator is kept at this unit alone: a table of
// dashes says nothing.
func (pc pageContext) childFigures(v app.IndicatorView) []figureView {
	var out []figureView
	kept := false
	for _, c := range v.Children {
		kept = kept || c.Figure.Target != nil || c.Figure.Achievement.Ok()
		href := pc.at(indicatorPath(v.Year.Year, v.Figure.Indicator.Code), c.Unit, v.Figure.AsOf.Period)
		out = append(out, newFigureView(pc.Printer, c.Figure, pc.Printer.Name(c.Unit.Name, c.Unit.NameEn), href))
	}
	if !kept {
		return nil
	}
	return out
}

func indicatorFacts(p lang.Printer, ind kpi.Indicator) []pageFact {
	var out []pageFact
	add := func(key, text string) {
		if text != "" {
			out = append(out, pageFact{p.T(key), text})
		}
	}
	add("indicator.definition", ind.Definition)
	add("indicator.source", ind.Source)
	add("indicator.owner", ind.Owner)
	add("indicator.kind", p.T("kind."+string(ind.Kind)))
	add("indicator.measure", p.Measure(ind.Measure))
	if ind.Category != "" {
		add("indicator.category", p.T("category."+string(ind.Category)))
	}
	if ind.Starts > 1 {
		add("indicator.starts", p.Month(ind.Starts))
	}
	add("indicator.note", ind.Note)
	add("indicator.code", ind.Code)
	return out
}

func indicatorRelations(pc pageContext, v app.IndicatorView) []indicatorRelated {
	var out []indicatorRelated
	add := func(key string, list ...kpi.Indicator) {
		r := indicatorRelated{Name: pc.Printer.T(key)}
		for _, i := range list {
			r.Links = append(r.Links, pc.indicatorLink(i))
		}
		if len(list) > 0 {
			out = append(out, r)
		}
	}
	add("indicator.inputs", v.Inputs...)
	if v.PartOf != nil {
		add("indicator.part_of", *v.PartOf)
	}
	add("indicator.parts", v.Parts...)
	return out
}

func (pc pageContext) indicatorLink(i kpi.Indicator) layoutLink {
	href := pc.at(indicatorPath(pc.Year.Year, i.Code), pc.Unit, pc.AsOf.Period)
	return layoutLink{Href: href, Text: pc.Printer.Name(i.Name, i.NameEn)}
}

func newIndicatorTarget(p lang.Printer, ind kpi.Indicator, t kpi.Target, holds bool) indicatorTarget {
	out := indicatorTarget{
		Target: measured(p, ind, targetText(p, ind, t)), Document: t.Document, Reason: t.Reason, SetBy: t.SetBy, Holds: holds,
	}
	if t.Issuer != "" {
		out.Document = t.Issuer + " " + t.Document
	}
	if t.Weight != 0 {
		out.Weight = p.Number(t.Weight.Amount(), 2)
	}
	if t.Dated != "" {
		out.Dated = p.Date(t.Dated)
	}
	return out
}

// newMonthsChart is nil while no month has a number, and for judgements, which have no curve.
func newMonthsChart(pc pageContext, f progress.Figure) (*chartView, error) {
	if f.Indicator.Kind == kpi.Level || !f.Achievement.Ok() {
		return nil, nil
	}
	p, ind := pc.Printer, f.Indicator
	view := chartView{
		ID: "months", Title: p.T("chart.months"), Height: 300,
		Description: p.T("chart.months_text", p.Name(ind.Name, ind.NameEn), p.AsOf(f.AsOf)),
		Head:        []string{p.T("col.month"), p.T("col.in_month"), p.T("col.cumulative"), p.T("col.expected")},
	}
	// A running total's first reading carries the years before; as a bar it would dwarf the rest.
	bars := ind.Kind != kpi.Running && ind.Kind != kpi.Standard
	if bars {
		view.Key = append(view.Key, chartKey{"bars", p.T("col.in_month")})
	}
	view.Key = append(view.Key, chartKey{"line", p.T("col.cumulative")})
	data := chart.Months{Target: f.TargetAmount(), Cumulative: p.Amount(ind, f.Achievement.Value.Amount)}
	if f.Target != nil {
		data.TargetText = p.T("chart.target_line", measured(p, ind, targetText(p, ind, *f.Target)))
		view.Key = append(view.Key, chartKey{"dotted", p.T("col.expected")}, chartKey{"dashed", p.T("chart.target")})
	}
	for i, m := range f.Months {
		row := chartRow{Name: p.Month(m.Period.Month), Cells: []cell{
			amountCell(p, ind, m.Achieved), amountCell(p, ind, m.Cumulative), amountCell(p, ind, m.Expected),
		}}
		view.Rows = append(view.Rows, row)
		data.Months[i] = chart.MonthPoint{
			Name: row.Name, Achieved: m.Achieved, Cumulative: m.Cumulative, Expected: m.Expected,
			AchievedText:   view.Head[1] + "  " + row.Cells[0].Text,
			CumulativeText: view.Head[2] + "  " + row.Cells[1].Text,
			ExpectedText:   view.Head[3] + "  " + row.Cells[2].Text,
		}
		if !bars {
			data.Months[i].Achieved = progress.None[kpi.Amount](progress.ReasonNoValue)
		}
	}
	var err error
	view.Option, err = data.Option()
	return &view, err
}

// LogTable is the log as a table.
func (page indicatorPage) LogTable() logTable { return logTable{Rows: page.Log} }

// unitCode is the unit's code, "" for the one a page would choose by itself.
func unitCode(pc pageContext, u kpi.Unit) string {
	if len(pc.Units) > 0 && u.ID == pc.Units[0].ID {
		return ""
	}
	return u.Code
}
