package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/input"
	"net/url"
)

// IndicatorForms is the input of the forms on an indicator's page. After a refusal one of them is shown
// again as it was typed.
type IndicatorForms struct {
	Key            string // the idempotency key of both
	Typed          *input.UpdateTyped
	Refusal        *kpi.Error
	Explained      url.Values
	ExplainedWrong *kpi.Error
}

// indicatorPage shows an indicator at a unit: its figure, the form to log it, its year, the units below
// and the log.
type indicatorPage struct {
	Layout
	Name        string
	Area        string
	UnitName    string
	AsOf        string
	Crumbs      []layoutLink
	Figure      figureCard
	Facts       []pageFact
	Related     []indicatorRelated
	Targets     []indicatorTarget
	Explanation *indicatorExplanation // nil if there is nothing to show
	Chart       *chartView
	Before      *chartView // last year; nil without data
	Span        *chartView // all years; nil for fewer than three
	Parts       *partsView // 其中; nil without parts
	Children    []figureView
	Pareto      *paretoView // what the units lack or contributed; nil for fewer than two
	Activity    *heatView   // which unit logged in which month
	Log         []logRow
	LogMore     bool
	Questions   []questionView
	Ask         string       // where to ask about the figure; "" for those who may not
	Form        *UpdateForm  // nil for those who may not log, and for ratios
	Plan        layoutLink   // where the targets are set; "" for those who may not set them
	Instead     []layoutLink // for ratios, for those who may log: the two indicators to log instead
}

// pageFact is a name with its value.
type pageFact struct{ Name, Text string }

// indicatorRelated links to other indicators: whole, parts, numerator and denominator.
type indicatorRelated struct {
	Name  string
	Links []layoutLink
}

// indicatorTarget is an entry of the target history.
type indicatorTarget struct {
	Target, Weight, Document, Dated, Reason, SetBy string
	Holds                                          bool
}

// NewIndicator builds the page. form is nil if nothing can be logged here.
func NewIndicator(pc Context, v app.IndicatorView, form *UpdateForm) (indicatorPage, error) {
	p, ind := pc.Printer, v.Figure.Indicator
	page := indicatorPage{
		Name: p.Name(ind.Name, ind.NameEn), Area: areaName(pc, v.Area), UnitName: p.Name(v.Unit.Name, v.Unit.NameEn),
		AsOf:   pc.asOf(v.Figure.AsOf, v.Figure),
		Figure: newFigureCard(p, v.Figure, pc.indicatorFigure(v.Figure)), Facts: indicatorFacts(p, ind),
		Related: indicatorRelations(pc, v), LogMore: v.LogMore, Form: form,
	}
	page.Crumbs = []layoutLink{pc.boardCrumb(), {Href: pc.areaHref(v.Area), Text: page.Area}}
	page.Layout = NewLayout(pc, page.Name, partBoard, IndicatorPath(v.Year.Year, ind.Code))
	if v.MayPlan {
		page.Plan = layoutLink{Href: TargetsPath(v.Year.Year, ind.Code, unitCode(pc, v.Unit)),
			Text: pc.Printer.T("plan.to_targets")}
	}
	if ind.ArchivedAt != 0 {
		page.Layout.Warnings = append(page.Layout.Warnings, p.T("indicator_archived", ind.Names()))
	}
	for i := len(v.Targets) - 1; i >= 0; i-- {
		page.Targets = append(page.Targets, newIndicatorTarget(pc, ind, v.Targets[i], i == len(v.Targets)-1))
	}
	page.Children = pc.childFigures(v)
	v.MayLog = v.MayLog && pc.Fills()
	if v.MayLog && ind.Computed() {
		for _, i := range v.Inputs {
			link := pc.indicatorLink(i)
			page.Instead = append(page.Instead, layoutLink{Href: link.Href + "#log", Text: link.Text})
		}
	}
	page.Log = newLogRows(pc, v.Log, v.MayLog)
	page.Parts, page.Pareto, page.Activity = newParts(pc, v), newPareto(pc, v), newActivity(pc, v)
	var err error
	if page.Chart, err = newMonthsChart(pc, v.Figure); err == nil {
		page.Before, err = newBeforeChart(pc, v.Figure)
	}
	if err == nil {
		page.Span, err = newSpanChart(pc, v)
	}
	page.Charts = page.Chart != nil
	if form != nil {
		page.Scripts = []string{"entry.js"}
	}
	return page, err
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
	add("plan.partners", ind.Partners)
	add("indicator.kind", p.Kind(ind))
	add("indicator.measure", p.Measure(ind.Measure))
	if ind.Units != kpi.AddUnits {
		add("plan.units_rule", p.T("plan.units_rule."+string(ind.Units)))
	}
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

func indicatorRelations(pc Context, v app.IndicatorView) []indicatorRelated {
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
	inputs := "indicator.inputs"
	if v.Figure.Indicator.SumOf != "" {
		inputs = "indicator.summands"
	}
	add(inputs, v.Inputs...)
	add("indicator.absent", v.Absent...)
	if v.PartOf != nil {
		add("indicator.part_of", *v.PartOf)
	}
	if v.Figure.Indicator.SumOf == "" {
		add("indicator.parts", v.Parts...)
	}
	return out
}

func (pc Context) indicatorLink(i kpi.Indicator) layoutLink {
	href := pc.at(IndicatorPath(pc.Year.Year, i.Code), pc.Unit, pc.AsOf.Period)
	return layoutLink{Href: href, Text: pc.Printer.Name(i.Name, i.NameEn)}
}

func newIndicatorTarget(pc Context, ind kpi.Indicator, t kpi.Target, holds bool) indicatorTarget {
	p := pc.Printer
	out := indicatorTarget{
		Target: measured(p, ind, targetText(p, ind, t)), Document: t.Document, Reason: t.Reason,
		SetBy: pc.person(t.SetBy), Holds: holds,
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

// LogTable returns the page's log for the template.
func (page indicatorPage) LogTable() logTable { return logTable{Rows: page.Log} }

// unitCode returns the unit's code, or "" for the unit that the page shows by default.
func unitCode(pc Context, u kpi.Unit) string {
	if len(pc.Units) > 0 && u.ID == pc.Units[0].ID {
		return ""
	}
	return u.Code
}

// explanationView says why a figure lags and what is being done about it.
type explanationView struct {
	Reason, Next string
	Planned      string // "" if no day was set
	Meta         string // for which month, by whom and when
}

func newExplanationView(pc Context, e kpi.Explanation) explanationView {
	p := pc.Printer
	out := explanationView{Reason: e.Reason, Next: e.Next,
		Meta: p.T("explanation.meta", p.Month(e.Month.Month), e.Author, p.Time(e.SetAt, pc.zone()))}
	if e.Planned != "" {
		out.Planned = p.T("explanation.planned_by", p.Day(e.Planned))
	}
	return out
}

// indicatorExplanation is the part of an indicator's page for the reason and next step.
type indicatorExplanation struct {
	Latest *explanationView
	Wanted string // a sentence if the rules require an explanation and there is none
	Old    []explanationView
	Form   *Form  // nil for those who may not explain
	Open   bool   // whether the form is shown open, because it is needed now
	Ask    string // text of the link that opens the form
}

// NewIndicatorExplanation returns nil if there is nothing to show: the figure is not late, has no
// explanation, and the form would be in the way.
func NewIndicatorExplanation(pc Context, v app.IndicatorView, in IndicatorForms) *indicatorExplanation {
	p := pc.Printer
	var out indicatorExplanation
	for _, e := range v.Said {
		view := newExplanationView(pc, e)
		if out.Latest == nil && e.Month.Month <= v.Figure.AsOf.Month {
			out.Latest = &view
			continue
		}
		out.Old = append(out.Old, view)
	}
	late := v.Figure.Light.Late()
	if !late && len(v.Said) == 0 && in.ExplainedWrong == nil {
		return nil
	}
	if v.Rules.MustExplain(v.Figure.Light) && out.Latest == nil {
		out.Wanted = p.T("explanation.wanted", p.T("light."+string(v.Figure.Light)))
	}
	if !v.MayLog && in.ExplainedWrong == nil {
		return &out
	}
	out.Ask, out.Open = p.T("explanation.change"), in.ExplainedWrong != nil
	if out.Latest == nil {
		out.Ask, out.Open = p.T("explanation.ask"), true
	}
	out.Form = newExplanationForm(pc, v, in)
	return &out
}

func newExplanationForm(pc Context, v app.IndicatorView, in IndicatorForms) *Form {
	p := pc.Printer
	at := pc.at(IndicatorPath(v.Year.Year, v.Figure.Indicator.Code), v.Unit, v.Figure.AsOf.Period)
	f := pc.form("explaining", explanationPath(at), p.T("explanation.form", p.Month(v.Figure.AsOf.Month)),
		p.T("explanation.submit")).
		wide().keeping("f-", in.Explained)
	f.hide("key", in.Key)
	f.hide("unit", v.Unit.Code)
	f.hide("month", v.Figure.AsOf.Period.String())
	f.add(f.field("reason", "explanation.reason", "").note(), f.field("next", "explanation.next", "").note(),
		f.field("planned", "explanation.planned", "").day().optional())
	f.refuse(in.ExplainedWrong)
	return f
}
