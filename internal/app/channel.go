package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// ChannelView is a channel as administrators see it: without its secret, with the results of its
// deliveries.
type ChannelView struct {
	kpi.Channel
	HasSecret bool
	Counts    map[string]int // by state: waiting, taken, sent, unsure, failed
	Said      string         // the last error
}

// Channels lists the channels in use. Refusal: Forbidden.
func (a *App) Channels(ctx context.Context, actor kpi.Actor) ([]ChannelView, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]ChannelView, error) {
		channels, err := r.Channels(ctx)
		if err != nil {
			return nil, err
		}
		states, said, err := r.ChannelStates(ctx)
		var out []ChannelView
		for _, c := range channels {
			v := ChannelView{Channel: c, HasSecret: c.Secret != "", Counts: states[c.ID], Said: said[c.ID]}
			v.Secret = ""
			out = append(out, v)
		}
		return out, err
	})
}

// AddChannel adds a channel. From then on the office's notices leave this machine. Refusals: Forbidden;
// Invalid by field.
func (a *App) AddChannel(ctx context.Context, actor kpi.Actor, c kpi.Channel) (kpi.Channel, error) {
	if err := actor.MayAdminister(); err != nil {
		return c, err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &c.Name), oneLine("address", &c.Address), oneLine("account", &c.Account),
		oneLine("sender", &c.Sender))
	c.Recipients = slices.DeleteFunc(slices.Clone(c.Recipients), func(s string) bool { return strings.TrimSpace(s) == "" })
	for i := range c.Recipients {
		readTexts(&m, oneLine("recipients", &c.Recipients[i]))
	}
	if len(c.Secret) > maxName {
		m.Add("secret", "text_malformed")
	}
	if len(c.Recipients) > 20 {
		m.Add("recipients", "text_malformed")
	}
	if !slices.ContainsFunc(c.Events, func(k kpi.NoticeKind) bool { return !k.Wanted() }) {
		m.Merge(checkChannel(c))
	} else {
		m.Add("events", "channel_events_missing")
	}
	if err := m.Err(); err != nil {
		return c, err
	}
	c.MadeBy, c.MadeAt = actor.Name, a.stamp()
	return write(ctx, a, func(w *store.Writer) (kpi.Channel, error) {
		var err error
		if c.ID, err = w.InsertChannel(ctx, c); err != nil {
			return c, err
		}
		return c, a.audit(ctx, w, actor, "channel.add", channelSubject(c.ID), channelDetail(c))
	})
}

// EndChannel takes a channel out of use and deletes its secret. Refusals: Forbidden, NotFound.
func (a *App) EndChannel(ctx context.Context, actor kpi.Actor, id kpi.ChannelID) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		c, err := w.Channel(ctx, id)
		if err != nil || c.EndedAt != 0 {
			return err
		}
		if err := w.EndChannel(ctx, id, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "channel.end", channelSubject(id), channelDetail(c))
	})
}

// Channel returns a channel with its secret, for sending a test message. Refusals: Forbidden, NotFound.
func (a *App) Channel(ctx context.Context, actor kpi.Actor, id kpi.ChannelID) (kpi.Channel, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.Channel{}, err
	}
	return read(ctx, a, func(r *store.Reader) (kpi.Channel, error) { return r.Channel(ctx, id) })
}

func channelSubject(id kpi.ChannelID) string { return fmt.Sprintf("channel %d", id) }

// channelDetail returns what the audit log says of a channel: not its whole address, because a robot's
// address is its password.
func channelDetail(c kpi.Channel) any {
	host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(c.Address, "https://"), "http://"), "/")
	return struct{ Kind, Name, Host string }{string(c.Kind), c.Name, host}
}
