package store

import (
	"context"

	"dabiao/internal/kpi"
)

const adoptionColumns = `id, year, source, state, author, at, body, made`

func scanAdoption(s scanner) (a kpi.Adoption, err error) {
	err = s.Scan(&a.ID, &a.Year, &a.Source, &a.State, &a.Author, &a.At, &a.Body, &a.Made)
	return a, err
}

// Adoption returns one of a year's adoptions, or NotFound.
func (r *Reader) Adoption(ctx context.Context, y kpi.Year, id kpi.AdoptionID) (kpi.Adoption, error) {
	return one(ctx, r, kpi.Missing("adoption_not_found", int64(id)), scanAdoption,
		`SELECT `+adoptionColumns+` FROM adoptions WHERE year = $1 AND id = $2`, y, id)
}

// Adoptions lists up to limit of a year's adoptions, newest first.
func (r *Reader) Adoptions(ctx context.Context, y kpi.Year, limit int) ([]kpi.Adoption, error) {
	return all(ctx, r, scanAdoption, `SELECT `+adoptionColumns+` FROM adoptions WHERE year = $1
		ORDER BY id DESC LIMIT $2`, y, limit)
}

// InsertAdoption keeps a new adoption and returns its ID.
func (w *Writer) InsertAdoption(ctx context.Context, a kpi.Adoption) (kpi.AdoptionID, error) {
	return insert[kpi.AdoptionID](ctx, w, `INSERT INTO adoptions (year, source, state, author, at, body, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, a.Year, a.Source, a.State, a.Author, a.At, a.Body, a.Made)
}

// SetAdoption stores how an adoption stands.
func (w *Writer) SetAdoption(ctx context.Context, a kpi.Adoption) error {
	return w.exec(ctx, `UPDATE adoptions SET state = $1, author = $2, at = $3, body = $4, made = $5 WHERE id = $6`,
		a.State, a.Author, a.At, a.Body, a.Made, a.ID)
}

// DeleteTarget takes back a target that nobody has built on.
func (w *Writer) DeleteTarget(ctx context.Context, id kpi.TargetID) error {
	return w.exec(ctx, `DELETE FROM targets WHERE id = $1`, id)
}

// DeleteYearIndicator takes an indicator out of a year.
func (w *Writer) DeleteYearIndicator(ctx context.Context, y kpi.Year, id kpi.IndicatorID) error {
	return w.exec(ctx, `DELETE FROM year_indicators WHERE year = $1 AND indicator_id = $2`, y, id)
}

// DeleteArea takes back an area; its indicators are in none then.
func (w *Writer) DeleteArea(ctx context.Context, id kpi.AreaID) error {
	if err := w.exec(ctx, `UPDATE indicators SET area_id = NULL WHERE area_id = $1`, id); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM areas WHERE id = $1`, id)
}

// DeleteStaffing takes back what was stated of a kind of staff.
func (w *Writer) DeleteStaffing(ctx context.Context, y kpi.Year, kind kpi.StaffKind) error {
	return w.exec(ctx, `DELETE FROM staffing WHERE year = $1 AND kind = $2`, y, kind)
}

// DeleteBudgetLine takes back a line of a year's budget with its history.
func (w *Writer) DeleteBudgetLine(ctx context.Context, l kpi.BudgetLine) error {
	for _, table := range []string{"budget_revisions", "budget_lines"} {
		err := w.exec(ctx, `DELETE FROM `+table+` WHERE year = $1 AND fund = $2 AND nature = $3`, l.Year, l.Fund, l.Nature)
		if err != nil {
			return err
		}
	}
	return nil
}
