package handler

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/notice"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getChannels(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showChannels(c, v, fiber.StatusOK, page.ChannelInput{})
}

// showChannels lists the channels that notices are sent to, with the form for a new one.
func (s Pages) showChannels(c *fiber.Ctx, v *middleware.Visit, status int, in page.ChannelInput) (err error) {
	if in.Channels, err = s.App.Channels(c.UserContext(), v.Actor); err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "channel")
	return s.Render(c, status, "channel_list", page.NewChannels(pc, in))
}

func (s Pages) postChannel(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	channel := kpi.Channel{Kind: kpi.ChannelKind(f.Get("kind")), Name: f.Get("name"),
		Address: strings.TrimSpace(f.Get("address")), Secret: f.Get("secret"), Language: string(v.Printer.Tag())}
	if channel.Kind == kpi.MailChannel {
		channel.Security = kpi.Security(f.Get("security"))
		channel.Account = f.Get("account")
		channel.Sender = strings.TrimSpace(f.Get("sender"))
		for r := range strings.FieldsFuncSeq(f.Get("recipients"),
			func(r rune) bool { return strings.ContainsRune(",，;；\n", r) }) {
			channel.Recipients = append(channel.Recipients, strings.TrimSpace(r))
		}
	}
	for _, k := range kpi.ChannelEvents {
		if f.Get("event_"+string(k)) != "" {
			channel.Events = append(channel.Events, k)
		}
	}
	_, err = s.App.AddChannel(c.UserContext(), v.Actor, channel)
	return middleware.Posted(c, err, doneAbove("/channels", "added"), func(status int, refusal *kpi.Error) error {
		return s.showChannels(c, v, status, page.ChannelInput{Typed: f.Values, Refusal: refusal})
	})
}

func (s Pages) postChannelEnd(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeChannel(c, v, func(id kpi.ChannelID) (string, error) {
		return "ended", s.App.EndChannel(c.UserContext(), v.Actor, id)
	})
}

// postChannelTry sends a test message over a channel and reports the result.
func (s Pages) postChannelTry(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeChannel(c, v, func(id kpi.ChannelID) (string, error) {
		channel, err := s.App.Channel(c.UserContext(), v.Actor, id)
		if err != nil {
			return "", err
		}
		if channel.EndedAt != 0 {
			return "", kpi.Missing("channel_not_found")
		}
		if err := notice.Try(c.UserContext(), s.App, channel); err != nil {
			return "", kpi.Clash("channel_refused", channel.Name, err.Error())
		}
		return "tried", nil
	})
}

func (s Pages) changeChannel(c *fiber.Ctx, v *middleware.Visit,
	change func(kpi.ChannelID) (word string, err error)) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	id, err := c.ParamsInt("id")
	if err != nil {
		return kpi.Missing("channel_not_found")
	}
	word, err := change(kpi.ChannelID(id))
	return middleware.Posted(c, err, doneAt("/channels", word), func(status int, refusal *kpi.Error) error {
		return s.showChannels(c, v, status, page.ChannelInput{Failed: refusal})
	})
}
