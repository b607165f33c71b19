package store

import (
	"context"

	"dabiao/internal/kpi"
)

// LateBackup is that the newest backup is late, as one channel is told.
type LateBackup struct {
	ID      int64
	Channel kpi.ChannelID
	Newest  kpi.UnixMilli // 0: there is none
	Tries   int
}

func scanLateBackup(s scanner) (b LateBackup, err error) {
	err = s.Scan(&b.ID, &b.Channel, &b.Newest, &b.Tries)
	return b, err
}

// ChannelsToldLate returns the channels that were told, or are to be, that a backup is the last that came.
func (r *Reader) ChannelsToldLate(ctx context.Context, newest kpi.UnixMilli) ([]kpi.ChannelID, error) {
	return all(ctx, r, func(s scanner) (c kpi.ChannelID, err error) { err = s.Scan(&c); return c, err },
		`SELECT channel_id FROM late_backups WHERE newest = $1`, newest)
}

// InsertLateBackup queues that the newest backup is late for a channel, once.
func (w *Writer) InsertLateBackup(ctx context.Context, c kpi.ChannelID, newest, due kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO late_backups (channel_id, newest, state, tries, due_at, said)
		VALUES ($1, $2, 'waiting', 0, $3, '') ON CONFLICT (channel_id, newest) DO NOTHING`, c, newest, due)
}

// DueLateBackups lists what is due by now, the oldest first.
func (r *Reader) DueLateBackups(ctx context.Context, now kpi.UnixMilli) ([]LateBackup, error) {
	return all(ctx, r, scanLateBackup, `SELECT id, channel_id, newest, tries FROM late_backups
		WHERE state = 'waiting' AND (due_at <= $1 OR due_at > $2) ORDER BY id`, now, now+outboxAhead)
}

// SetLateBackup sets the state of one as SetOutbox does.
func (w *Writer) SetLateBackup(ctx context.Context, id int64, state string, due kpi.UnixMilli, said string) error {
	return w.setQueued(ctx, "late_backups", id, state, due, said)
}

// Since returns when the first entry of the audit log was made; 0 if it has none.
func (r *Reader) Since(ctx context.Context) (kpi.UnixMilli, error) {
	return one(ctx, r, nil, func(s scanner) (at kpi.UnixMilli, err error) { return at, s.Scan(&at) },
		`SELECT COALESCE((SELECT at FROM audit ORDER BY id LIMIT 1), 0)`)
}
