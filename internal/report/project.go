package report

import (
	"slices"
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// projectScores returns 项目支出绩效自评表, one for each project on a page of its own. Project spending
// that nobody entered a project for is said, never left out.
func (b *Draft) projectScores() []paper.Block {
	if !progress.HasProjects(b.Projects, b.Board.Budget) {
		return []paper.Block{paper.NewParagraph(phrase(b.p, b.withoutProjects())...)}
	}
	var out []paper.Block
	for i, p := range b.Projects {
		tables := b.ofProject(p).projectTables(p)
		tables[0].Table.NewPage = i > 0
		out = append(out, tables...)
	}
	if t := b.unentered(); len(t.Rows) > 0 {
		out = append(out, paper.Block{Table: t})
	}
	return append(out, paper.NewNote(phrase(b.p, "report.project.note")...))
}

// withoutProjects says that there is no project spending where the budget says so, by a line that is 0; without one
// it is not reported.
func (b *Draft) withoutProjects() string {
	for _, l := range b.Board.Budget.Lines {
		if l.Nature == kpi.ProjectSpend {
			return "report.project.none"
		}
	}
	return "report.project.unstated"
}

// unentered has a row for each fund with project spending and without a project.
func (b *Draft) unentered() *paper.Table {
	t := &paper.Table{Widths: b.selfWidths()}
	for _, f := range progress.ProjectFindings(b.Projects, b.Board.Budget) {
		if f.Text.Key == "project.finding.none" {
			t.Add(paper.Words(b.p.Text(f.Text)).Over(len(t.Widths), 1).AtLeft())
		}
	}
	return t
}

// ofProject returns a builder whose board is the project: its money, its indicators with their weights
// and its score. What texts can speak of stays the year's.
func (b *Draft) ofProject(p progress.ProjectScore) *Draft {
	own := *b
	own.known = b.subjects()
	var figures []progress.Figure
	for _, r := range p.Score.Rows {
		figures = append(figures, *r.Figure)
	}
	own.Board.Areas = []progress.AreaFigures{{Figures: figures}}
	own.Board.Budget, own.Board.Score = p.Budget, &p.Score
	return &own
}

// projectTables returns the three tables of a project, of which b is the builder.
func (b *Draft) projectTables(p progress.ProjectScore) []paper.Block {
	head, indicators, foot := b.projectHead(p), b.selfIndicators(), b.selfFoot()
	sumUpScores(indicators, head, 3)
	for i, t := range []*paper.Table{head, indicators, foot} {
		t.Key = p.Code + "." + strconv.Itoa(i)
		t.Caption = b.p.T("report.project.caption", b.projectName(p.Project))
	}
	out := []paper.Block{{Table: head}, {Table: indicators}, {Table: foot}}
	paper.EachRun(out, func(r *paper.Run) {
		if r.Ref != nil && slices.Contains(pointAspects, r.Ref.Aspect) {
			r.Ref.Project = p.Code
		}
	})
	return out
}

// pointAspects are the numbers that a project has of its own beside its money.
var pointAspects = []paper.RefAspect{paper.RefWeight, paper.RefScore, paper.RefAllWeight, paper.RefTotal}

func (b *Draft) projectName(p kpi.Project) string { return b.p.Name(p.Name, p.NameEn) }

// projectHead returns the upper table: the project, its money, its goal.
func (b *Draft) projectHead(p progress.ProjectScore) *paper.Table {
	t := &paper.Table{Widths: b.selfWidths()}
	t.Add(paper.Label(b.p.T("report.project.name")).Over(2, 1), paper.Words(b.projectName(p.Project)).Over(7, 1))
	t.Add(paper.Label(b.p.T("report.project.supervisor")).Over(2, 1), b.orDash(b.called(p.Supervisor)).Over(3, 1),
		paper.Label(b.p.T("report.project.implementer")), b.orDash(b.called(p.Implementer)).Over(3, 1))
	spent := b.p.T("report.paper.spent")
	if !b.YearEnd() {
		spent = b.p.T("report.project.spent_so_far")
	}
	n := len(kpi.ProjectSources)
	t.Add(b.budgetHeads(b.p.T("report.project.money"), spent, 2+n)...)
	t.Add(append([]paper.Cell{paper.Label(b.p.T("report.paper.total")).Over(2, 1)},
		b.totalNumbers(b.projectTotal(p))...)...)
	for i, s := range kpi.ProjectSources {
		name := b.p.T("report.project.source." + string(s))
		if i == 0 {
			name = b.p.T("report.part", name)
		}
		t.Add(append([]paper.Cell{paper.Label(name).Over(2, 1)}, b.numbers(b.projectRow(p, s))...)...)
	}
	sumUpBudget(t, 3, n, 0)
	b.goals(t, b.orDash(p.Expected).AtLeft(), b.orDash(p.Achieved).AtLeft())
	return t
}

func (b *Draft) projectTotal(p progress.ProjectScore) budgetRow {
	total := p.Budget.Total
	return budgetRow{ref: paper.Ref{Project: p.Code}, initial: total.Initial, full: total.Budget(),
		spent: total.Spent, none: len(p.Money) == 0}
}

// projectRow returns the money of one source; of one nobody stated there is none.
func (b *Draft) projectRow(p progress.ProjectScore, s kpi.ProjectSource) budgetRow {
	m, ok := p.Of(s)
	return budgetRow{ref: paper.Ref{Project: p.Code}, initial: m.Initial, full: m.Full, spent: m.Spent, none: !ok}
}

// called is whoever is in charge, in the paper's language if it is the office itself; other names stay as they were
// typed.
func (b *Draft) called(typed string) string {
	return b.p.Called(typed, kpi.Name{Name: b.Office.Name, NameEn: b.Office.NameEn})
}

func (b *Draft) orDash(s string) paper.Cell {
	if s == "" {
		return b.dash()
	}
	return paper.Words(s)
}
