package page

import (
	"net/url"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// planPage shows a year's indicators and targets to those who set them.
type planPage struct {
	Layout
	Hint     string
	Actions  []layoutLink
	Findings []string
	Areas    []planArea
	Area     *Form // for a new area
	Others   []planOther
	Archived []planOther
	Order    string // where the order is changed
	Open     bool   // whether the year accepts changes
}

// planArea is an area with its indicators. Rename is nil for the indicators without an area.
type planArea struct {
	ID, Code, Name, Count string
	Rename                *Form
	Rows                  []planRow
	First, Last           bool
}

type planRow struct {
	ID, Code, Name, Href, Targets string
	About                         string // kind, measure, owner
	Initial, Target, Weight       string // initial target (年初), present target, points
	Revised                       bool
	Split                         string // how the targets of the units below add up
	Off                           bool   // they do not add up to the target
	First, Last                   bool
}

// planOther is an indicator outside the year, with a button for what can be done with it; without one,
// Action is "".
type planOther struct{ Name, Href, About, Action, CSRF, Field, Submit string }

func NewPlan(pc Context, v app.PlanView, typed url.Values, refusal *kpi.Error) planPage {
	p, y := pc.Printer, v.Year.Year
	page := planPage{
		Layout: NewLayout(pc, p.T("plan.title", p.T("page.year", int(y))), partPlan, PlanPath(y)),
		Hint:   p.T("plan.weights", p.Number(v.Weights.Total.Amount(), 2)),
		Order:  PlanPath(y) + "/order", Open: v.Year.CheckOpen() == nil,
	}
	if page.Open {
		page.Actions = append(page.Actions, layoutLink{Href: PlanPath(y) + "/new", Text: p.T("plan.new_indicator")},
			layoutLink{Href: ProposalPath(y), Text: p.T("plan.from_table")})
	}
	page.Actions = append(page.Actions, layoutLink{Href: PlanPath(y) + "/forward", Text: p.T("plan.forward")})
	if pc.Actor.MayAdminister() == nil {
		page.Actions = append(page.Actions, layoutLink{Href: "/settings", Text: p.T("settings.title")})
	}
	for _, f := range v.Findings {
		page.Findings = append(page.Findings, p.Text(f))
	}
	for i, a := range v.Areas {
		page.Areas = append(page.Areas, newPlanArea(pc, v, a, i == 0, i == len(v.AllAreas)-1))
	}
	for _, ind := range v.Others {
		other := newPlanOther(pc, y, ind)
		if page.Open {
			other.Action = planIndicatorPath(y, ind.Code) + "/year"
			other.Field = "add"
			other.Submit = p.T("plan.add_to_year", int(y))
		}
		page.Others = append(page.Others, other)
	}
	for _, ind := range v.Archived {
		other := newPlanOther(pc, y, ind)
		if page.Open {
			other.Action, other.Field = planIndicatorPath(y, ind.Code)+"/archive", "restore"
			other.Submit = p.T("plan.restore")
		}
		page.Archived = append(page.Archived, other)
	}
	page.Area = areaForm(pc, y, kpi.Area{}, typed)
	page.Area.refuse(refusal)
	return page
}

func newPlanOther(pc Context, y kpi.Year, ind kpi.Indicator) planOther {
	return planOther{Name: pc.Printer.Name(ind.Name, ind.NameEn), Href: planIndicatorPath(y, ind.Code),
		About: planAbout(pc.Printer, ind), CSRF: pc.CSRF}
}

func newPlanArea(pc Context, v app.PlanView, a app.PlanArea, first, last bool) planArea {
	p := pc.Printer
	out := planArea{ID: "area-none", Name: p.T("board.no_area"), First: first, Last: last,
		Count: countText(p, "board.items", len(a.Rows))}
	if a.Area.ID != 0 {
		out.ID, out.Code, out.Name = "area-"+a.Area.Code, a.Area.Code, p.Name(a.Area.Name, a.Area.NameEn)
		out.Rename = areaForm(pc, v.Year.Year, a.Area, nil)
	}
	for i, row := range a.Rows {
		out.Rows = append(out.Rows, newPlanRow(pc, v, row, i == 0, i == len(a.Rows)-1))
	}
	return out
}

func newPlanRow(pc Context, v app.PlanView, row app.PlanRow, first, last bool) planRow {
	p, ind := pc.Printer, row.Indicator
	out := planRow{ID: "i-" + ind.Code, Code: ind.Code, Name: p.Name(ind.Name, ind.NameEn),
		Href: planIndicatorPath(v.Year.Year, ind.Code), Targets: TargetsPath(v.Year.Year, ind.Code, ""),
		About: planAbout(p, ind), First: first, Last: last, Revised: row.Revised}
	if row.Target == nil {
		return out
	}
	out.Initial = measured(p, ind, targetText(p, ind, *row.First))
	out.Target = measured(p, ind, targetText(p, ind, *row.Target))
	if row.Target.Weight != 0 {
		out.Weight = p.Number(row.Target.Weight.Amount(), 2)
	}
	if d := row.Difference(); d.Ok() {
		out.Off = d.Value != 0
		out.Split = p.T("plan.split_fits", row.Parts)
		if out.Off {
			out.Split = p.T("plan.split_off", row.Parts, p.Amount(ind, row.Sum), p.Amount(ind, d.Value))
		}
	} else if row.Parts > 0 {
		out.Split = p.T("plan.split_set", row.Parts)
	}
	return out
}

// planAbout returns the kind, the measure and the owner in one line.
func planAbout(p lang.Printer, ind kpi.Indicator) string {
	text := p.T("kind." + string(ind.Kind))
	if ind.Measure != "" {
		text += " · " + p.Measure(ind.Measure)
	}
	if who := answersFor(p, ind); who != "" {
		text += " · " + who
	}
	return text
}

// areaForm renames an area, or adds one if it has no code.
func areaForm(pc Context, y kpi.Year, a kpi.Area, typed url.Values) *Form {
	p := pc.Printer
	prefix := "area-" + a.Code + "-"
	f := pc.form(prefix+"form", PlanPath(y)+"/areas", "", p.T("plan.area_add")).keeping(prefix, typed)
	f.add(f.field("name", "plan.area_name", a.Name), f.field("name_en", "plan.name_en", a.NameEn).optional())
	if a.Code != "" {
		f.Action, f.Submit = PlanPath(y)+"/areas/"+url.PathEscape(a.Code), p.T("plan.save")
	}
	return f
}

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
		if mendable := ind.Kind == kpi.Flow && ind.Measure.IsRate(); !mendable { // see Indicator.CheckLocked
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

func PlanPath(y kpi.Year) string { return yearPath(y, partPlan) }

func planIndicatorPath(y kpi.Year, code string) string {
	return PlanPath(y) + "/indicators/" + url.PathEscape(code)
}

// TargetsPath returns the address of a unit's targets for an indicator; without a unit, of the root's.
func TargetsPath(y kpi.Year, code, unit string) string {
	path := planIndicatorPath(y, code) + "/targets"
	if unit != "" {
		path += "?unit=" + url.QueryEscape(unit)
	}
	return path
}

func UnitPath(code string) string { return "/units/" + url.PathEscape(code) }

// proposalChoose is where a table of indicators is pasted or chosen. Field names: text, file.
type proposalChoose struct {
	Layout
	mistakes
	Crumbs  []layoutLink
	Hint    string
	Action  string
	Text    *Field
	File    *Field
	Columns []string // what is known by its heading
	Others  []layoutLink
}

func NewProposalChoose(pc Context, text string, refusal *kpi.Error) proposalChoose {
	p, y := pc.Printer, pc.Year.Year
	page := proposalChoose{Layout: NewLayout(pc, p.T("proposal.title"), partPlan, ""), Hint: p.T("proposal.hint"),
		Crumbs: pc.planCrumbs(), Action: ProposalPath(y),
		Text: &Field{ID: "f-text", Name: "text", Label: p.T("proposal.paste"), Hint: p.T("proposal.paste_hint"), Value: text,
			Kind: "area", Rows: 10},
		File: &Field{ID: "f-file", Name: "file", Label: p.T("proposal.file"), Hint: p.T("proposal.file_hint",
			intake.MaxIndicators)},
		Others: []layoutLink{{Href: ProposalPath(y) + "?rows=10", Text: p.T("proposal.other_blank")},
			{Href: documentPath(y), Text: p.T("proposal.other_document")}}}
	for _, column := range []string{"name", "area", "measure", "value", "weight", "owner", "more"} {
		page.Columns = append(page.Columns, p.T("proposal.column."+column))
	}
	page.tell(p, refusal, "f-text", page.Text, page.File)
	return page
}

// planCrumbs lead back to the year's plan.
func (pc Context) planCrumbs() []layoutLink {
	return []layoutLink{{Href: PlanPath(pc.Year.Year), Text: pc.Printer.T("nav.plan")}}
}

// ProposalPath is where a year's indicators are taken from a table.
func ProposalPath(y kpi.Year) string { return PlanPath(y) + "/table" }
