package page

import (
	"fmt"
	"net/url"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/notice"
)

// NoticePageSize is the number of notices on a page.
const NoticePageSize = 50

// noticesPage lists changes of the figures, newest first.
type noticesPage struct {
	Layout
	Hint     string
	Due      string // what is to be logged next, and how many days are left
	Reported string // address of who has not logged; "" for those who may not see it
	Days     []noticeDay
	Open     []questionView // questions without an answer
	Older    string         // address of the page with older notices; "" on the last page
	Channels string         // where notices are sent; "" for those who may not set it
}

// noticeDay contains the notices of a day.
type noticeDay struct {
	Day  string
	Rows []noticeRow
}

// noticeRow is a notice with the figures at its time.
type noticeRow struct {
	Light lightView
	Text  string
	Href  string
}

// NewNotices builds the page. due is the month to be logged next, until day; it is zero if there is
// none.
func NewNotices(pc Context, notices []kpi.Notice, open []kpi.Question, due kpi.Period, day kpi.Date) noticesPage {
	p := pc.Printer
	page := noticesPage{Layout: NewLayout(pc, p.T("notice.title"), "", ""), Hint: p.T("notice.hint")}
	for _, q := range open {
		page.Open = append(page.Open, newQuestionView(pc, q))
	}
	if pc.Actor.MayAdminister() == nil {
		page.Channels = "/channels"
	}
	for _, n := range notices {
		day := p.Date(n.Dated)
		if len(page.Days) == 0 || page.Days[len(page.Days)-1].Day != day {
			page.Days = append(page.Days, noticeDay{Day: day})
		}
		row := noticeRow{Light: lightView{string(n.Light), p.T("light." + notice.Stands(n)), notice.Stands(n)},
			Text: notice.Text(p, n), Href: BudgetPath(n.Year)}
		if n.Kind != kpi.NoticeBudget {
			row.Href = IndicatorPath(n.Year, n.Indicator.Code)
		}
		last := &page.Days[len(page.Days)-1]
		last.Rows = append(last.Rows, row)
	}
	if due.Month != 0 {
		page.Due, page.Reported = untilDue(pc, due, day), completenessPath(due.Year)
	}
	if len(notices) == NoticePageSize {
		page.Older = fmt.Sprintf("/notices?before=%d", notices[len(notices)-1].ID)
	}
	return page
}

// channelsPage lists where notices are sent. Field names: kind, name, address, security, account,
// secret, sender, recipients, event_….
type channelsPage struct {
	Layout
	Crumbs []layoutLink
	Hint   string
	Failed string // result of a test message
	Rows   []channelRow
	Form   *Form
	Events []channelEvent
}

// channelEvent is a kind of notice that a channel can receive.
type channelEvent struct {
	Name, Text string
	Checked    bool
}

type channelRow struct{ Name, Kind, To, State, Said, Path, TryLabel, EndLabel string }

// ChannelInput is the input of the page of channels.
type ChannelInput struct {
	Channels        []app.ChannelView
	Typed           url.Values
	Refusal, Failed *kpi.Error
}

func NewChannels(pc Context, in ChannelInput) channelsPage {
	p := pc.Printer
	page := channelsPage{Layout: NewLayout(pc, p.T("channel.title"), partPlan, ""), Hint: p.T("channel.hint"),
		Crumbs: pc.settingsCrumbs()}
	if in.Failed != nil {
		page.Failed = p.Text(in.Failed.Text)
	}
	for _, c := range in.Channels {
		page.Rows = append(page.Rows, newChannelRow(pc, c))
	}
	page.Form = channelForm(pc, in)
	for _, k := range kpi.ChannelEvents {
		name := "event_" + string(k)
		first := in.Typed == nil && k != kpi.NoticeHead // nobody's group needs the log's code unasked
		page.Events = append(page.Events, channelEvent{name, p.T("notice.kind." + string(k)),
			first || in.Typed.Get(name) != ""})
	}
	return page
}

func newChannelRow(pc Context, c app.ChannelView) channelRow {
	p := pc.Printer
	row := channelRow{Name: c.Name, Kind: p.T("channel.kind." + string(c.Kind)),
		Path: fmt.Sprintf("/channels/%d", c.ID), Said: c.Said, TryLabel: p.T("channel.try_label", c.Name),
		EndLabel: p.T("channel.end_label", c.Name), State: p.T("channel.counts", c.Counts["sent"],
			c.Counts["waiting"]+c.Counts["taken"], c.Counts["unsure"], c.Counts["failed"])}
	if c.Kind == kpi.MailChannel {
		row.To = strings.Join(c.Recipients, ", ")
		return row
	}
	if u, err := url.Parse(c.Address); err == nil { // a robot's whole address is its password
		row.To = u.Host
	}
	return row
}

func channelForm(pc Context, in ChannelInput) *Form {
	p := pc.Printer
	f := pc.form("create", "/channels#create", p.T("channel.create"), p.T("channel.create_submit")).wide().
		keeping("f-", in.Typed)
	f.add(f.field("name", "channel.name", ""),
		f.field("kind", "channel.kind", string(kpi.MailChannel)).choice(texts(kpi.ChannelKinds),
			named(p, "channel.kind.", kpi.ChannelKinds)),
		f.field("address", "channel.address", ""),
		f.field("secret", "channel.secret", "").secret("new-password").optional())
	f.group(p.T("channel.mail"), p.T("channel.mail_hint"),
		f.field("security", "channel.security", string(kpi.StartTLS)).choice(texts(kpi.Securities),
			named(p, "channel.security.", kpi.Securities)),
		f.field("account", "channel.account", "").optional(), f.field("sender", "channel.sender", "").optional(),
		f.field("recipients", "channel.recipients", "").optional())
	f.refuse(in.Refusal)
	return f
}
