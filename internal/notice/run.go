package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// checkEvery is the interval between checks for changes. The figures are computed only if something was
// written, or the day has changed.
const checkEvery = 5 * time.Second

// Run records notices and sends what is due, packages for the office above as well, until ctx ends. A message being
// sent at that time is completed.
func Run(ctx context.Context, a *app.App, near Near, log *slog.Logger) {
	var seen app.Stamp
	var day kpi.Date
	for wait := time.Second; ; wait = checkEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		err := app.Aside(func() error {
			at, err := a.Stamp(ctx)
			if err == nil && (at != seen || a.Today() != day) {
				if _, err = a.RecordNotices(ctx); err == nil {
					seen, day = at, a.Today()
				}
			}
			if err == nil {
				_, err = a.RecordHeads(ctx)
			}
			if err == nil {
				_, err = a.RecordLateBackup(ctx)
			}
			if err == nil {
				err = Send(ctx, a)
			}
			return errors.Join(err, PushDue(ctx, a, near, log))
		})
		if err != nil && ctx.Err() == nil {
			log.Error("notices", "error", err.Error())
		}
	}
}

// Send sends the messages that are due.
func Send(ctx context.Context, a *app.App) error {
	parcels, err := a.TakeOutbox(ctx)
	if err != nil {
		return err
	}
	for _, p := range parcels {
		refused := deliver(context.WithoutCancel(ctx), a, p)
		if err := a.Delivered(context.WithoutCancel(ctx), p, refused, errors.Is(refused, errUnsure)); err != nil {
			return err
		}
	}
	return nil
}

// Try sends a channel a test message.
func Try(ctx context.Context, a *app.App, c kpi.Channel) error {
	return deliver(ctx, a, app.Parcel{Channel: c})
}

func deliver(ctx context.Context, a *app.App, parcel app.Parcel) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	c, now := parcel.Channel, a.Now()
	tag, ok := lang.ParseTag(c.Language)
	if !ok {
		tag = lang.Chinese
	}
	p := lang.For(tag)
	office, err := a.Office(ctx)
	if err != nil {
		return err
	}
	name := p.Name(office.Name, office.NameEn)
	sample, err := isSample(ctx, a, parcel.Notices)
	if err != nil {
		return err
	}
	m := newMessage(p, name, sample, parcel.Notices)
	id := fmt.Sprintf("dabiao-%d-%d", c.ID, now.UnixMilli())
	switch n := len(parcel.Notices); {
	case n > 0:
		id = fmt.Sprintf("dabiao-%d-%d-%d", c.ID, parcel.Notices[0].ID, parcel.Notices[n-1].ID)
	case parcel.Head != nil:
		m, id = headMessage(p, name, *parcel.Head, a.Zone()), fmt.Sprintf("dabiao-%d-head-%s", c.ID, parcel.Head.Dated)
	case parcel.Late != nil:
		m = lateMessage(p, name, *parcel.Late, a.DayOf(parcel.Late.Newest))
		id = fmt.Sprintf("dabiao-%d-late-%d", c.ID, parcel.Late.Newest)
	default:
		m = message{subject: p.T("notice.try", name), lines: []string{p.T("notice.try", name)}}
	}
	if c.Kind == kpi.MailChannel {
		return sendMail(ctx, c, m, id, now)
	}
	return sendHook(ctx, p, name, m, parcel, id, now)
}

// isSample reports whether the notices are about a year with invented figures.
func isSample(ctx context.Context, a *app.App, notices []kpi.Notice) (bool, error) {
	years, err := a.Years(ctx)
	for _, y := range years {
		if len(notices) > 0 && y.Year == notices[0].Year {
			return y.Sample, err
		}
	}
	return false, err
}
