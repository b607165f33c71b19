package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Setting returns the value of a named setting; NotFound if it was never set.
func (r *Reader) Setting(ctx context.Context, name string) (string, error) {
	return one(ctx, r, kpi.Missing("setting_not_found", name), scanString,
		`SELECT value FROM settings WHERE name = $1`, name)
}

// SetSetting stores a named value.
func (w *Writer) SetSetting(ctx context.Context, name, value string) error {
	return w.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

func scanString(s scanner) (v string, err error) {
	err = s.Scan(&v)
	return v, err
}
