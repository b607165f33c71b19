package page

import (
	"net/url"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/web/input"
)

// projectPage lists a year's projects with their money and points, and has the form that adds or edits
// one. Money is in 万元.
type projectPage struct {
	Layout
	AsOf     string
	Paper    layoutLink // the self-evaluation of the projects
	Budget   layoutLink
	New      string // where a project is added; "" for those who may not
	Projects []projectCard
	Empty    string // shown if there are none
	Findings []findingView
	Form     *projectForm
	MayScore bool // whether points can be given in the form, for the heads of the columns
}

type projectCard struct {
	ID, Name   string
	Facts      []pageFact
	Total      cell
	Open       string // how many points are not scored yet
	Money      []projectMoneyRow
	Indicators []scoreRow
	Edit       string
	Removal    *projectRemoval
}

// projectMoneyRow is a source of money, or the total.
type projectMoneyRow struct {
	Name                 string
	Initial, Full, Spent cell
	Rate, Score          cell
}

// projectRemoval is the form that removes a project. Open means that it was sent without a reason.
type projectRemoval struct {
	Form
	Open bool
}

// ProjectInput is the input of the page besides the view.
type ProjectInput struct {
	Code     string // of the project being edited
	New      bool   // whether one is being added
	Removing string // code of the project whose removal was refused
	Key      string
	Typed    url.Values
	Refusal  *kpi.Error
}

func NewProject(pc Context, v app.ProjectsView, in ProjectInput) projectPage {
	p, year := pc.Printer, v.Board.Year.Year
	here := pc.at(ProjectPath(year), pc.Unit, pc.AsOf.Period)
	page := projectPage{Layout: NewLayout(pc, p.T("project.title", int(year)), partBudget, ProjectPath(year)),
		AsOf: p.AsOf(v.Board.AsOf), Paper: layoutLink{Href: pc.paperAt(reportPath(year), report.ProjectScores),
			Text: p.T("report.paper.project")},
		Budget: layoutLink{Href: pc.at(BudgetPath(year), pc.Unit, pc.AsOf.Period), Text: p.T("budget.title", int(year))},
		Empty:  p.T("project.none"), Findings: newFindings(pc, v.Findings)}
	if !progress.HasProjects(v.Projects, v.Board.Budget) {
		page.Empty = p.T("report.project.none")
	}
	var edited *progress.ProjectScore
	for i, project := range v.Projects {
		page.Projects = append(page.Projects, newProjectCard(pc, v, project, in))
		if project.Code == in.Code {
			edited = &v.Projects[i]
		}
	}
	if v.MaySet {
		page.New = WithQuery(here, "new", "1") + "#project-form"
	}
	if (v.MaySet || in.Refusal != nil) && (in.New || edited != nil) {
		page.Form = newProjectForm(pc, v, edited, in)
	}
	return page
}

func newProjectCard(pc Context, v app.ProjectsView, project progress.ProjectScore, in ProjectInput) projectCard {
	p, s := pc.Printer, project.Score
	card := projectCard{ID: "project-" + project.Code, Name: p.Name(project.Name, project.NameEn),
		Total: pointsCell(p, s.Total)}
	office := kpi.Name{Name: pc.Office.Name, NameEn: pc.Office.NameEn}
	for _, f := range []pageFact{{p.T("report.project.supervisor"), p.Called(project.Supervisor, office)},
		{p.T("report.project.implementer"), p.Called(project.Implementer, office)},
		{p.T("project.fund"), p.T("fund." + string(project.Fund))},
		{p.T("report.paper.goal.expected"), project.Expected}, {p.T("report.paper.goal.achieved"), project.Achieved}} {
		if f.Text != "" {
			card.Facts = append(card.Facts, f)
		}
	}
	if s.Open > 0 && s.Total.Ok() {
		card.Open = p.T("score.open", s.Open.Amount())
	}
	card.Money = projectMoneyRows(pc, project)
	for _, r := range s.Rows {
		row := newScoreRow(pc, app.ScoreView{Board: v.Board}, r)
		row.ID = card.ID + "-" + row.ID
		row.Weight.Href = "" // it is the project's own, which stands here
		if r.Weight == 0 {
			row.Weight.Text = p.T("report.dash")
		}
		card.Indicators = append(card.Indicators, row)
	}
	if v.MaySet {
		card.Edit = WithQuery(pc.at(ProjectPath(pc.Year.Year), pc.Unit, pc.AsOf.Period), "project",
			project.Code) + "#project-form"
	}
	if v.MaySet || in.Refusal != nil && in.Removing == project.Code {
		card.Removal = newProjectRemoval(pc, project, in)
	}
	return card
}

// projectMoneyRows returns the total and the form's sources; money that was not stated is a dash.
func projectMoneyRows(pc Context, project progress.ProjectScore) []projectMoneyRow {
	p, dash := pc.Printer, cell{Text: "—"}
	row := func(name string, l progress.BudgetFigure, stated bool) projectMoneyRow {
		out := projectMoneyRow{Name: name, Initial: dash, Full: dash, Spent: dash, Rate: dash}
		if !stated {
			return out
		}
		if l.Initial != nil {
			out.Initial = cell{Text: tenThousandsTo(pc, *l.Initial, l.Decimals)}
		}
		out.Full = cell{Text: tenThousandsTo(pc, l.Budget(), l.Decimals)}
		out.Spent = cell{Text: tenThousandsTo(pc, l.Spent, l.Decimals)}
		out.Rate = percentCell(p, l.Execution)
		return out
	}
	total := row(p.T("report.paper.total"), project.Budget.Total, len(project.Money) > 0)
	total.Score = pointsCell(p, project.Score.Execution.Score)
	out := []projectMoneyRow{total}
	for _, s := range kpi.ProjectSources {
		var line progress.BudgetFigure
		stated := false
		for i, m := range project.Money {
			if m.Source == s {
				line, stated = project.Budget.Lines[i], true
			}
		}
		out = append(out, row(p.T("report.project.source."+string(s)), line, stated))
	}
	alignRows(places(out), func(r *projectMoneyRow) []*string {
		return []*string{&r.Initial.Text, &r.Full.Text, &r.Spent.Text}
	})
	return out
}

func newProjectRemoval(pc Context, project progress.ProjectScore, in ProjectInput) *projectRemoval {
	p := pc.Printer
	f := pc.form("remove-"+project.Code, ProjectPath(pc.Year.Year)+"/"+project.Code+"/removal", p.T("project.remove"),
		p.T("project.remove_submit")).wide()
	refused := in.Removing == project.Code
	if refused {
		f.keeping("f-", in.Typed)
	}
	reason := f.field("reason", "project.remove_reason", "")
	reason.ID = "f-remove-" + project.Code
	f.add(reason)
	if refused {
		f.refuse(in.Refusal)
	}
	return &projectRemoval{Form: *f, Open: refused}
}

func ProjectPath(y kpi.Year) string { return yearPath(y, "projects") }

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
		row.Target = goalText(p, &figure)
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
