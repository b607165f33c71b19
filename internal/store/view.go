package store

import (
	"context"

	"dabiao/internal/kpi"
)

const viewColumns = `id, account_id, name, query, shared, saved_at`

// Views lists an account's views and the shared ones, by name.
func (r *Reader) Views(ctx context.Context, account kpi.AccountID) ([]kpi.View, error) {
	return all(ctx, r, scanView, `SELECT `+viewColumns+
		` FROM views WHERE account_id = $1 OR shared = 1 ORDER BY name, id`, account)
}

// View returns the view with an ID.
func (r *Reader) View(ctx context.Context, id int64) (kpi.View, error) {
	return one(ctx, r, kpi.Missing("view_not_found", id), scanView, `SELECT `+viewColumns+` FROM views WHERE id = $1`, id)
}

func scanView(s scanner) (v kpi.View, err error) {
	var shared int
	err = s.Scan(&v.ID, &v.Account, &v.Name, &v.Query, &shared, &v.SavedAt)
	v.Shared = shared == 1
	return v, err
}

// SetView stores a view, replacing one of the same name and account.
func (w *Writer) SetView(ctx context.Context, v kpi.View) error {
	shared := 0
	if v.Shared {
		shared = 1
	}
	return w.exec(ctx, `INSERT INTO views (account_id, name, query, shared, saved_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account_id, name) DO UPDATE
		SET query = excluded.query, shared = excluded.shared, saved_at = excluded.saved_at`,
		v.Account, v.Name, v.Query, shared, v.SavedAt)
}

// DeleteView deletes a view.
func (w *Writer) DeleteView(ctx context.Context, id int64) error {
	return w.exec(ctx, `DELETE FROM views WHERE id = $1`, id)
}
