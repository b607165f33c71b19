package kpi

// ChannelID identifies a channel.
type ChannelID int64

// ChannelKind says how notices are delivered to a channel.
type ChannelKind string

// The kinds of channels.
const (
	MailChannel     ChannelKind = "mail"     // SMTP
	WeComChannel    ChannelKind = "wecom"    // a group robot of 企业微信
	DingTalkChannel ChannelKind = "dingtalk" // a group robot of 钉钉, signed when it has a secret
	JSONChannel     ChannelKind = "json"     // plain JSON, signed when it has a secret
)

// ChannelKinds lists all kinds.
var ChannelKinds = []ChannelKind{MailChannel, WeComChannel, DingTalkChannel, JSONChannel}

// Security says how a connection to a mail server is encrypted.
type Security string

// How a connection to a mail server is encrypted.
const (
	StartTLS    Security = "starttls"
	ImplicitTLS Security = "tls"
	NoTLS       Security = "none" // on this machine only
)

// Securities lists all.
var Securities = []Security{StartTLS, ImplicitTLS, NoTLS}

// Channel is a destination for notices.
type Channel struct {
	ID         ChannelID
	Kind       ChannelKind
	Name       string
	Address    string   // host:port of a mail server, else a URL
	Security   Security // for mail only
	Account    string   // for mail; "": the server needs no sign-in
	Secret     string   // password for mail, else the key that messages are signed with
	Sender     string
	Recipients []string
	Events     []NoticeKind
	Language   string
	MadeBy     string
	MadeAt     UnixMilli
	EndedAt    UnixMilli // 0: in use
}

// Wants reports whether notices of kind k go to the channel.
func (c Channel) Wants(k NoticeKind) bool { return c.EndedAt == 0 && contains(c.Events, k) }
