package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// DailyHead is the end of the audit log as one channel is sent it on a day.
type DailyHead = store.DailyHead

// RecordHeads queues the end of the audit log, as it is now, for every channel that wants it and has none of today. It
// returns how many.
func (a *App) RecordHeads(ctx context.Context) (int, error) {
	due, err := read(ctx, a, func(r *store.Reader) ([]kpi.ChannelID, error) { return a.headsDue(ctx, r) })
	if err != nil || len(due) == 0 {
		return 0, err
	}
	return write(ctx, a, func(w *store.Writer) (int, error) {
		due, err := a.headsDue(ctx, &w.Reader) // another server may have queued them since
		if err != nil || len(due) == 0 {
			return 0, err
		}
		head, err := w.AuditHead(ctx)
		if err != nil {
			return 0, err
		}
		for _, c := range due {
			if err := w.InsertDailyHead(ctx, store.DailyHead{Head: head, Channel: c, Dated: a.Today()}, a.stamp()); err != nil {
				return 0, err
			}
		}
		return len(due), nil
	})
}

// headsDue returns the channels that are to be sent today's head and have none yet.
func (a *App) headsDue(ctx context.Context, r *store.Reader) (out []kpi.ChannelID, err error) {
	channels, err := r.Channels(ctx)
	if err != nil {
		return nil, err
	}
	have, err := r.ChannelsWithHead(ctx, a.Today())
	for _, c := range channels {
		if c.Wants(kpi.NoticeHead) && !slices.Contains(have, c.ID) {
			out = append(out, c.ID)
		}
	}
	return out, err
}
