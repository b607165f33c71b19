package app_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// kinds returns all notices, oldest first, as kind and indicator.
func (b *bureau) notices() (out []string) {
	b.Helper()
	all, err := b.app.Notices(ctx, kpi.Operator, 0, 100)
	b.must(err)
	for _, n := range slices.Backward(all) {
		out = append(out, string(n.Kind)+" "+n.Indicator.Code)
	}
	return out
}

func (b *bureau) compared(want int) {
	b.Helper()
	n, err := b.app.RecordNotices(ctx)
	b.must(err)
	if n != want {
		b.Errorf("%d notices, want %d: %q", n, want, b.notices())
	}
}

// noticed returns an office with one target of 120, nothing logged, and one comparison done.
func (b *bureau) noticed() {
	b.Helper()
	b.indicator("leaflets", kpi.Flow, "人")
	_, err := b.app.SetTarget(ctx, kpi.Operator,
		app.NewTarget{Indicator: "leaflets", Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(120)}})
	b.must(err)
	b.compared(0)
}

func (b *bureau) channel(kinds ...kpi.NoticeKind) kpi.Channel {
	b.Helper()
	c, err := b.app.AddChannel(ctx, kpi.Operator, kpi.Channel{Kind: kpi.JSONChannel, Name: "hook",
		Address: "https://hook.example/x",
		Secret:  "s3cret", Events: kinds, Language: "zh-CN"})
	b.must(err)
	return c
}

func TestAFigureIsNoticedOnceWhenItTurnsRedAndWhenItIsReached(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.noticed()
		b.channel(kpi.NoticeRed)
		b.compared(0)
		b.log("leaflets", "county", "2026-06-10", 5) // of 55 expected by 15 June
		b.compared(1)
		b.compared(0)
		b.log("leaflets", "county", "2026-06-11", 50)
		b.compared(0)
		b.log("leaflets", "county", "2026-06-12", 100)
		b.compared(1)
		if got := b.notices(); !slices.Equal(got, []string{"red leaflets", "reached leaflets"}) {
			b.Errorf("%q", got)
		}
		all, err := b.app.Notices(ctx, b.staff, 0, 1)
		b.must(err)
		n := all[0]
		if n.Quantity.Amount != kpi.Whole(155) || *n.Target != kpi.Whole(120) || n.Rate.String() != "129.17" ||
			n.Light != kpi.Done || n.Dated != "2026-06-15" {
			b.Errorf("%+v", n)
		}
		parcels, err := b.app.TakeOutbox(ctx)
		b.must(err)
		if len(parcels) != 1 || len(parcels[0].Notices) != 1 || parcels[0].Notices[0].Kind != kpi.NoticeRed {
			b.Errorf("the outbox: %+v", parcels)
		}
		_, err = b.app.Notices(ctx, b.east, 0, 10)
		wantRefusal(b.T, err, kpi.Forbidden)
		b.wantVerified()
	})
}

// A figure that goes back and forth is reported once a day.
func TestANoticeOfAKindIsGivenOnceADay(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.noticed()
		b.log("leaflets", "county", "2026-06-10", 5)
		b.compared(1)
		other := b.log("leaflets", "county", "2026-06-11", 60)
		b.compared(0)
		_, err := b.app.WithdrawUpdate(ctx, b.staff, other.ID, "r", "", kpi.FromForm)
		b.must(err)
		b.compared(0)
		b.clock = b.clock.AddDate(0, 0, 1)
		b.log("leaflets", "county", "2026-06-11", 60)
		b.compared(0)
		if got := b.notices(); !slices.Equal(got, []string{"red leaflets"}) {
			b.Errorf("%q", got)
		}
	})
}

func TestAnIndicatorWithoutUpdatesBecomesOverdue(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.noticed()
		b.log("leaflets", "county", "2026-06-10", 110)
		b.compared(0)
		b.clock = b.clock.AddDate(0, 4, 0)
		b.compared(1)
		if got := b.notices(); !slices.Equal(got, []string{"overdue leaflets"}) {
			b.Errorf("%q", got)
		}
	})
}

func TestAMessageIsTakenOnceAndTriedAgainLater(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.noticed()
		b.channel(kpi.NoticeRed)
		b.log("leaflets", "county", "2026-06-10", 5)
		b.compared(1)
		take := func(want int) []app.Parcel {
			b.Helper()
			parcels, err := b.app.TakeOutbox(ctx)
			b.must(err)
			if len(parcels) != want {
				b.Fatalf("%d messages are due, want %d", len(parcels), want)
			}
			return parcels
		}
		p := take(1)[0]
		if p.Channel.Secret != "s3cret" {
			b.Error("the sender does not know the secret")
		}
		take(0)
		b.must(b.app.Delivered(ctx, p, errors.New("busy"), false))
		take(0)
		b.clock = b.clock.Add(61 * time.Second)
		p = take(1)[0]
		b.must(b.app.Delivered(ctx, p, errors.New("busy"), false))
		b.clock = b.clock.Add(61 * time.Second)
		take(0)
		b.clock = b.clock.Add(5 * time.Minute)
		take(1) // and the process ends before it reports
		b.clock = b.clock.Add(11 * time.Minute)
		take(0) // nobody can tell whether it arrived
		b.clock = b.clock.Add(72 * time.Hour)
		take(0)
		views, err := b.app.Channels(ctx, kpi.Operator)
		b.must(err)
		if len(views) != 1 || views[0].Counts["unsure"] != 1 || views[0].Secret != "" || !views[0].HasSecret {
			b.Errorf("%+v", views)
		}
	})
}

func TestAMessageThatIsAlwaysRefusedFailsInTheEnd(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.noticed()
		c := b.channel(kpi.NoticeRed)
		b.log("leaflets", "county", "2026-06-10", 5)
		b.compared(1)
		tries := 0
		for range 100 {
			parcels, err := b.app.TakeOutbox(ctx)
			b.must(err)
			for _, p := range parcels {
				tries++
				b.must(b.app.Delivered(ctx, p, errors.New("no such robot"), false))
			}
			b.clock = b.clock.Add(time.Hour)
		}
		views, err := b.app.Channels(ctx, kpi.Operator)
		b.must(err)
		if tries != 8 || views[0].Counts["failed"] != 1 || views[0].Said != "no such robot" {
			b.Errorf("%d tries, %+v", tries, views[0])
		}
		b.must(b.app.EndChannel(ctx, kpi.Operator, c.ID))
		views, err = b.app.Channels(ctx, kpi.Operator)
		b.must(err)
		if len(views) != 0 {
			b.Errorf("an ended channel is still used: %+v", views)
		}
	})
}

func TestAChannelThatCannotWorkIsRefused(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		good := kpi.Channel{Kind: kpi.MailChannel, Name: "n", Address: "smtp.example:587", Security: kpi.StartTLS,
			Sender:     "a@b.example",
			Recipients: []string{"c@d.example"}, Events: []kpi.NoticeKind{kpi.NoticeRed}}
		for field, spoil := range map[string]func(*kpi.Channel){
			"kind": func(c *kpi.Channel) { c.Kind = "pigeon" }, "name": func(c *kpi.Channel) { c.Name = "" },
			"address":    func(c *kpi.Channel) { c.Address = "smtp.example" },
			"security":   func(c *kpi.Channel) { c.Security = kpi.NoTLS },
			"sender":     func(c *kpi.Channel) { c.Sender = "me" },
			"recipients": func(c *kpi.Channel) { c.Recipients = []string{"x\r\nBcc: y"} },
			"events":     func(c *kpi.Channel) { c.Events = nil },
		} {
			c := good
			spoil(&c)
			_, err := b.app.AddChannel(ctx, kpi.Operator, c)
			var refusal *kpi.Error
			if !errors.As(err, &refusal) || len(refusal.Fields) == 0 ||
				!slices.ContainsFunc(refusal.Fields, func(f kpi.Field) bool { return f.Name == field }) {
				b.Errorf("a wrong %s: %v", field, err)
			}
		}
		for _, address := range []string{"ftp://x", "https://u:p@x/", "hook.example", "https://", "javascript:1"} {
			_, err := b.app.AddChannel(ctx, kpi.Operator, kpi.Channel{Kind: kpi.WeComChannel, Name: "n", Address: address,
				Events: good.Events})
			wantRefusal(b.T, err, kpi.Invalid)
		}
		_, err := b.app.AddChannel(ctx, b.staff, good)
		wantRefusal(b.T, err, kpi.Forbidden)
		_, err = b.app.AddChannel(ctx, kpi.Operator, good)
		b.must(err)
	})
}

// A limit is told with its sign, also when it was revised since.
func TestANoticeKnowsTheSignOfItsTarget(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.indicator("complaints", kpi.Flow, "件")
		b.compared(0)
		limit := kpi.Target{Year: 2026, Sign: kpi.AtMostSign, Amount: kpi.Whole(3)}
		_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "complaints", Target: limit})
		b.must(err)
		b.compared(0)
		b.log("complaints", "county", "2026-06-10", 4)
		b.compared(1)
		b.clock = b.clock.Add(time.Hour)
		limit.Sign, limit.Reason = kpi.LessSign, "stricter"
		_, err = b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "complaints", Target: limit})
		b.must(err)
		all, err := b.app.Notices(ctx, b.staff, 0, 1)
		b.must(err)
		if len(all) != 1 || all[0].Sign != kpi.AtMostSign {
			b.Errorf("%+v", all)
		}
	})
}
