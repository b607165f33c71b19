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
	ask := func() (a answer, err error) {
		err = r.tx.QueryRowContext(ctx, `SELECT fingerprint, result FROM idempotency WHERE account = $1 AND key = $2`,
			account, key).Scan(&a.fingerprint, &a.result)
		if errors.Is(err, sql.ErrNoRows) {
			return answer{}, nil
		}
		a.used = err == nil
		return a, err
	}
	var a answer
	if d := r.tx.work; d != nil {
		a, err = r.answer(d, answerID{account, key}, ask)
	} else {
		a, err = ask()
	}
	return a.fingerprint, a.result, a.used, err
}

// InsertAnswer stores the result of a write under its idempotency key.
func (w *Writer) InsertAnswer(_ context.Context, account, key, fingerprint string, result int64,
	at kpi.UnixMilli) error {
	id, l := answerID{account, key}, &w.tx.work.own
	put(&l.answers, id, answer{fingerprint, result, true})
	put(&l.said, id, at)
	return nil
}
