package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Locks lists the lockings and reopenings of a year's months, oldest first.
func (r *Reader) Locks(ctx context.Context, y kpi.Year) (kpi.Locks, error) {
	return all(ctx, r, func(s scanner) (l kpi.Lock, err error) {
		err = s.Scan(&l.Period.Year, &l.Period.Month, &l.Act, &l.Reason, &l.Seen, &l.By, &l.ByName, &l.At)
		return l, err
	}, `SELECT l.year, l.month, l.act, l.reason, l.seen, l.done_by, COALESCE(NULLIF(a.full_name, ''), l.done_by), l.done_at
		FROM locks l LEFT JOIN accounts a ON a.name = l.done_by WHERE l.year = $1 ORDER BY l.id`, y)
}

// InsertLock adds a record, with the newest log entry at this moment.
func (w *Writer) InsertLock(ctx context.Context, l kpi.Lock) error {
	return w.exec(ctx, `INSERT INTO locks (year, month, act, reason, seen, done_by, done_at)
		SELECT $1, $2, $3, $4, COALESCE(MAX(id), 0), $5, $6 FROM updates`,
		l.Period.Year, l.Period.Month, l.Act, l.Reason, l.By, l.At)
}

// LoggedWithin lists up to limit entries dated in the month of a window and logged within it, oldest
// first.
func (r *Reader) LoggedWithin(ctx context.Context, w kpi.Window, limit int) ([]kpi.Update, error) {
	month, until := w.Opened.Period.String(), w.Until
	if until == 0 {
		until = 1<<63 - 1
	}
	return all(ctx, r, scanUpdate, updateQuery+`WHERE `+yearOfEntry+` = $1 AND u.id > $2 AND u.id <= $3
		AND substr(u.dated, 1, 7) = $4 ORDER BY u.id LIMIT $5`,
		w.Opened.Period.Year, w.Opened.Seen, until, month, limit)
}

// GivenFilesWithin lists up to limit entries of the month of a window that existed before it and got
// files within it, oldest first.
func (r *Reader) GivenFilesWithin(ctx context.Context, w kpi.Window, limit int) ([]kpi.Update, error) {
	ended := w.Ended
	if ended == 0 {
		ended = 1<<63 - 1
	}
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.id IN (SELECT e.update_id FROM evidence e
		WHERE e.year = $1 AND e.added_at >= $2 AND e.added_at < $3) AND substr(u.dated, 1, 7) = $4 AND u.id <= $5
		ORDER BY u.id LIMIT $6`, w.Opened.Period.Year, w.Opened.At, ended, w.Opened.Period.String(), w.Opened.Seen, limit)
}
