package page

import (
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
)

// projectForm adds or edits a project: its texts and money, and for every indicator of the year whether
// it belongs to the project and with which weight.
type projectForm struct {
	Form
	Key   string
	Areas []projectArea
}

type projectArea struct {
	Name string
	Rows []projectChoice
}

// projectChoice is an indicator. Was is the weight it had. Points and a reason can be entered if it
// belongs to the project already.
type projectChoice struct {
	Code, Name, Target, Was string
	In                      bool
	Fields                  []projectField
}

// projectField is a field at an indicator; Label includes the indicator's name, Short does not.
type projectField struct {
	*Field
	Short string
}

// newProjectForm returns the form of a project; edited is nil for a new one.
func newProjectForm(pc Context, v app.ProjectsView, edited *progress.ProjectScore, in ProjectInput) *projectForm {
	p := pc.Printer
	f := &projectForm{Key: in.Key, Form: *pc.form("project-form", ProjectPath(pc.Year.Year), p.T("project.new"),
		p.T("project.submit")).
		wide().keeping("f-", in.Typed)}
	project := kpi.Project{Fund: kpi.GeneralBudget}
	if edited != nil {
		project = edited.Project
		f.Title = p.T("project.change", p.Name(project.Name, project.NameEn))
		f.hide("project", project.Code)
		f.hide("seen", strconv.FormatInt(int64(project.SetAt), 10))
	}
	about := []*Field{f.field("name", "report.project.name", project.Name),
		f.field("name_en", "project.name_en", project.NameEn).optional()}
	if edited == nil {
		about = append(about, f.field("code", "project.code", ""))
	}
	f.add(append(about, f.field("supervisor", "report.project.supervisor", project.Supervisor).optional(),
		f.field("implementer", "report.project.implementer", project.Implementer).optional(),
		f.field("fund", "project.fund", string(project.Fund)).choice(texts(kpi.Funds), named(p, "fund.", kpi.Funds)))...)
	for _, s := range kpi.ProjectSources {
		f.group(p.T("report.project.source."+string(s)), "", f.moneyFields(project, s)...)
	}
	f.group(p.T("report.paper.goal"), "", f.field("expected", "report.paper.goal.expected", project.Expected).
		note().optional(),
		f.field("achieved", "report.paper.goal.achieved", project.Achieved).note().optional())
	f.choices(pc, v.Board, project)
	f.refuse(in.Refusal)
	return f
}

func (f *projectForm) moneyFields(project kpi.Project, s kpi.ProjectSource) []*Field {
	money, stated := project.Of(s)
	field := func(what, key string, a *kpi.Amount) *Field {
		return f.field(input.MoneyField(s, what), key, wanOf(a, stated)).
			measured(f.printer.Measure(kpi.TenThousandY)).optional()
	}
	return []*Field{field("initial", "report.paper.initial", money.Initial),
		field("budget", "report.paper.full", &money.Full), field("spent", "report.paper.spent", &money.Spent)}
}

// choices adds the year's indicators by area.
func (f *projectForm) choices(pc Context, b progress.Board, project kpi.Project) {
	of := map[kpi.IndicatorID]kpi.ProjectIndicator{}
	for _, i := range project.Indicators {
		of[i.Indicator] = i
	}
	for _, a := range b.Areas {
		area := projectArea{Name: pc.Printer.Name(a.Area.Name, a.Area.NameEn)}
		for _, figure := range a.Figures {
			own, in := of[figure.Indicator.ID]
			area.Rows = append(area.Rows, f.choice(pc, figure, own, in))
		}
		if len(area.Rows) > 0 {
			f.Areas = append(f.Areas, area)
		}
	}
}

func (f *projectForm) choice(pc Context, figure progress.Figure, own kpi.ProjectIndicator, in bool) projectChoice {
	p, code := pc.Printer, figure.Indicator.Code
	shown := pc.indicatorFigure(figure)
	row := projectChoice{Code: code, Name: shown.Name, In: in, Target: p.T("report.dash")}
	if figure.Target != nil {
		row.Target = measured(p, figure.Indicator, signedTarget(&figure, shown.Target.Text))
	}
	if own.Weight > 0 {
		row.Was = Number(own.Weight.Amount())
	}
	if f.typed != nil {
		row.In, row.Was = f.typed.Get("in_"+code) != "", f.typed.Get("was_"+code)
	}
	add := func(name, key, value string) *Field {
		field := f.labelled(name+"_"+code, row.Name, value)
		row.Fields = append(row.Fields, projectField{field, p.T(key)})
		return field
	}
	add("weight", "report.paper.weight", row.Was).number()
	if in {
		points := ""
		if own.Points != nil {
			points = Number(own.Points.Amount())
		}
		add("points", "project.points", points).number()
		add("reason", "project.points_reason", own.Reason).wide()
	}
	return row
}
