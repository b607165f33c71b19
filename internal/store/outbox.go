package store

import (
	"context"
	"fmt"
	"strings"

	"dabiao/internal/kpi"
)

// queues are the tables of what is sent to channels: notices and messages of their own.
var queues = []string{"outbox", "audit_heads", "late_backups"}

// ofQueues asks the same of each of the queues; %s stands for the table.
func ofQueues(query string) string {
	parts := make([]string, len(queues))
	for i, table := range queues {
		parts[i] = strings.ReplaceAll(query, "%s", table)
	}
	return strings.Join(parts, " UNION ALL ")
}

// OutboxItem is one notice to be sent to one channel.
type OutboxItem struct {
	ID      int64
	Channel kpi.ChannelID
	Tries   int
	Notice  kpi.Notice
}

// outboxAhead is longer than any wait: what is due later was queued while a clock ran ahead, and is due now.
const outboxAhead = kpi.UnixMilli(48 * 60 * 60 * 1000)

// InsertOutbox queues a notice for a channel.
func (w *Writer) InsertOutbox(ctx context.Context, n kpi.NoticeID, c kpi.ChannelID, due kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO outbox (notice_id, channel_id, state, tries, due_at, said)
		VALUES ($1, $2, 'waiting', 0, $3, '')`, n, c, due)
}

// DueOutbox lists up to limit items due by now, by channel, oldest first.
func (r *Reader) DueOutbox(ctx context.Context, now kpi.UnixMilli, limit int) ([]OutboxItem, error) {
	items, err := all(ctx, r, func(s scanner) (o OutboxItem, err error) {
		err = s.Scan(&o.ID, &o.Channel, &o.Tries, &o.Notice.ID)
		return o, err
	}, `SELECT o.id, o.channel_id, o.tries, o.notice_id FROM outbox o WHERE o.state = 'waiting'
			AND (o.due_at <= $1 OR o.due_at > $2)
		ORDER BY o.channel_id, o.id LIMIT $3`, now, now+outboxAhead, limit)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	byID := map[kpi.NoticeID]kpi.Notice{}
	for _, o := range items {
		byID[o.Notice.ID] = kpi.Notice{}
	}
	err = fill(ctx, r, byID, scanNotice, func(n kpi.Notice) (kpi.NoticeID, kpi.Notice) { return n.ID, n },
		noticeQuery+`WHERE n.id IN (%s)`)
	if err != nil {
		return nil, err
	}
	notices := make([]kpi.Notice, len(items))
	for i, o := range items {
		notices[i] = byID[o.Notice.ID]
	}
	if err := r.fillNoticeIndicators(ctx, notices); err != nil {
		return nil, err
	}
	for i := range items {
		items[i].Notice = notices[i]
	}
	return items, nil
}

// SetOutbox sets the state of items, when they are due again, and what went wrong. The state "taken"
// counts as one more try.
func (w *Writer) SetOutbox(ctx context.Context, ids []int64, state string, due kpi.UnixMilli, said string) error {
	marks, args := list(ids)
	tried := 0
	if state == "taken" {
		tried = 1
	}
	n := len(args)
	return w.exec(ctx, fmt.Sprintf(`UPDATE outbox SET state = $%d, due_at = $%d, said = $%d, tries = tries + $%d
		WHERE id IN (%s)`,
		n+1, n+2, n+3, n+4, marks), append(args, state, due, said, tried)...)
}

// MarkOutboxUnsure marks as unsure the items that a process took before the given moment without reporting
// a result: nobody can tell whether they arrived.
func (w *Writer) MarkOutboxUnsure(ctx context.Context, before kpi.UnixMilli) error {
	for _, table := range queues {
		err := w.exec(ctx, `UPDATE `+table+` SET state = 'unsure' WHERE state = 'taken'
			AND (due_at < $1 OR due_at > $2)`, before, before+outboxAhead)
		if err != nil {
			return err
		}
	}
	return nil
}

// TakenOutbox returns the number of items taken before a moment without a result.
func (r *Reader) TakenOutbox(ctx context.Context, before kpi.UnixMilli) (int, error) {
	return one(ctx, r, nil, scanCount, `SELECT COUNT(*) FROM (`+
		ofQueues(`SELECT due_at FROM %s WHERE state = 'taken'`)+`) AS taken WHERE due_at < $1 OR due_at > $2`, before, before+outboxAhead)
}

// ChannelStates returns the number of items of each channel by state, and each channel's last error.
func (r *Reader) ChannelStates(ctx context.Context) (counts map[kpi.ChannelID]map[string]int,
	said map[kpi.ChannelID]string, err error) {
	type row struct {
		channel kpi.ChannelID
		text    string
		n       int
	}
	scan := func(s scanner) (v row, err error) { err = s.Scan(&v.channel, &v.text, &v.n); return v, err }
	rows, err := all(ctx, r, scan, `SELECT channel_id, state, SUM(n) FROM
		(`+ofQueues(`SELECT channel_id, state, COUNT(*) AS n FROM %s GROUP BY channel_id, state`)+`) AS messages
		GROUP BY channel_id, state`)
	if err != nil {
		return nil, nil, err
	}
	counts, said = map[kpi.ChannelID]map[string]int{}, map[kpi.ChannelID]string{}
	for _, v := range rows {
		if counts[v.channel] == nil {
			counts[v.channel] = map[string]int{}
		}
		counts[v.channel][v.text] = v.n
	}
	rows, err = all(ctx, r, scan, ofQueues(`SELECT channel_id, said, 0 FROM %s
		WHERE id IN (SELECT MAX(id) FROM %s WHERE said <> '' GROUP BY channel_id)`))
	for _, v := range rows {
		said[v.channel] = v.text
	}
	return counts, said, err
}
