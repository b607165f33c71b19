package page

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// targetsPage shows a unit's target for an indicator, its history, and the targets of the units below.
type targetsPage struct {
	Layout
	Crumbs    []layoutLink
	About     string
	Initial   *indicatorTarget // the first one (年初)
	Now       *indicatorTarget // the present one (调整后); nil if it is the first
	History   []indicatorTarget
	LastYear  string        // last year's achievement
	Plan      []targetMonth // the plan curve; empty if there is no pace
	PlanName  string
	Form      *targetForm
	SplitForm *splitForm // nil if the target cannot be split
	Split     *splitTable
}

// targetMonth is a month of the plan curve.
type targetMonth struct {
	Name, Share string
}

// targetForm sets or revises a target.
type targetForm struct {
	*Form
	Unit     string
	Curves   *Field // the plan: unchanged, linear, last year's, or by hand
	Months   []*Field
	OpenPlan bool
}

// NewTargets builds the page. What was typed belongs to the form of the split if it names a step, else
// to that of the target.
func NewTargets(pc Context, v app.TargetsView, typed url.Values, refusal *kpi.Error) targetsPage {
	p, ind, y := pc.Printer, v.Indicator, v.Year.Year
	name := p.Name(ind.Name, ind.NameEn)
	page := targetsPage{Layout: NewLayout(pc, p.T("target.title", name), partPlan, ""),
		About: p.Name(v.Unit.Name, v.Unit.NameEn) + " · " + p.T("page.year", int(y)) + " · " + planAbout(p, ind)}
	page.Crumbs = append(page.Crumbs, layoutLink{Href: PlanPath(y) + "#i-" + ind.Code, Text: p.T("nav.plan")})
	page.Crumbs = append(page.Crumbs, layoutLink{Href: planIndicatorPath(y, ind.Code), Text: name})
	for i, u := range v.Above {
		code := u.Code
		if i == 0 {
			code = ""
		}
		page.Crumbs = append(page.Crumbs, layoutLink{Href: TargetsPath(y, ind.Code, code), Text: p.Name(u.Name, u.NameEn)})
	}
	for i := len(v.History) - 1; i >= 0; i-- {
		page.History = append(page.History, newIndicatorTarget(pc, ind, v.History[i], i == len(v.History)-1))
	}
	if n := len(page.History); n > 0 {
		page.Initial = &page.History[n-1]
		if n > 1 {
			page.Now = &page.History[0]
		}
	}
	page.LastYear = p.T("target.no_last", int(y)-1)
	if v.LastYear.Ok() {
		page.LastYear = p.T("target.last", int(y)-1, measured(p, ind, p.Value(ind, kpi.Exactly(v.LastYear.Value))))
	}
	page.plan(p, v)
	target, split := sentForm{typed, refusal}, sentForm{}
	if typed.Get("step") != "" {
		target, split = split, target
	}
	if v.MayPlan || target.refusal != nil {
		page.Form = newTargetForm(pc, v, target)
	}
	if len(v.Rows) > 0 {
		page.Split = newSplitTable(p, v.SplitView, nil)
		if v.MayPlan && v.Target != nil {
			page.SplitForm = newSplitForm(pc, v, split)
		}
	}
	return page
}

// plan sets the months of the target's plan curve.
func (page *targetsPage) plan(p lang.Printer, v app.TargetsView) {
	if !v.Indicator.AddsUnits() || v.Target == nil || v.Target.Sign.Ceiling() {
		return
	}
	page.PlanName = p.T("target.plan_linear")
	if v.Target.Curve != nil {
		page.PlanName = p.T("target.plan_own")
	}
	for m, share := range v.Target.Plan(v.Indicator.Starts) {
		page.Plan = append(page.Plan, targetMonth{Name: p.Month(m + 1), Share: p.Share(share)})
	}
}

func newTargetForm(pc Context, v app.TargetsView, sent sentForm) *targetForm {
	p, ind := pc.Printer, v.Indicator
	t := kpi.Target{Sign: kpi.AtLeastSign}
	if ind.Direction == kpi.Down {
		t.Sign = kpi.AtMostSign
	}
	value, title := "", "target.set"
	if v.Target != nil {
		t, title = *v.Target, "target.revise"
		value = t.Amount.String()
	}
	f := &targetForm{Unit: v.Unit.Code, Form: pc.form("target", planIndicatorPath(v.Year.Year, ind.Code)+"/targets#target",
		p.T(title), p.T("target.submit")).keeping("t-", sent.typed)}
	if ind.Kind == kpi.Level {
		f.add(f.field("level", "target.level", string(t.Level)).choice(texts(kpi.Levels), named(p, "level.", kpi.Levels)))
	} else {
		signs := kpi.Signs[:len(kpi.Signs)-1]
		measure := p.Measure(ind.Measure)
		if measure == "" {
			measure = " "
		}
		f.add(f.field("sign", "target.sign", string(t.Sign)).choice(texts(signs), named(p, "target.sign.", signs)),
			f.field("value", "target.value", value).measured(measure))
	}
	weight := ""
	if t.Weight != 0 {
		weight = t.Weight.Amount().String()
	}
	f.add(f.field("weight", "target.weight", weight).measured(p.T("target.points")).optional())
	f.addDocument()
	if v.Target != nil {
		f.add(f.field("reason", "target.reason", "").area().wide())
	}
	if ind.AddsUnits() {
		f.curve(v, t)
	}
	f.refuse(sent.refusal)
	f.OpenPlan = f.Curves != nil && (f.Curves.Value == "hand" || f.Curves.Error != "")
	return f
}

// addDocument adds the fields of the document that sets a target.
func (f *Form) addDocument() {
	f.add(f.field("document", "target.document", "").optional(), f.field("issuer", "target.issuer", "").optional(),
		f.field("dated", "target.dated", "").day().optional())
}

// curve adds the choice of plans, and the months of one made by hand.
func (f *targetForm) curve(v app.TargetsView, t kpi.Target) {
	kinds := []string{"linear", "last", "hand"}
	kept := "linear"
	if t.Curve != nil {
		kept = "hand"
	}
	if v.LastCurve == nil {
		kinds = []string{"linear", "hand"}
	}
	f.Curves = f.field("curve", "target.curve", kept).radio(kinds, named(f.printer, "target.curve.", kinds))
	for m, share := range t.Plan(v.Indicator.Starts) {
		f.Months = append(f.Months, f.labelled(fmt.Sprintf("month%d", m+1), f.printer.Month(m+1),
			share.Amount().String()).number())
	}
}

// namedRevisions are how many revised targets are named beside the date; of more only the number is told, and each
// stands with its figure.
const namedRevisions = 3

// asOf says as of when figures are, and which of them are held against a target that was revised after that day: an
// earlier month is measured by today's target (docs/adr/0042), which then was another one.
func (pc Context) asOf(at kpi.AsOf, figures ...progress.Figure) string {
	text := pc.Printer.AsOf(at)
	if revised := pc.revised(figures...); revised != "" {
		return text + " · " + revised
	}
	return text
}

// revised is what asOf says of revised targets; "" for none.
func (pc Context) revised(figures ...progress.Figure) string {
	p := pc.Printer
	var said []string
	for i := range figures {
		f := &figures[i]
		revised := p.Revised(f.Indicator, f.Target, f.Revised)
		if revised != "" && len(figures) > 1 {
			revised = p.T("target.revised_of", p.Name(f.Indicator.Name, f.Indicator.NameEn), revised)
		}
		if revised != "" && !slices.Contains(said, revised) {
			said = append(said, revised)
		}
	}
	switch {
	case len(said) == 0:
		return ""
	case len(said) > namedRevisions:
		return countText(p, "target.later_many", len(said))
	}
	return p.T("target.later", strings.Join(said, p.T("summary.semicolon")))
}
