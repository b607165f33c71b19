package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Owned returns the indicators an account is responsible for.
func (r *Reader) Owned(ctx context.Context, account kpi.AccountID) (map[kpi.IndicatorID]bool, error) {
	ids, err := all(ctx, r, func(s scanner) (id kpi.IndicatorID, err error) { err = s.Scan(&id); return id, err },
		`SELECT indicator_id FROM owners WHERE account_id = $1`, account)
	out := map[kpi.IndicatorID]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// InsertOwned makes an account responsible for an indicator. It must not be already.
func (w *Writer) InsertOwned(ctx context.Context, account kpi.AccountID, id kpi.IndicatorID,
	at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO owners (account_id, indicator_id, added_at) VALUES ($1, $2, $3)`, account, id, at)
}

// DeleteOwned ends an account's responsibility for an indicator.
func (w *Writer) DeleteOwned(ctx context.Context, account kpi.AccountID, id kpi.IndicatorID) error {
	return w.exec(ctx, `DELETE FROM owners WHERE account_id = $1 AND indicator_id = $2`, account, id)
}
