package page

import (
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
)

// projectForm adds or changes a project: its words and money, and beside every indicator of the
// year whether it belongs to the project and with which weight.
type projectForm struct {
	plainForm
	Key   string
	Areas []projectArea
}

// projectArea is an area with its indicators.
type projectArea struct {
	Name string
	Rows []projectChoice
}

// projectChoice is an indicator. Was is the weight it had. Points and a reason are asked of those
// that belong to the project already.
type projectChoice struct {
	Code, Name, Target, Was string
	In                      bool
	Fields                  []projectField
}

// projectField is a field beside an indicator; Label names the indicator, Short does not.
type projectField struct {
	plainField
	Short string
}

// newProjectForm is the form of a project; nil for one that is to be added.
func newProjectForm(pc Context, v app.ProjectsView, edited *progress.ProjectScore, in ProjectInput) *projectForm {
	p, t := pc.Printer, in.Typed
	f := &projectForm{Key: in.Key, plainForm: plainForm{ID: "project-form", Title: p.T("project.new"), CSRF: pc.CSRF,
		Action: ProjectPath(pc.Year.Year), Submit: p.T("project.submit")}}
	project := kpi.Project{Fund: kpi.GeneralBudget}
	if edited != nil {
		project = edited.Project
		f.Title = p.T("project.change", p.Name(project.Name, project.NameEn))
		f.Hidden = []formOption{{Value: "project", Text: project.Code}, {Value: "seen", Text: strconv.FormatInt(int64(project.SetAt), 10)}}
	}
	name := []plainField{t.field("name", p.T("report.project.name"), project.Name).words(), t.field("name_en", p.T("project.name_en"), project.NameEn).words().optional()}
	if edited == nil {
		name = append(name, t.field("code", p.T("project.code"), "").words().hinted(p.T("project.code_hint")))
	}
	var funds []formOption
	for _, fund := range kpi.Funds {
		funds = append(funds, formOption{Value: string(fund), Text: p.T("fund." + string(fund))})
	}
	f.group("", "", append(name, t.field("supervisor", p.T("report.project.supervisor"), project.Supervisor).words().optional(),
		t.field("implementer", p.T("report.project.implementer"), project.Implementer).words().optional(),
		t.field("fund", p.T("project.fund"), string(project.Fund)).choice(funds...))...)
	for _, s := range kpi.ProjectSources {
		f.group(p.T("report.project.source."+string(s)), "", projectMoneyFields(pc, t, project, s)...)
	}
	f.group(p.T("report.form.goal"), "", t.field("expected", p.T("report.form.goal.expected"), project.Expected).long().optional(),
		t.field("achieved", p.T("report.form.goal.achieved"), project.Achieved).long().optional())
	f.choices(pc, v.Board, project, t)
	f.refuseProject(pc, in.Refusal)
	return f
}

func projectMoneyFields(pc Context, t typed, project kpi.Project, s kpi.ProjectSource) []plainField {
	p := pc.Printer
	money, stated := project.Of(s)
	field := func(what, label string, a *kpi.Amount) plainField {
		value := ""
		if stated && a != nil {
			value = wan(*a)
		}
		return t.field(input.MoneyField(s, what), label, value).measured(p.Measure(kpi.TenThousandY)).optional()
	}
	return []plainField{field("initial", p.T("report.form.initial"), money.Initial), field("budget", p.T("report.form.full"), &money.Full),
		field("spent", p.T("report.form.spent"), &money.Spent)}
}

// choices are the year's indicators by area.
func (f *projectForm) choices(pc Context, b progress.Board, project kpi.Project, t typed) {
	of := map[kpi.IndicatorID]kpi.ProjectIndicator{}
	for _, i := range project.Indicators {
		of[i.Indicator] = i
	}
	for _, a := range b.Areas {
		area := projectArea{Name: pc.Printer.Name(a.Area.Name, a.Area.NameEn)}
		for _, figure := range a.Figures {
			own, in := of[figure.Indicator.ID]
			area.Rows = append(area.Rows, newProjectChoice(pc, figure, own, in, t))
		}
		if len(area.Rows) > 0 {
			f.Areas = append(f.Areas, area)
		}
	}
}

func newProjectChoice(pc Context, figure progress.Figure, own kpi.ProjectIndicator, in bool, t typed) projectChoice {
	p, code := pc.Printer, figure.Indicator.Code
	shown := pc.indicatorFigure(figure)
	row := projectChoice{Code: code, Name: shown.Name, In: in, Target: p.T("report.dash")}
	if figure.Target != nil {
		row.Target = measured(p, figure.Indicator, signedTarget(&figure, shown.Target.Text))
	}
	if own.Weight > 0 {
		row.Was = Number(own.Weight.Amount())
	}
	if t != nil {
		row.In, row.Was = t["in_"+code] != "", t["was_"+code]
	}
	add := func(name, key, value string) *plainField {
		row.Fields = append(row.Fields, projectField{t.field(name+"_"+code, row.Name, value), p.T(key)})
		return &row.Fields[len(row.Fields)-1].plainField
	}
	add("weight", "report.form.weight", row.Was)
	if in {
		points := ""
		if own.Points != nil {
			points = Number(own.Points.Amount())
		}
		add("points", "project.points", points)
		add("reason", "project.points_reason", own.Reason).Words = true
	}
	return row
}

// refuseProject puts mistakes at their fields, those of the indicators too.
func (f *projectForm) refuseProject(pc Context, e *kpi.Error) {
	f.refuse(pc.Printer, e)
	if e == nil {
		return
	}
	for i, mistake := range e.Fields {
		if field := f.fieldOf(mistake.Name); field != nil {
			field.Error = pc.Printer.Text(mistake.Text)
			f.Errors[i].Href = "#" + field.ID
		}
	}
}

// fieldOf finds a field beside an indicator; nil for none.
func (f *projectForm) fieldOf(name string) *projectField {
	for _, a := range f.Areas {
		for _, row := range a.Rows {
			for i := range row.Fields {
				if row.Fields[i].Name == name {
					return &row.Fields[i]
				}
			}
		}
	}
	return nil
}
