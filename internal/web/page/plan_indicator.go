package page

import (
	"net/url"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// planIndicatorPage creates or edits an indicator.
type planIndicatorPage struct {
	Layout
	Plan    layoutLink
	Targets string // where its targets are set; "" for a new one
	Form    *Form
	Archive *planArchive
}

// planArchive takes an indicator out of use or back into use.
type planArchive struct{ Action, CSRF, Field, Title, Hint, Submit string }

// PlanIndicatorInput is the input of the page.
type PlanIndicatorInput struct {
	Year       kpi.Year
	Indicator  *kpi.Indicator // nil for a new one
	Indicators []kpi.Indicator
	Areas      []kpi.Area
	Logged     bool // it has updates: kind, measure and decimals cannot be changed
	Targeted   bool // it has targets: kind and measure cannot be changed
	Typed      url.Values
	Refusal    *kpi.Error
}

func NewPlanIndicator(pc Context, in PlanIndicatorInput) planIndicatorPage {
	p := pc.Printer
	ind := kpi.Indicator{Kind: kpi.Flow, Direction: kpi.Up, Starts: 1, Category: kpi.CatQuantity}
	page := planIndicatorPage{Plan: layoutLink{Href: PlanPath(in.Year), Text: p.T("nav.plan")}}
	f := pc.form("indicator", PlanPath(in.Year)+"/indicators", "", p.T("plan.create")).keeping("f-", in.Typed)
	title := p.T("plan.new_indicator")
	if in.Indicator != nil {
		ind = *in.Indicator
		title = p.Name(ind.Name, ind.NameEn)
		f.Action, f.Submit = planIndicatorPath(in.Year, ind.Code), p.T("plan.save")
		page.Targets = TargetsPath(in.Year, ind.Code, "")
		page.Archive = newPlanArchive(pc, in.Year, ind)
	}
	page.Layout = NewLayout(pc, title, partPlan, "")
	indicatorFields(f, in, ind)
	f.refuse(in.Refusal)
	page.Form = f
	return page
}

func newPlanArchive(pc Context, y kpi.Year, ind kpi.Indicator) *planArchive {
	what := "archive"
	if ind.ArchivedAt != 0 {
		what = "restore"
	}
	p := pc.Printer
	return &planArchive{Action: planIndicatorPath(y, ind.Code) + "/archive", CSRF: pc.CSRF, Field: what,
		Title: p.T("plan." + what + "_title"), Hint: p.T("plan." + what + "_hint"), Submit: p.T("plan." + what)}
}

func indicatorFields(f *Form, in PlanIndicatorInput, ind kpi.Indicator) {
	p := f.printer
	codeOf, nameOf := map[kpi.IndicatorID]string{}, map[kpi.IndicatorID]string{}
	addCodes := []string{""}
	addNames := []string{p.T("plan.none")}
	allCodes := []string{""}
	allNames := []string{p.T("plan.none")}
	for _, o := range in.Indicators {
		codeOf[o.ID], nameOf[o.ID] = o.Code, p.Name(o.Name, o.NameEn)
		if o.ID == ind.ID || o.ArchivedAt != 0 && o.ID != ind.Numerator && o.ID != ind.Denominator && o.ID != ind.PartOf {
			continue
		}
		name := p.Name(o.Name, o.NameEn) + " (" + p.Measure(o.Measure) + ")"
		if o.AddsUnits() {
			addCodes, addNames = append(addCodes, o.Code), append(addNames, name)
		}
		allCodes, allNames = append(allCodes, o.Code), append(allNames, name)
	}
	areaCodes, areaNames, area := []string{""}, []string{p.T("board.no_area")}, ""
	for _, a := range in.Areas {
		areaCodes, areaNames = append(areaCodes, a.Code), append(areaNames, p.Name(a.Name, a.NameEn))
		if a.ID == ind.Area {
			area = a.Code
		}
	}
	f.add(f.field("name", "plan.name", ind.Name).wide(), f.field("name_en", "plan.name_en", ind.NameEn).optional())
	if ind.ID == 0 {
		f.add(f.field("code", "plan.code", "").optional())
	}
	f.add(f.field("area", "plan.area", area).choice(areaCodes, areaNames))
	kind := f.field("kind", "indicator.kind", string(ind.Kind)).choice(texts(kpi.Kinds), named(p, "plan.kind.", kpi.Kinds))
	measure := f.field("measure", "indicator.measure", string(ind.Measure))
	decimals := f.field("decimals", "plan.decimals", strconv.Itoa(ind.Decimals)).choice(Numbers(0, 6), Numbers(0, 6))
	lock(p, in, kind, measure, decimals, ind)
	var summands []string
	for _, id := range ind.SumOf.IDs() {
		summands = append(summands, nameOf[id])
	}
	directions := []kpi.Direction{kpi.Up, kpi.Down}
	categories := append([]kpi.Category{""}, kpi.Categories...)
	categoryNames := append([]string{p.T("plan.none")}, named(p, "category.", kpi.Categories)...)
	var months []string
	for month := 1; month <= 12; month++ {
		months = append(months, p.Month(month))
	}
	f.add(kind, measure, decimals,
		f.field("units_rule", "plan.units_rule", string(ind.Units)).choice(texts(kpi.UnitsRules),
			named(p, "plan.units_rule.", kpi.UnitsRules)),
		f.field("sum_of", "plan.sum_of", strings.Join(summands, "\n")).area().optional(),
		f.field("direction", "plan.direction", string(ind.Direction)).choice(texts(directions),
			named(p, "plan.direction.", directions)),
		f.field("category", "indicator.category", string(ind.Category)).choice(texts(categories), categoryNames),
		f.field("starts", "plan.starts", strconv.Itoa(ind.Starts)).choice(Numbers(1, 12), months),
		f.field("numerator", "plan.numerator", codeOf[ind.Numerator]).choice(addCodes, addNames).optional(),
		f.field("denominator", "plan.denominator", codeOf[ind.Denominator]).choice(addCodes, addNames).optional(),
		f.field("factor", "plan.factor", strconv.FormatInt(ind.Factor, 10)).choice(factorChoices(p)),
		f.field("part_of", "plan.part_of", codeOf[ind.PartOf]).choice(allCodes, allNames).optional(),
		f.field("owner", "indicator.owner", ind.Owner).optional(),
		f.field("partners", "plan.partners", ind.Partners).optional(),
		f.field("source", "indicator.source", ind.Source).optional(),
		f.field("definition", "indicator.definition", ind.Definition).area().wide().optional(),
		f.field("note", "indicator.note", ind.Note).area().wide().optional())
}

// factorChoices returns the factors of a ratio and their names; the first leaves the factor to the
// measure.
func factorChoices(p lang.Printer) (values, names []string) {
	for _, f := range append([]int64{0}, kpi.Factors...) {
		value := strconv.FormatInt(f, 10)
		values, names = append(values, value), append(names, p.T("plan.factor."+value))
	}
	return values, names
}

// lock disables kind, measure and decimals and says why.
func lock(p lang.Printer, in PlanIndicatorInput, kind, measure, decimals *Field, ind kpi.Indicator) {
	why := p.T("locked_by_targets")
	if in.Logged {
		why = p.T("locked_by_updates")
		decimals.locked(why)
	}
	if in.Logged || in.Targeted {
		if fixable := ind.Kind == kpi.Flow && ind.Measure.IsRate(); !fixable { // see Indicator.CheckLocked
			kind.locked(why)
		}
		measure.locked(why)
	}
}

func Numbers(from, to int) []string {
	var out []string
	for n := from; n <= to; n++ {
		out = append(out, strconv.Itoa(n))
	}
	return out
}
