package page

import (
	"net/url"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// noticePages are the pages about notices, in all their states.
func noticePages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	pc.Actor = kpi.Actor{ID: 1, Name: "admin", Role: kpi.Admin}
	pc.Notices = 3
	target, rate, below := kpi.Whole(1200), kpi.Percent(37_25), kpi.Whole(40)
	ind := sampleSpecs[0].indicator(1)
	notices := []kpi.Notice{
		{ID: 3, Kind: kpi.NoticeBudget, Year: 2026, Dated: "2026-07-01", Month: 6,
			Frozen: kpi.Frozen{Light: kpi.FarBehind, Target: &below, Rate: &rate}},
		{ID: 2, Kind: kpi.NoticeRed, Year: 2026, Dated: "2026-07-01", Indicator: ind,
			Frozen: kpi.Frozen{Light: kpi.FarBehind, Quantity: kpi.Exactly(kpi.Whole(447)), HasAmount: true,
				Target: &target, Rate: &rate}},
		{ID: 1, Kind: kpi.NoticeOverdue, Year: 2026, Dated: "2026-06-28", Indicator: ind,
			Frozen: kpi.Frozen{Light: kpi.NoData}},
	}
	channels := []app.ChannelView{
		{Channel: kpi.Channel{ID: 1, Kind: kpi.MailChannel, Name: "办公室邮箱", Address: "smtp.example:587",
			Recipients: []string{"a@b.example", "c@d.example"}},
			HasSecret: true, Counts: map[string]int{"sent": 12}},
		{Channel: kpi.Channel{ID: 2, Kind: kpi.WeComChannel, Name: "工作群",
			Address: "https://qyapi.example/robot?key=robot-k3y"},
			Counts: map[string]int{"failed": 1}, Said: "the robot answers 93000"},
	}
	refused := ChannelInput{Channels: channels, Typed: url.Values{"name": {"群"}, "kind": {"wecom"}, "address": {"qyapi"},
		"secret": {"typed in clear"}},
		Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
			Fields: []kpi.Field{{Name: "address", Text: kpi.T("channel_url_malformed")}}},
		Failed: kpi.Clash("channel_refused", "工作群", "the robot answers 93000")}
	return map[string]any{
		"notice_list": NewNotices(pc, notices, sampleQuestions()[:1],
			kpi.Period{Year: 2026, Month: 6}, "2026-07-05"),
		"channel_list":         NewChannels(pc, ChannelInput{Channels: channels}),
		"channel_list:refused": NewChannels(pc, refused),
	}
}
