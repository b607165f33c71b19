package store

import (
	"context"
	"strings"

	"dabiao/internal/kpi"
)

const channelQuery = `SELECT c.id, c.kind, c.name, c.address, c.security, c.account, c.secret, c.sender, c.recipients,
	c.events, c.language,
	c.made_by, c.made_at, COALESCE(c.ended_at, 0) FROM channels c `

func scanChannel(s scanner) (c kpi.Channel, err error) {
	var recipients, events string
	err = s.Scan(&c.ID, &c.Kind, &c.Name, &c.Address, &c.Security, &c.Account, &c.Secret, &c.Sender,
		&recipients, &events, &c.Language,
		&c.MadeBy, &c.MadeAt, &c.EndedAt)
	if recipients != "" {
		c.Recipients = strings.Split(recipients, ",")
	}
	for e := range strings.SplitSeq(events, ",") {
		c.Events = append(c.Events, kpi.NoticeKind(e))
	}
	return c, err
}

// Channels lists the channels in use, with their secrets.
func (r *Reader) Channels(ctx context.Context) ([]kpi.Channel, error) {
	return all(ctx, r, scanChannel, channelQuery+`WHERE c.ended_at IS NULL ORDER BY c.id`)
}

// Channel returns the channel with an ID, even if it is no longer in use.
func (r *Reader) Channel(ctx context.Context, id kpi.ChannelID) (kpi.Channel, error) {
	return one(ctx, r, kpi.Missing("channel_not_found"), scanChannel, channelQuery+`WHERE c.id = $1`, id)
}

// InsertChannel adds a channel and returns its ID.
func (w *Writer) InsertChannel(ctx context.Context, c kpi.Channel) (kpi.ChannelID, error) {
	events := make([]string, len(c.Events))
	for i, e := range c.Events {
		events[i] = string(e)
	}
	return insert[kpi.ChannelID](ctx, w, `INSERT INTO channels
		(kind, name, address, security, account, secret, sender, recipients, events, language, made_by, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.Kind, c.Name, c.Address, c.Security, c.Account, c.Secret, c.Sender,
		strings.Join(c.Recipients, ","), strings.Join(events, ","), c.Language, c.MadeBy, c.MadeAt)
}

// EndChannel takes a channel out of use and deletes its secret. Whatever still waits for it is marked
// as failed.
func (w *Writer) EndChannel(ctx context.Context, id kpi.ChannelID, at kpi.UnixMilli) error {
	if err := w.exec(ctx, `UPDATE channels SET ended_at = $1, secret = '' WHERE id = $2`, at, id); err != nil {
		return err
	}
	for _, table := range queues {
		if err := w.exec(ctx, `UPDATE `+table+` SET state = 'failed', said = 'channel_ended'
			WHERE channel_id = $1 AND state = 'waiting'`, id); err != nil {
			return err
		}
	}
	return nil
}
