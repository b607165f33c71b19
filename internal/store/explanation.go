package store

import (
	"context"

	"dabiao/internal/kpi"
)

const explanationQuery = `SELECT e.id, e.year, e.month, e.unit_id, e.indicator_id, e.reason, e.next_step, e.planned,
	e.set_by, e.set_at,
	COALESCE(NULLIF(a.full_name, ''), e.set_by)
	FROM explanations e LEFT JOIN accounts a ON a.name = e.set_by `

// UnitExplanations lists all explanations of a unit's figures in a year, oldest first.
func (r *Reader) UnitExplanations(ctx context.Context, y kpi.Year, unit kpi.UnitID) ([]kpi.Explanation, error) {
	return all(ctx, r, scanExplanation, explanationQuery+`WHERE e.unit_id = $1 AND e.year = $2 ORDER BY e.id`, unit, y)
}

// Explanation returns one entry of the history.
func (r *Reader) Explanation(ctx context.Context, id int64) (kpi.Explanation, error) {
	return one(ctx, r, kpi.Missing("explanation_not_found", id), scanExplanation, explanationQuery+`WHERE e.id = $1`, id)
}

func scanExplanation(s scanner) (e kpi.Explanation, err error) {
	err = s.Scan(&e.ID, &e.Month.Year, &e.Month.Month, &e.Unit, &e.Indicator, &e.Reason, &e.Next, &e.Planned,
		&e.SetBy, &e.SetAt, &e.Author)
	return e, err
}

// InsertExplanation adds an explanation to the history and returns its ID.
func (w *Writer) InsertExplanation(ctx context.Context, e kpi.Explanation) (int64, error) {
	return insert[int64](ctx, w, `INSERT INTO explanations (year, month, unit_id, indicator_id, reason, next_step,
		planned, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.Month.Year, e.Month.Month, e.Unit, e.Indicator, e.Reason, e.Next, e.Planned, e.SetBy, e.SetAt)
}
