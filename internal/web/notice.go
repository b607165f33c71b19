package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/notice"
)

// noticePageSize is how many notices one page shows.
const noticePageSize = 50

func (s *Server) getNotices(c *fiber.Ctx, v *visit) error {
	notices, err := s.App.Notices(c.UserContext(), v.actor, kpi.NoticeID(c.QueryInt("before")), noticePageSize)
	if err != nil {
		return err
	}
	open, _, err := s.App.Questions(c.UserContext(), v.actor)
	if err != nil {
		return err
	}
	due, day, err := s.App.NextDue(c.UserContext())
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "notice_list", newNoticesPage(pc, notices, open, due, day))
}

func (s *Server) getChannels(c *fiber.Ctx, v *visit) error {
	return s.showChannels(c, v, fiber.StatusOK, channelInput{})
}

// showChannels is where notices are sent, with the form for one more.
func (s *Server) showChannels(c *fiber.Ctx, v *visit, status int, in channelInput) (err error) {
	if in.Channels, err = s.App.Channels(c.UserContext(), v.actor); err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done != "" && v.printer.Has("channel.done."+done) {
		pc.Notice = v.printer.T("channel.done." + done)
	}
	return s.render(c, status, "channel_list", newChannelsPage(pc, in))
}

func (s *Server) postChannel(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	channel := kpi.Channel{Kind: kpi.ChannelKind(f.Get("kind")), Name: f.Get("name"), Address: strings.TrimSpace(f.Get("address")),
		Secret: f.Get("secret"), Language: string(v.printer.Tag())}
	if channel.Kind == kpi.MailChannel {
		channel.Security, channel.Account, channel.Sender = kpi.Security(f.Get("security")), f.Get("account"), strings.TrimSpace(f.Get("sender"))
		for r := range strings.FieldsFuncSeq(f.Get("recipients"), func(r rune) bool { return strings.ContainsRune(",，;；\n", r) }) {
			channel.Recipients = append(channel.Recipients, strings.TrimSpace(r))
		}
	}
	for _, k := range kpi.NoticeKinds {
		if f.Get("event_"+string(k)) != "" {
			channel.Events = append(channel.Events, k)
		}
	}
	_, err = s.App.AddChannel(c.UserContext(), v.actor, channel)
	if e, status, ok := refusalOf(err); ok {
		return s.showChannels(c, v, status, channelInput{Typed: f.Values, Refusal: e})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/channels?done=added", fiber.StatusSeeOther)
}

func (s *Server) postChannelEnd(c *fiber.Ctx, v *visit) error {
	return s.changeChannel(c, v, func(id kpi.ChannelID) (string, error) {
		return "ended", s.App.EndChannel(c.UserContext(), v.actor, id)
	})
}

// postChannelTry sends a message that says the channel works, and tells what came of it.
func (s *Server) postChannelTry(c *fiber.Ctx, v *visit) error {
	return s.changeChannel(c, v, func(id kpi.ChannelID) (string, error) {
		channel, err := s.App.Channel(c.UserContext(), v.actor, id)
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

func (s *Server) changeChannel(c *fiber.Ctx, v *visit, change func(kpi.ChannelID) (done string, err error)) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	id, err := c.ParamsInt("id")
	if err != nil {
		return kpi.Missing("channel_not_found")
	}
	done, err := change(kpi.ChannelID(id))
	if e, status, ok := refusalOf(err); ok {
		return s.showChannels(c, v, status, channelInput{Failed: e})
	}
	if err != nil {
		return err
	}
	return c.Redirect("/channels?done="+done, fiber.StatusSeeOther)
}
