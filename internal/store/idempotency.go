package store

import (
	"context"
	"database/sql"
	"errors"

	"dabiao/internal/kpi"
)

// FingerprintLength is how many hexadecimal digits of a digest tell that a key is used for something else by mistake:
// as many as migration 17 left of those of before.
const FingerprintLength = 16

// Answered looks up a write already answered under an idempotency key: its fingerprint and its result
// (an ID). ok is false for a new key.
func (r *Reader) Answered(ctx context.Context, account, key string) (fingerprint string,
	result int64, ok bool, err error) {
	err = r.tx.QueryRowContext(ctx, `SELECT fingerprint, result FROM idempotency WHERE account = $1 AND key = $2`,
		account, key).Scan(&fingerprint, &result)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, false, nil
	}
	return fingerprint, result, err == nil, err
}

// InsertAnswer stores the result of a write under its idempotency key.
func (w *Writer) InsertAnswer(ctx context.Context, account, key, fingerprint string, result int64,
	at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO idempotency (account, key, fingerprint, result, at) VALUES ($1, $2, $3, $4, $5)`,
		account, key, fingerprint, result, at)
}
