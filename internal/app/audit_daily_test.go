package app_test

import (
	"errors"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// heads takes what is due, which must be want heads.
func (b *bureau) heads(want int) []app.Parcel {
	b.Helper()
	_, err := b.app.RecordHeads(ctx)
	b.must(err)
	parcels, err := b.app.TakeOutbox(ctx)
	b.must(err)
	if len(parcels) != want {
		b.Fatalf("%d messages are due, want %d", len(parcels), want)
	}
	for _, p := range parcels {
		if p.Head == nil || p.Head.Dated != b.app.Today() || len(p.Notices) > 0 || p.Channel.Address == "" {
			b.Errorf("taken: %+v", p)
		}
	}
	return parcels
}

// A channel that asks for it is sent the end of the audit log once a day, and the log answers for what it was sent.
func TestTheEndOfTheLogGoesOutOnceADay(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.channel(kpi.NoticeRed)
		b.heads(0)
		b.channel(kpi.NoticeHead)
		first := b.heads(1)[0]
		b.log("screened", "east", "2026-06-01", 3)
		b.heads(0)
		b.must(b.app.Delivered(ctx, first, nil, false))
		b.clock = b.clock.Add(23 * time.Hour)
		if b.app.Today() == first.Head.Dated {
			b.Fatal("the clock of this test began too early in the day")
		}
		second := b.heads(1)[0]
		b.must(b.app.Delivered(ctx, second, nil, false))
		b.heads(0)
		if second.Head.Entries <= first.Head.Entries || second.Head.Code == first.Head.Code {
			b.Errorf("the second is %+v, the first %+v", second.Head, first.Head)
		}
		for _, sent := range []app.Parcel{first, second} {
			checked, err := b.app.CheckCode(ctx, kpi.Operator, sent.Head.String())
			b.must(err)
			if !checked.Agrees || sent.Head.Hash == "" {
				b.Errorf("the log does not know %s: %+v", sent.Head, checked)
			}
		}
		b.clock = b.clock.AddDate(0, 0, -1) // a clock that is set back
		b.heads(0)
		b.wantVerified()
	})
}

// What was refused is sent again, with the head of its day; what was handed over without an answer is not.
func TestAnEndOfTheLogThatWasRefusedIsSentAgain(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		c := b.channel(kpi.NoticeHead)
		p := b.heads(1)[0]
		b.must(b.app.Delivered(ctx, p, errors.New("busy"), false))
		b.heads(0)
		b.log("screened", "east", "2026-06-01", 3)
		b.clock = b.clock.Add(61 * time.Second)
		again := b.heads(1)[0]
		if again.Head.Head != p.Head.Head {
			b.Errorf("sent again: %+v, first: %+v", again.Head, p.Head)
		}
		b.must(b.app.Delivered(ctx, again, errors.New("no answer"), true))
		b.clock = b.clock.Add(time.Hour)
		b.heads(0)
		b.clock = b.clock.AddDate(0, 0, 1)
		b.must(b.app.Delivered(ctx, b.heads(1)[0], errors.New("busy"), false))
		b.must(b.app.EndChannel(ctx, kpi.Operator, c.ID))
		b.clock = b.clock.AddDate(0, 0, 1)
		b.heads(0)
		b.channel(kpi.NoticeHead)
		b.heads(1) // and the process ends before it reports
		b.clock = b.clock.Add(11 * time.Minute)
		b.heads(0)
		views, err := b.app.Channels(ctx, kpi.Operator)
		b.must(err)
		if len(views) != 1 || views[0].Counts["unsure"] != 1 {
			b.Errorf("%+v", views)
		}
	})
}
