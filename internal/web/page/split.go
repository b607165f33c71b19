package page

import (
	"net/url"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// splitTable shows the units below with their targets.
type splitTable struct {
	Title, Measure string
	Rows           []splitRow
	Whole, Sum     string
	Difference     string // a sentence; "" if there is nothing to compare
	Off            bool
	LastName       string
}

type splitRow struct {
	Name, Href, LastYear, Current, Exact string
	Amount                               *Field // on the page that confirms
	Extra                                bool
}

// splitForm asks how to split a target over the units below.
type splitForm struct {
	*Form
	Unit  string
	Units []formOption
}

// newSplitTable shows the present targets or, if confirm is not nil, fields with the amounts to be
// confirmed.
func newSplitTable(p lang.Printer, v app.SplitView, confirm func(app.SplitRow) *Field) *splitTable {
	ind := v.Indicator
	t := &splitTable{Title: p.T("split.below", p.Name(v.Unit.Name, v.Unit.NameEn)), Measure: p.Measure(ind.Measure),
		LastName: p.T("split.last_year", int(v.Year.Year)-1)}
	for _, row := range v.Rows {
		out := splitRow{Name: p.Name(row.Unit.Name, row.Unit.NameEn), Href: TargetsPath(v.Year.Year, ind.Code, row.Unit.Code),
			Extra: row.Extra}
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
			t.Difference = p.T("split.under", parts, t.Sum, t.Whole, p.Amount(ind, d.Value), ind.Measure)
		case d.Value < 0:
			t.Difference = p.T("split.over", parts, t.Sum, t.Whole, p.Amount(ind, -d.Value), ind.Measure)
		}
	}
	return t
}

func newSplitForm(pc Context, v app.TargetsView, sent sentForm) *splitForm {
	p := pc.Printer
	methods := app.SplitMethods
	if !v.Adds {
		methods = []app.SplitMethod{app.SplitSame, app.SplitByHand, app.SplitPasted}
	}
	f := &splitForm{Unit: v.Unit.Code, Form: pc.form("split",
		planIndicatorPath(v.Year.Year, v.Indicator.Code)+"/split#split",
		p.T("split.title"), p.T("split.preview")).keeping("s-", sent.typed)}
	f.add(f.field("method", "split.method", string(methods[1])).radio(texts(methods),
		named(p, "split.method.", methods)).wide(),
		f.field("text", "split.text", "").area().wide().optional())
	for _, row := range v.Rows {
		f.Units = append(f.Units, formOption{Value: row.Unit.Code, Text: p.Name(row.Unit.Name, row.Unit.NameEn),
			Selected: sent.typed == nil || slices.Contains(sent.typed["only"], row.Unit.Code)})
	}
	f.refuse(sent.refusal)
	return f
}

// splitPage shows a split before it is set. Every amount can still be changed.
type splitPage struct {
	Layout
	Crumbs []layoutLink
	About  string
	Hint   string
	Left   string // what could not be distributed
	Table  *splitTable
	Form   *Form
	Unit   string
}

// SplitInput is the input of the page.
type SplitInput struct {
	Split   app.SplitView
	Method  app.SplitMethod
	Typed   url.Values // amounts that were sent
	Refusal *kpi.Error
}

func NewSplit(pc Context, in SplitInput) splitPage {
	p, v := pc.Printer, in.Split
	ind, y := v.Indicator, v.Year.Year
	back := TargetsPath(y, ind.Code, v.Unit.Code)
	page := splitPage{Layout: NewLayout(pc, p.T("split.confirm_title", p.Name(ind.Name, ind.NameEn)), partPlan, ""),
		Unit: v.Unit.Code, Crumbs: []layoutLink{{Href: PlanPath(y), Text: p.T("nav.plan")},
			{Href: back, Text: p.T("target.title", p.Name(ind.Name, ind.NameEn))}},
		About: p.Name(v.Unit.Name, v.Unit.NameEn) + " · " + p.T("page.year", int(y))}
	if in.Method != "" {
		page.Hint = p.T("split.explain." + string(in.Method))
	}
	if v.Left != 0 {
		page.Left = p.T("split.left", v.Left, ind.Measure)
	}
	f := pc.form("split", planIndicatorPath(y, ind.Code)+"/split", "", p.T("split.confirm")).keeping("s-", in.Typed)
	f.addDocument()
	f.add(f.field("reason", "split.reason", "").area().wide())
	page.Table = newSplitTable(p, v, func(row app.SplitRow) *Field {
		amount := ""
		if row.Amount.Ok() {
			amount = row.Amount.Value.String()
		}
		field := f.field("value."+row.Unit.Code, "split.amount_of", amount, p.Name(row.Unit.Name, row.Unit.NameEn)).number()
		field.ID = "v-" + row.Unit.Code
		return field
	})
	f.refuse(in.Refusal)
	page.Form = f
	return page
}
