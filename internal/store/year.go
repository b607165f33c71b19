package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

// Years lists all years, latest first.
func (r *Reader) Years(ctx context.Context) ([]kpi.YearInfo, error) {
	return all(ctx, r, scanYear, `SELECT year, state, sample, COALESCE(closed_at, 0), opened_at FROM years
		ORDER BY year DESC`)
}

// Year returns the record of a year.
func (r *Reader) Year(ctx context.Context, y kpi.Year) (kpi.YearInfo, error) {
	return one(ctx, r, kpi.Missing("year_not_found", int(y)), scanYear,
		`SELECT year, state, sample, COALESCE(closed_at, 0), opened_at FROM years WHERE year = $1`, y)
}

func scanYear(s scanner) (y kpi.YearInfo, err error) {
	var sample int
	err = s.Scan(&y.Year, &y.State, &sample, &y.ClosedAt, &y.OpenedAt)
	y.Sample = sample == 1
	return y, err
}

// InsertYear adds a year.
func (w *Writer) InsertYear(ctx context.Context, y kpi.YearInfo, at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO years (year, state, sample, opened_at) VALUES ($1, $2, $3, $4)`,
		y.Year, y.State, flag(y.Sample), at)
}

// SetYearState opens or closes a year.
func (w *Writer) SetYearState(ctx context.Context, y kpi.Year, state kpi.YearState, at kpi.UnixMilli) error {
	closed := sql.NullInt64{Int64: int64(at), Valid: state == kpi.YearClosed}
	return w.exec(ctx, `UPDATE years SET state = $1, closed_at = $2 WHERE year = $3`, state, closed, y)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
