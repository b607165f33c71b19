package page

import (
	"fmt"
	"net/url"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// targetsPage is a unit's target in one indicator, its history, and the targets of the units below.
type targetsPage struct {
	Layout
	Crumbs    []layoutLink
	About     string
	Initial   *indicatorTarget // as set at first (年初)
	Now       *indicatorTarget // as it holds (调整后); nil when it is the first
	History   []indicatorTarget
	LastYear  string        // what was achieved the year before
	Plan      []targetMonth // the plan curve; none where there is no pace
	PlanName  string
	Form      *targetForm
	SplitForm *splitForm // nil where nothing can be decomposed
	Split     *splitTable
}

// targetMonth is a month of the plan curve.
type targetMonth struct {
	Name, Share string
}

// targetForm sets or revises a target.
type targetForm struct {
	fieldForm
	Unit     string
	Curves   *inputField // which plan: as it is, linear, last year's, by hand
	Months   []*inputField
	OpenPlan bool
}

// splitTable is the units below with their targets.
type splitTable struct {
	Title, Measure string
	Rows           []splitRow
	Whole, Sum     string
	Difference     string // a sentence; "" when nothing is to be compared
	Off            bool
	LastName       string
}

type splitRow struct {
	Name, Href, LastYear, Current, Exact string
	Amount                               *inputField // on the page that confirms
	Extra                                bool
}

// splitForm asks how a target is to be decomposed.
type splitForm struct {
	fieldForm
	Unit  string
	Units []formOption
}

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
	if v.MayPlan || refusal != nil {
		page.Form = newTargetForm(pc, v, typed)
		page.Form.refuse(p, refusal)
	}
	if len(v.Rows) > 0 {
		page.Split = newSplitTable(p, v.SplitView, nil)
		if v.MayPlan && v.Target != nil {
			page.SplitForm = newSplitForm(pc, v)
		}
	}
	return page
}

// plan is the curve the target is held to, month by month.
func (page *targetsPage) plan(p lang.Printer, v app.TargetsView) {
	if !v.Indicator.AddsUnits() || v.Target == nil || v.Target.Sign.Ceiling() {
		return
	}
	page.PlanName = p.T("target.plan_linear")
	if v.Target.Curve != nil {
		page.PlanName = p.T("target.plan_own")
	}
	for m, share := range v.Target.Plan(v.Indicator.Starts) {
		page.Plan = append(page.Plan, targetMonth{Name: p.Month(m + 1), Share: p.Number(share.Amount(), 2) + "%"})
	}
}

func newTargetForm(pc Context, v app.TargetsView, typed url.Values) *targetForm {
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
	m := fieldMaker{p: p, prefix: "t-", typed: typed}
	if ind.Kind == kpi.Level {
		m.choose("select", "level", "target.level", string(t.Level), texts(kpi.Levels), named(p, "level.", kpi.Levels))
	} else {
		signs := kpi.Signs[:len(kpi.Signs)-1]
		m.choose("select", "sign", "target.sign", string(t.Sign), texts(signs), named(p, "target.sign.", signs))
		f := m.add("text", "value", "target.value", value)
		f.Mode, f.Measure = "decimal", p.Measure(ind.Measure)
		if f.Measure == "" {
			f.Measure = " "
		}
	}
	weight := ""
	if t.Weight != 0 {
		weight = t.Weight.Amount().String()
	}
	w := m.add("text", "weight", "target.weight", weight)
	w.Mode, w.Optional, w.Measure = "decimal", true, p.T("target.points")
	m.add("text", "document", "target.document", "").Optional = true
	m.add("text", "issuer", "target.issuer", "").Optional = true
	m.add("date", "dated", "target.dated", "").Optional = true
	if v.Target != nil {
		m.add("area", "reason", "target.reason", "").Wide = true
	}
	f := &targetForm{Unit: v.Unit.Code, fieldForm: fieldForm{ID: "target", Title: p.T(title), CSRF: pc.CSRF, Fields: m.fields,
		Action: planIndicatorPath(v.Year.Year, ind.Code) + "/targets#target", Submit: p.T("target.submit")}}
	if ind.AddsUnits() {
		f.curve(p, v, t, typed)
	}
	return f
}

// curve offers the plans there are.
func (f *targetForm) curve(p lang.Printer, v app.TargetsView, t kpi.Target, typed url.Values) {
	kinds := []string{"linear", "last", "hand"}
	kept := "linear"
	if t.Curve != nil {
		kept = "hand"
	}
	if v.LastCurve == nil {
		kinds = []string{"linear", "hand"}
	}
	c := fieldMaker{p: p, prefix: "t-", typed: typed}
	f.Curves = c.choose("radio", "curve", "target.curve", kept, kinds, named(p, "target.curve.", kinds))
	months := fieldMaker{p: p, prefix: "t-", typed: typed}
	for m, share := range t.Plan(v.Indicator.Starts) {
		field := months.add("text", fmt.Sprintf("month%d", m+1), "target.curve", share.Amount().String())
		field.Label, field.Hint, field.Mode = p.Month(m+1), "", "decimal"
	}
	f.Months = months.fields
	f.OpenPlan = f.Curves.Value == "hand"
}

// refuse also looks at the plan's fields.
func (f *targetForm) refuse(p lang.Printer, e *kpi.Error) {
	extra := f.Months
	if f.Curves != nil {
		extra = append([]*inputField{f.Curves}, extra...)
	}
	own := len(f.Fields)
	f.Fields = append(f.Fields, extra...)
	f.fieldForm.refuse(p, e)
	f.Fields = f.Fields[:own]
	f.OpenPlan = f.OpenPlan || f.Curves != nil && f.Curves.Error != ""
}

// newSplitTable shows what holds, or with typed amounts by field name what is to be confirmed.
func newSplitTable(p lang.Printer, v app.SplitView, confirm func(app.SplitRow) *inputField) *splitTable {
	ind := v.Indicator
	t := &splitTable{Title: p.T("split.below", p.Name(v.Unit.Name, v.Unit.NameEn)), Measure: p.Measure(ind.Measure),
		LastName: p.T("split.last_year", int(v.Year.Year)-1)}
	for _, row := range v.Rows {
		out := splitRow{Name: p.Name(row.Unit.Name, row.Unit.NameEn), Href: TargetsPath(v.Year.Year, ind.Code, row.Unit.Code), Extra: row.Extra}
		if row.LastYear.Ok() {
			out.LastYear = p.Amount(ind, row.LastYear.Value)
		}
		if row.Current != nil {
			out.Current = targetText(p, ind, *row.Current)
		}
		if row.Exact != 0 && row.Exact != row.Amount.Value {
			out.Exact = p.Number(row.Exact, max(2, ind.Decimals+1))
		}
		if confirm != nil {
			out.Amount = confirm(row)
		}
		t.Rows = append(t.Rows, out)
	}
	if v.Target != nil {
		t.Whole = targetText(p, ind, *v.Target)
	}
	if d := v.Difference(); d.Ok() {
		sum, parts := v.Sum()
		t.Sum, t.Off = p.Amount(ind, sum), d.Value != 0
		t.Difference = p.T("split.fits", parts, t.Sum)
		switch {
		case d.Value > 0:
			t.Difference = p.T("split.under", parts, t.Sum, t.Whole, p.Amount(ind, d.Value), t.Measure)
		case d.Value < 0:
			t.Difference = p.T("split.over", parts, t.Sum, t.Whole, p.Amount(ind, -d.Value), t.Measure)
		}
	}
	return t
}

func newSplitForm(pc Context, v app.TargetsView) *splitForm {
	p := pc.Printer
	methods := app.SplitMethods
	if !v.Adds {
		methods = []app.SplitMethod{app.SplitSame, app.SplitByHand, app.SplitPasted}
	}
	m := fieldMaker{p: p, prefix: "s-"}
	m.choose("radio", "method", "split.method", string(methods[1]), texts(methods), named(p, "split.method.", methods)).Wide = true
	column := m.add("area", "text", "split.text", "")
	column.Wide, column.Optional = true, true
	f := &splitForm{Unit: v.Unit.Code, fieldForm: fieldForm{ID: "split", CSRF: pc.CSRF, Title: p.T("split.title"), Fields: m.fields,
		Action: planIndicatorPath(v.Year.Year, v.Indicator.Code) + "/split#split", Submit: p.T("split.preview")}}
	for _, row := range v.Rows {
		f.Units = append(f.Units, formOption{Value: row.Unit.Code, Text: p.Name(row.Unit.Name, row.Unit.NameEn), Selected: true})
	}
	return f
}

// Keep puts back what was typed, with what is wrong with it.
func (f *splitForm) Keep(p lang.Printer, typed url.Values, refusal *kpi.Error) {
	for _, field := range f.Fields {
		field.Value = typed.Get(field.Name)
		for i := range field.Options {
			field.Options[i].Selected = field.Options[i].Value == field.Value
		}
	}
	for i := range f.Units {
		f.Units[i].Selected = slices.Contains(typed["only"], f.Units[i].Value)
	}
	f.refuse(p, refusal)
}

// splitPage shows a decomposition before it is set. Every amount can still be changed.
type splitPage struct {
	Layout
	Crumbs []layoutLink
	About  string
	Hint   string
	Left   string // what could not be given out
	Table  *splitTable
	Form   fieldForm
	Unit   string
}

// SplitInput is what the page is made from.
type SplitInput struct {
	Split   app.SplitView
	Method  app.SplitMethod
	Typed   url.Values // amounts that came back
	Refusal *kpi.Error
}

func NewSplit(pc Context, in SplitInput) splitPage {
	p, v := pc.Printer, in.Split
	ind, y := v.Indicator, v.Year.Year
	back := TargetsPath(y, ind.Code, v.Unit.Code)
	page := splitPage{Layout: NewLayout(pc, p.T("split.confirm_title", p.Name(ind.Name, ind.NameEn)), partPlan, ""), Unit: v.Unit.Code,
		Crumbs: []layoutLink{{Href: PlanPath(y), Text: p.T("nav.plan")}, {Href: back, Text: p.T("target.title", p.Name(ind.Name, ind.NameEn))}},
		About:  p.Name(v.Unit.Name, v.Unit.NameEn) + " · " + p.T("page.year", int(y))}
	if in.Method != "" {
		page.Hint = p.T("split.explain." + string(in.Method))
	}
	if v.Left != 0 {
		page.Left = p.T("split.left", p.Number(v.Left, kpi.AmountDecimals), p.Measure(ind.Measure))
	}
	var amounts []*inputField
	page.Table = newSplitTable(p, v, func(row app.SplitRow) *inputField {
		f := &inputField{formField: formField{ID: "v-" + row.Unit.Code, Name: "value." + row.Unit.Code,
			Label: p.T("split.amount_of", p.Name(row.Unit.Name, row.Unit.NameEn))}, Mode: "decimal"}
		if row.Amount.Ok() {
			f.Value = row.Amount.Value.String()
		}
		if in.Typed != nil {
			f.Value = in.Typed.Get(f.Name)
		}
		amounts = append(amounts, f)
		return f
	})
	m := fieldMaker{p: p, prefix: "s-", typed: in.Typed}
	m.add("text", "document", "target.document", "").Optional = true
	m.add("text", "issuer", "target.issuer", "").Optional = true
	m.add("date", "dated", "target.dated", "").Optional = true
	reason := m.add("area", "reason", "split.reason", "")
	reason.Wide = true
	page.Form = fieldForm{ID: "split", CSRF: pc.CSRF, Action: planIndicatorPath(y, ind.Code) + "/split", Submit: p.T("split.confirm")}
	own := m.fields
	page.Form.Fields = append(own[:len(own):len(own)], amounts...)
	page.Form.refuse(p, in.Refusal)
	page.Form.Fields = own
	return page
}
