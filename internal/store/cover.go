package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Cover returns what a year's papers say of themselves, as it was stored; ok is false if nothing was.
func (r *Reader) Cover(ctx context.Context, y kpi.Year) (body string, ok bool, err error) {
	return r.one(ctx, `SELECT body FROM covers WHERE year = $1`, y)
}

// SetCover stores a year's cover, replacing an earlier one.
func (w *Writer) SetCover(ctx context.Context, y kpi.Year, body, by string, at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO covers (year, body, set_by, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year) DO UPDATE SET body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at`,
		y, body, by, at)
}

// FormValues returns what the rows of a year's forms state, as it was stored; ok is false if nothing was.
func (r *Reader) FormValues(ctx context.Context, y kpi.Year) (body string, ok bool, err error) {
	return r.one(ctx, `SELECT body FROM form_values WHERE year = $1`, y)
}

// SetFormValues stores what the rows of a year's forms state, replacing what was stated before.
func (w *Writer) SetFormValues(ctx context.Context, y kpi.Year, body, by string, at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO form_values (year, body, set_by, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year) DO UPDATE SET body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at`,
		y, body, by, at)
}

// one returns the only text that a query finds; ok is false if it finds none.
func (r *Reader) one(ctx context.Context, query string, y kpi.Year) (text string, ok bool, err error) {
	found, err := all(ctx, r, scanString, query, y)
	if err != nil || len(found) == 0 {
		return "", false, err
	}
	return found[0], true, nil
}
