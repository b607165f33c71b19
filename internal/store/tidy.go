package store

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
)

// keptCopies is how many copies of before an upgrade are kept, however old.
const keptCopies = 2

// TidyCopies removes copies of before an upgrade that are older than before, but the latest, and returns how many it
// removed.
func (db *DB) TidyCopies(before time.Time) (removed int, err error) {
	if db.path == "" {
		return 0, nil
	}
	copies, err := filepath.Glob(db.path + beforeUpgrade + "*")
	if err != nil {
		return 0, err
	}
	slices.Sort(copies) // by their time
	for _, path := range copies[:max(0, len(copies)-keptCopies)] {
		gone, err := blob.RemoveOld(path, before)
		if err != nil {
			return removed, err
		}
		if gone {
			removed++
		}
	}
	return removed, nil
}

// forgottenAtOnce bounds how many keys one transaction forgets, so that others need not wait for long.
const forgottenAtOnce = 2000

// ForgetAnswers forgets idempotency keys that were used before a moment, a few at a time, and returns how many it
// forgot.
func (w *Writer) ForgetAnswers(ctx context.Context, before kpi.UnixMilli) (forgotten int, err error) {
	type used struct{ account, key string }
	scan := func(s scanner) (k used, err error) { err = s.Scan(&k.account, &k.key); return k, err }
	old, err := all(ctx, &w.Reader, scan,
		`SELECT account, key FROM idempotency WHERE at < $1 LIMIT $2`, before, forgottenAtOnce)
	for _, k := range old {
		if err := w.exec(ctx, `DELETE FROM idempotency WHERE account = $1 AND key = $2`, k.account, k.key); err != nil {
			return 0, err
		}
	}
	return len(old), err
}
