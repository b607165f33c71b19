package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

// Scores lists the history of a year's manual scores, oldest first.
func (r *Reader) Scores(ctx context.Context, y kpi.Year) ([]kpi.ManualScore, error) {
	return all(ctx, r, scanScore,
		`SELECT id, year, indicator_id, points, proposed, weight, reason, set_by, set_at
		FROM scores WHERE year = $1 ORDER BY id`, y)
}

// Score returns one entry of the history.
func (r *Reader) Score(ctx context.Context, id int64) (kpi.ManualScore, error) {
	return one(ctx, r, kpi.Missing("score_not_found", id), scanScore,
		`SELECT id, year, indicator_id, points, proposed, weight,
		reason, set_by, set_at FROM scores WHERE id = $1`, id)
}

func scanScore(s scanner) (m kpi.ManualScore, err error) {
	var points, proposed sql.NullInt64
	err = s.Scan(&m.ID, &m.Year, &m.Indicator, &points, &proposed, &m.Weight, &m.Reason, &m.SetBy, &m.SetAt)
	m.Points, m.Proposed = percentPointer(points), percentPointer(proposed)
	return m, err
}

// InsertScore adds a score to the history and returns its ID.
func (w *Writer) InsertScore(ctx context.Context, m kpi.ManualScore) (int64, error) {
	return insert[int64](ctx, w, `INSERT INTO scores (year, indicator_id, points, proposed, weight, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		m.Year, m.Indicator, nullPercent(m.Points), nullPercent(m.Proposed), m.Weight, m.Reason, m.SetBy, m.SetAt)
}

func percentPointer(n sql.NullInt64) *kpi.Percent {
	if !n.Valid {
		return nil
	}
	p := kpi.Percent(n.Int64)
	return &p
}

func nullPercent(p *kpi.Percent) sql.NullInt64 {
	if p == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: int64(*p), Valid: true}
}
