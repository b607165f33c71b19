package app

import (
	"context"
	"errors"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// ProjectsView is a year's projects as the page and the API show them.
type ProjectsView struct {
	Board    progress.Board // of the whole office
	Projects []progress.ProjectScore
	Findings []progress.Finding
	MaySet   bool // the actor may change them, and the year is open
}

// Projects returns a year's projects with their money and points. Refusals: NotFound, Forbidden,
// Invalid as_of.
func (a *App) Projects(ctx context.Context, actor kpi.Actor, q Query) (ProjectsView, error) {
	if err := actor.MayReport(); err != nil {
		return ProjectsView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v ProjectsView, err error) {
		s, board, err := a.rootBoard(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		v.Board = board
		v.MaySet = s.year.State == kpi.YearOpen && actor.MayPlan() == nil
		v.Projects, err = projectsOf(ctx, r, v.Board)
		v.Findings = progress.ProjectFindings(v.Projects, v.Board.Budget)
		return v, err
	})
}

// projectsOf scores the year's projects by the whole office's board; other units have none.
func projectsOf(ctx context.Context, r *store.Reader, b progress.Board) ([]progress.ProjectScore, error) {
	if b.Unit.Parent != 0 {
		return nil, nil
	}
	list, err := r.Projects(ctx, b.Year.Year)
	var out []progress.ProjectScore
	for _, p := range list {
		out = append(out, progress.RateProject(p, b))
	}
	return out, err
}

// ProjectEdit is a change to a project; nil leaves a field as it is. Money and Indicators replace all
// existing ones.
type ProjectEdit struct {
	Name, NameEn, Supervisor, Implementer, Expected, Achieved *string
	Fund                                                      *kpi.Fund
	Money                                                     []kpi.ProjectMoney
	Indicators                                                []NewProjectIndicator
	Seen                                                      *kpi.UnixMilli // SetAt of the edited state; nil: any
}

// NewProjectIndicator is an indicator of a project, named by its code.
type NewProjectIndicator struct {
	Code   string
	Weight kpi.Percent
	Points *kpi.Percent
	Reason string
}

// CreateProject adds a project to a year; key is an idempotency key, empty for none. Refusals:
// Forbidden; NotFound; Conflict for a closed year; Invalid with every mistake by field: a code already
// taken, an indicator not in the year, points above the weight or outside the band.
func (a *App) CreateProject(ctx context.Context, actor kpi.Actor, y kpi.Year, code string, n ProjectEdit,
	key string) (kpi.Project, error) {
	return a.setProject(ctx, actor, answerKey{actor.Name, key, []any{"project.create", y, code, n}}, n,
		func(w *store.Writer) (kpi.Project, error) {
			list, err := w.Projects(ctx, y)
			for _, p := range list {
				if p.Code == code {
					var m kpi.Mistakes
					m.Add("code", "project_code_taken", code)
					return p, m.Err()
				}
			}
			return kpi.Project{Year: y, Code: code, Fund: kpi.GeneralBudget}, err
		})
}

// EditProject changes a project. Refusals: those of [App.CreateProject]; Invalid project_changed if
// somebody else changed it after it was read.
func (a *App) EditProject(ctx context.Context, actor kpi.Actor, y kpi.Year, code string, n ProjectEdit,
	key string) (kpi.Project, error) {
	return a.setProject(ctx, actor, answerKey{actor.Name, key, []any{"project.edit", y, code, n}}, n,
		func(w *store.Writer) (kpi.Project, error) {
			p, err := w.Project(ctx, y, code)
			if err != nil || n.Seen == nil || *n.Seen == p.SetAt {
				return p, err
			}
			name, err := cachedName(ctx, &w.Reader, p.SetBy)
			if err == nil {
				err = kpi.Refuse(kpi.Invalid, "project_changed", name)
			}
			return p, err
		})
}

// setProject applies an edit to the project that find returns: one with an ID is changed, otherwise it
// is added.
func (a *App) setProject(ctx context.Context, actor kpi.Actor, key answerKey, n ProjectEdit,
	find func(*store.Writer) (kpi.Project, error)) (kpi.Project, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.Project{}, err
	}
	return once(ctx, a, key, func(w *store.Writer) (p kpi.Project, err error) {
		if p, err = find(w); err != nil {
			return p, err
		}
		if err := openYear(ctx, &w.Reader, p.Year); err != nil {
			return p, err
		}
		before := p
		if err := a.editProject(ctx, w, actor, &p, n); err != nil {
			return p, err
		}
		act, detail := "project.edit", any(map[string]kpi.Project{"before": before, "after": p})
		if p.ID != 0 {
			err = w.SetProject(ctx, p)
		} else {
			act, detail = "project.create", p
			p.ID, err = w.InsertProject(ctx, p)
		}
		if err != nil {
			return p, err
		}
		return p, a.audit(ctx, w, actor, act, projectSubject(p), detail)
	}, func(p kpi.Project) int64 { return int64(p.ID) },
		func(w *store.Writer, id int64) (kpi.Project, error) { return w.ProjectByID(ctx, kpi.ProjectID(id)) })
}

func projectSubject(p kpi.Project) string {
	return fmt.Sprintf("%s project %s", yearSubject(p.Year), p.Code)
}

func (a *App) editProject(ctx context.Context, w *store.Writer, actor kpi.Actor, p *kpi.Project, n ProjectEdit) error {
	set(&p.Name, n.Name)
	set(&p.NameEn, n.NameEn)
	set(&p.Supervisor, n.Supervisor)
	set(&p.Implementer, n.Implementer)
	set(&p.Expected, n.Expected)
	set(&p.Achieved, n.Achieved)
	set(&p.Fund, n.Fund)
	if n.Money != nil {
		p.Money = n.Money
	}
	p.SetBy, p.SetAt = actor.Name, a.stamp()
	_, board, err := a.rootBoard(ctx, &w.Reader, actor, Query{Year: p.Year})
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &p.Name), oneLine("name_en", &p.NameEn), oneLine("supervisor", &p.Supervisor),
		oneLine("implementer", &p.Implementer),
		longText("expected", &p.Expected), longText("achieved", &p.Achieved))
	if n.Indicators != nil {
		p.Indicators = projectIndicators(&m, board, n.Indicators)
	}
	m.Merge(p.Check())
	if m.Err() == nil {
		checkProjectPoints(&m, *p, board)
	}
	return m.Err()
}

// projectIndicators finds the indicators of a year's board by their codes.
func projectIndicators(m *kpi.Mistakes, b progress.Board, list []NewProjectIndicator) []kpi.ProjectIndicator {
	byCode := map[string]kpi.IndicatorID{}
	for _, f := range b.Figures() {
		byCode[f.Indicator.Code] = f.Indicator.ID
	}
	var out []kpi.ProjectIndicator
	for i, n := range list {
		at := kpi.ProjectIndicatorField(i)
		id, ok := byCode[n.Code]
		if !ok {
			m.Add(at+"indicator", "indicator_not_in_year", n.Code, int(b.Year.Year))
		}
		readTexts(m, longText(at+"reason", &n.Reason))
		out = append(out, kpi.ProjectIndicator{Indicator: id, Weight: n.Weight, Points: n.Points, Reason: n.Reason})
	}
	return out
}

// checkProjectPoints refuses points outside the band of a judgement, as for the year's own score.
func checkProjectPoints(m *kpi.Mistakes, p kpi.Project, b progress.Board) {
	score := progress.RateProject(p, b).Score
	for i, in := range p.Indicators {
		r, ok := score.Row(in.Indicator)
		if in.Points == nil || !ok {
			continue
		}
		var e *kpi.Error
		if errors.As(r.Check(*in.Points), &e) {
			for _, f := range e.Fields {
				m.Add(kpi.ProjectIndicatorField(i)+"points", f.Text.Key, f.Text.Args...)
			}
		}
	}
}

// DropProject deletes a project; the audit log keeps all of it. Refusals: Forbidden, NotFound, Conflict
// for a closed year, Invalid reason.
func (a *App) DropProject(ctx context.Context, actor kpi.Actor, y kpi.Year, code, reason string) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if err := readReason(&reason); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		p, err := w.Project(ctx, y, code)
		if err != nil {
			return err
		}
		if err := w.DropProject(ctx, p.ID); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "project.remove", projectSubject(p), map[string]any{"reason": reason, "project": p})
	})
}
