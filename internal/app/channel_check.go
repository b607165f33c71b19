package app

import (
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// checkChannel refuses a channel that cannot be sent to.
func checkChannel(c kpi.Channel) error {
	var m kpi.Mistakes
	if !slices.Contains(kpi.ChannelKinds, c.Kind) {
		m.Add("kind", "channel_kind_unknown")
	}
	if c.Name == "" {
		m.Add("name", "name_missing")
	}
	if len(c.Events) == 0 {
		m.Add("events", "channel_events_missing")
	}
	if c.Kind == kpi.MailChannel {
		checkMail(c, &m)
	} else if !isWebAddress(c.Address) {
		m.Add("address", "channel_url_malformed")
	}
	return m.Err()
}

func checkMail(c kpi.Channel, m *kpi.Mistakes) {
	host, port, ok := strings.Cut(c.Address, ":")
	n, err := strconv.Atoi(port)
	if !ok || host == "" || err != nil || n < 1 || n > 65535 || strings.ContainsAny(host, "/@ ") {
		m.Add("address", "channel_server_malformed")
	}
	if !slices.Contains(kpi.Securities, c.Security) || c.Security == kpi.NoTLS && !thisMachine(host) {
		m.Add("security", "channel_security")
	}
	if _, err := mail.ParseAddress(c.Sender); err != nil {
		m.Add("sender", "channel_mail_malformed", c.Sender)
	}
	if len(c.Recipients) == 0 {
		m.Add("recipients", "channel_recipients_missing")
	}
	for _, r := range c.Recipients {
		if _, err := mail.ParseAddress(r); err != nil {
			m.Add("recipients", "channel_mail_malformed", r)
		}
	}
}

func thisMachine(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// isWebAddress reports whether text is a complete http or https address without credentials.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" &&
		u.User == nil && u.Fragment == ""
}
