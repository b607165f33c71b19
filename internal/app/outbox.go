package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// outboxWaits are the delays before a refused message is tried again; after the last one it has failed.
var outboxWaits = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour,
	12 * time.Hour, 24 * time.Hour}

// outboxBatch is the most notices in one message; outboxLost is how long after being taken a message
// counts as lost.
const (
	outboxBatch = 50
	outboxLost  = 10 * time.Minute
)

// Parcel is one message: a channel and the notices for it, or the day's end of the audit log, or that the newest backup
// is late.
type Parcel struct {
	Channel kpi.Channel
	Notices []kpi.Notice
	Head    *DailyHead
	Late    *LateBackup
	ids     []int64
	tries   int
}

// TakeOutbox takes the messages due, one per channel. The caller alone owns what is returned and must
// report the result with Delivered. What was taken and never reported is not sent again, because nobody
// can tell whether it arrived.
func (a *App) TakeOutbox(ctx context.Context) ([]Parcel, error) {
	now := a.stamp()
	due, err := read(ctx, a, func(r *store.Reader) (int, error) {
		lost, err := r.TakenOutbox(ctx, now-ms(outboxLost))
		if err != nil {
			return 0, err
		}
		items, err := r.DueOutbox(ctx, now, 1)
		if err != nil {
			return 0, err
		}
		heads, err := r.DueHeads(ctx, now)
		if err != nil {
			return 0, err
		}
		late, err := r.DueLateBackups(ctx, now)
		return lost + len(items) + len(heads) + len(late), err
	})
	if err != nil || due == 0 {
		return nil, err
	}
	return write(ctx, a, func(w *store.Writer) ([]Parcel, error) {
		if err := w.MarkOutboxUnsure(ctx, now-ms(outboxLost)); err != nil {
			return nil, err
		}
		items, err := w.DueOutbox(ctx, now, outboxBatch)
		if err != nil {
			return nil, err
		}
		channels, err := w.Channels(ctx)
		if err != nil {
			return nil, err
		}
		ids := make([]int64, len(items))
		for i, o := range items {
			ids[i] = o.ID
		}
		heads, err := w.DueHeads(ctx, now)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			if err := w.SetDailyHead(ctx, h.ID, "taken", now, ""); err != nil {
				return nil, err
			}
		}
		late, err := w.DueLateBackups(ctx, now)
		if err != nil {
			return nil, err
		}
		for _, l := range late {
			if err := w.SetLateBackup(ctx, l.ID, "taken", now, ""); err != nil {
				return nil, err
			}
		}
		if len(ids) > 0 {
			err = w.SetOutbox(ctx, ids, "taken", now, "")
		}
		return parcels(items, heads, late, channels), err
	})
}

// parcels groups the items, which must be ordered by channel, into one message for each; a head is one of its own, and
// so is a late backup.
func parcels(items []store.OutboxItem, heads []store.DailyHead, late []store.LateBackup,
	channels []kpi.Channel) (out []Parcel) {
	byID := map[kpi.ChannelID]kpi.Channel{}
	for _, c := range channels {
		byID[c.ID] = c
	}
	for _, o := range items {
		if n := len(out); n == 0 || out[n-1].Channel.ID != o.Channel {
			out = append(out, Parcel{Channel: byID[o.Channel]})
		}
		p := &out[len(out)-1]
		p.Notices, p.ids, p.tries = append(p.Notices, o.Notice), append(p.ids, o.ID), max(p.tries, o.Tries)
	}
	for _, h := range heads {
		out = append(out, Parcel{Channel: byID[h.Channel], Head: &h, tries: h.Tries})
	}
	for _, l := range late {
		out = append(out, Parcel{Channel: byID[l.Channel], Late: &l, tries: l.Tries})
	}
	return out
}

// Delivered records the result of sending a message. unsure means that it was handed over and nobody
// can tell whether it arrived; it is not sent again. Otherwise a refused message is tried again, for
// two days.
func (a *App) Delivered(ctx context.Context, p Parcel, refused error, unsure bool) error {
	state, due, said := "sent", a.stamp(), ""
	if refused != nil {
		said = refused.Error()
		if runes := []rune(said); len(runes) > maxName {
			said = string(runes[:maxName])
		}
	}
	switch {
	case refused == nil:
	case unsure:
		state = "unsure"
	case p.tries < len(outboxWaits):
		state, due = "waiting", due+ms(outboxWaits[p.tries])
	default:
		state = "failed"
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		switch {
		case p.Head != nil:
			return w.SetDailyHead(ctx, p.Head.ID, state, due, said)
		case p.Late != nil:
			return w.SetLateBackup(ctx, p.Late.ID, state, due, said)
		}
		return w.SetOutbox(ctx, p.ids, state, due, said)
	})
}
