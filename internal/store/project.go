package store

import (
	"context"
	"database/sql"
	"slices"

	"dabiao/internal/kpi"
)

const projectQuery = `SELECT p.id, p.year, p.code, p.name, p.name_en, p.supervisor, p.implementer, p.fund, p.expected,
	p.achieved, p.set_by, p.set_at
	FROM projects p `

func scanProject(s scanner) (p kpi.Project, err error) {
	err = s.Scan(&p.ID, &p.Year, &p.Code, &p.Name, &p.NameEn, &p.Supervisor, &p.Implementer, &p.Fund, &p.Expected,
		&p.Achieved, &p.SetBy, &p.SetAt)
	return p, err
}

// Projects lists a year's projects in the order they were entered.
func (r *Reader) Projects(ctx context.Context, y kpi.Year) ([]kpi.Project, error) {
	return r.projects(ctx, `WHERE p.year = $1 ORDER BY p.id`, y)
}

// Project returns a year's project with a code.
func (r *Reader) Project(ctx context.Context, y kpi.Year, code string) (kpi.Project, error) {
	found, err := r.projects(ctx, `WHERE p.year = $1 AND p.code = $2`, y, code)
	return sole(found, err, kpi.Missing("project_not_found", code, int(y)))
}

// ProjectByID returns the project with an ID.
func (r *Reader) ProjectByID(ctx context.Context, id kpi.ProjectID) (kpi.Project, error) {
	found, err := r.projects(ctx, `WHERE p.id = $1`, id)
	return sole(found, err, kpi.Missing("project_gone"))
}

func sole[T any](found []T, err error, missing *kpi.Error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case len(found) == 0:
		return none, missing
	}
	return found[0], nil
}

// projects reads projects with their money and indicators, in three statements altogether.
func (r *Reader) projects(ctx context.Context, text string, args ...any) ([]kpi.Project, error) {
	found, err := all(ctx, r, scanProject, projectQuery+text, args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	at := map[kpi.ProjectID]*kpi.Project{}
	for i := range found {
		at[found[i].ID] = &found[i]
	}
	where := `WHERE project_id IN (SELECT id FROM projects WHERE year = $1)`
	_, err = all(ctx, r, func(s scanner) (m kpi.ProjectMoney, err error) {
		var id kpi.ProjectID
		var initial sql.NullInt64
		err = s.Scan(&id, &m.Source, &initial, &m.Full, &m.Spent)
		m.Initial = amountPointer(initial)
		if p := at[id]; p != nil {
			p.Money = append(p.Money, m)
		}
		return m, err
	}, `SELECT project_id, source, initial, full_year, spent FROM project_money `+where+
		` ORDER BY project_id`, found[0].Year)
	if err != nil {
		return nil, err
	}
	_, err = all(ctx, r, func(s scanner) (in kpi.ProjectIndicator, err error) {
		var id kpi.ProjectID
		var points sql.NullInt64
		err = s.Scan(&id, &in.Indicator, &in.Weight, &points, &in.Reason)
		in.Points = percentPointer(points)
		if p := at[id]; p != nil {
			p.Indicators = append(p.Indicators, in)
		}
		return in, err
	}, `SELECT project_id, indicator_id, weight, points, reason FROM project_indicators `+where+
		` ORDER BY project_id, indicator_id`, found[0].Year)
	for i := range found {
		slices.SortFunc(found[i].Money, func(a, b kpi.ProjectMoney) int {
			return slices.Index(kpi.ProjectSources, a.Source) - slices.Index(kpi.ProjectSources, b.Source)
		})
	}
	return found, err
}

// InsertProject adds a project and returns its ID.
func (w *Writer) InsertProject(ctx context.Context, p kpi.Project) (kpi.ProjectID, error) {
	id, err := insert[kpi.ProjectID](ctx, w, `INSERT INTO projects (year, code, name, name_en, supervisor,
		implementer, fund, expected, achieved, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.Year, p.Code, p.Name, p.NameEn, p.Supervisor, p.Implementer, p.Fund, p.Expected, p.Achieved, p.SetBy, p.SetAt)
	if err != nil {
		return 0, err
	}
	p.ID = id
	return id, w.insertProjectParts(ctx, p)
}

// SetProject replaces the project with p's ID.
func (w *Writer) SetProject(ctx context.Context, p kpi.Project) error {
	if err := w.exec(ctx, `UPDATE projects SET name = $1, name_en = $2, supervisor = $3, implementer = $4,
		fund = $5, expected = $6, achieved = $7,
		set_by = $8, set_at = $9 WHERE id = $10`,
		p.Name, p.NameEn, p.Supervisor, p.Implementer, p.Fund, p.Expected, p.Achieved, p.SetBy, p.SetAt, p.ID); err != nil {
		return err
	}
	if err := w.dropProjectParts(ctx, p.ID); err != nil {
		return err
	}
	return w.insertProjectParts(ctx, p)
}

// DropProject deletes a project.
func (w *Writer) DropProject(ctx context.Context, id kpi.ProjectID) error {
	if err := w.dropProjectParts(ctx, id); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM projects WHERE id = $1`, id)
}

func (w *Writer) dropProjectParts(ctx context.Context, id kpi.ProjectID) error {
	if err := w.exec(ctx, `DELETE FROM project_money WHERE project_id = $1`, id); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM project_indicators WHERE project_id = $1`, id)
}

func (w *Writer) insertProjectParts(ctx context.Context, p kpi.Project) error {
	for _, m := range p.Money {
		if err := w.exec(ctx, `INSERT INTO project_money (project_id, source, initial, full_year, spent)
			VALUES ($1, $2, $3, $4, $5)`,
			p.ID, m.Source, nullAmount(m.Initial), m.Full, m.Spent); err != nil {
			return err
		}
	}
	for _, in := range p.Indicators {
		if err := w.exec(ctx, `INSERT INTO project_indicators (project_id, indicator_id, weight, points, reason)
			VALUES ($1, $2, $3, $4, $5)`,
			p.ID, in.Indicator, in.Weight, nullPercent(in.Points), in.Reason); err != nil {
			return err
		}
	}
	return nil
}
