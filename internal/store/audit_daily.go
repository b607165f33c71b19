package store

import (
	"context"

	"dabiao/internal/kpi"
)

// DailyHead is the end of the audit log as one channel is sent it on a day.
type DailyHead struct {
	Head
	ID      int64
	Channel kpi.ChannelID
	Dated   kpi.Date
	Tries   int
}

const dailyHeadQuery = `SELECT id, channel_id, dated, tries, entries, code, hash, at FROM audit_heads `

func scanDailyHead(s scanner) (h DailyHead, err error) {
	err = s.Scan(&h.ID, &h.Channel, &h.Dated, &h.Tries, &h.Entries, &h.Code, &h.Hash, &h.At)
	return h, err
}

// ChannelsWithHead returns the channels that have a head of a day, sent or to be sent.
func (r *Reader) ChannelsWithHead(ctx context.Context, day kpi.Date) ([]kpi.ChannelID, error) {
	return all(ctx, r, func(s scanner) (c kpi.ChannelID, err error) { err = s.Scan(&c); return c, err },
		`SELECT channel_id FROM audit_heads WHERE dated = $1`, day)
}

// InsertDailyHead queues a head for a channel and a day; one that it has of that day already stays.
func (w *Writer) InsertDailyHead(ctx context.Context, h DailyHead, due kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO audit_heads (channel_id, dated, entries, code, hash, at, state, tries, due_at, said)
		VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, '') ON CONFLICT (channel_id, dated) DO NOTHING`,
		h.Channel, h.Dated, h.Entries, h.Code, h.Hash, h.At, due)
}

// DueHeads lists the heads due by now, the oldest first.
func (r *Reader) DueHeads(ctx context.Context, now kpi.UnixMilli) ([]DailyHead, error) {
	return all(ctx, r, scanDailyHead, dailyHeadQuery+`WHERE state = 'waiting' AND (due_at <= $1 OR due_at > $2)
		ORDER BY id`, now, now+outboxAhead)
}

// SetDailyHead sets the state of a head as SetOutbox does.
func (w *Writer) SetDailyHead(ctx context.Context, id int64, state string, due kpi.UnixMilli, said string) error {
	return w.setQueued(ctx, "audit_heads", id, state, due, said)
}

// setQueued sets the state of a message of its own as SetOutbox does that of notices.
func (w *Writer) setQueued(ctx context.Context, table string, id int64, state string, due kpi.UnixMilli,
	said string) error {
	tried := 0
	if state == "taken" {
		tried = 1
	}
	return w.exec(ctx, `UPDATE `+table+` SET state = $1, due_at = $2, said = $3, tries = tries + $4 WHERE id = $5`,
		state, due, said, tried, id)
}
