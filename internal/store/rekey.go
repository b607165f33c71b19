package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Rekeyed returns which rows of a year's paper were typed into another system, by row.
func (r *Reader) Rekeyed(ctx context.Context, y kpi.Year, form string) (map[string]kpi.Rekeyed, error) {
	rows, err := all(ctx, r, func(s scanner) (k kpi.Rekeyed, err error) {
		err = s.Scan(&k.Row, &k.Printed, &k.By, &k.At)
		return k, err
	}, `SELECT line, printed, ticked_by, ticked_at FROM rekeyed WHERE year = $1 AND form = $2`, y, form)
	out := map[string]kpi.Rekeyed{}
	for _, k := range rows {
		out[k.Row] = k
	}
	return out, err
}

// SetRekeyed records that a row was typed as it is now.
func (w *Writer) SetRekeyed(ctx context.Context, y kpi.Year, form string, k kpi.Rekeyed) error {
	return w.exec(ctx, `INSERT INTO rekeyed (year, form, line, printed, ticked_by, ticked_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (year, form, line) DO UPDATE SET printed = excluded.printed, ticked_by = excluded.ticked_by,
		ticked_at = excluded.ticked_at`, y, form, k.Row, k.Printed, k.By, k.At)
}

// DropRekeyed deletes the record that a row was typed.
func (w *Writer) DropRekeyed(ctx context.Context, y kpi.Year, form, row string) error {
	return w.exec(ctx, `DELETE FROM rekeyed WHERE year = $1 AND form = $2 AND line = $3`, y, form, row)
}
