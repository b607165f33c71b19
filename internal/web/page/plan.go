package page

import (
	"net/url"

	"dabiao/internal/app"
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
	text := p.Kind(ind)
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

// planCrumbs lead back to the year's plan.
func (pc Context) planCrumbs() []layoutLink {
	return []layoutLink{{Href: PlanPath(pc.Year.Year), Text: pc.Printer.T("nav.plan")}}
}
