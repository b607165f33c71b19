package notice

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"dabiao/internal/kpi"
)

// dialTimeout is for connecting to a server, sendTimeout for handing over a message.
const (
	dialTimeout = 10 * time.Second
	sendTimeout = 30 * time.Second
)

// errUnsure reports a message that was handed over without anyone knowing whether it arrived.
var errUnsure = errors.New("handed over, and the answer did not come")

// sendMail hands a message to the channel's mail server. id identifies the message permanently, so that
// a recipient who gets it twice can tell.
func sendMail(ctx context.Context, c kpi.Channel, m message, id string, now time.Time) error {
	client, err := dialMail(ctx, c)
	if err != nil {
		return err
	}
	defer client.Close()
	if c.Account != "" {
		host, _, _ := strings.Cut(c.Address, ":")
		if err := client.Auth(smtp.PlainAuth("", c.Account, c.Secret, host)); err != nil {
			return fmt.Errorf("sign in to the mail server: %w", err)
		}
	}
	if err := client.Mail(bare(c.Sender)); err != nil {
		return fmt.Errorf("sender %s: %w", c.Sender, err)
	}
	for _, r := range c.Recipients {
		if err := client.Rcpt(bare(r)); err != nil {
			return fmt.Errorf("recipient %s: %w", r, err)
		}
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(mailText(c, m, id, now)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		var refused *textproto.Error
		if errors.As(err, &refused) {
			return err
		}
		return fmt.Errorf("%w: %w", errUnsure, err)
	}
	client.Quit() //nolint:errcheck // the message was taken
	return nil
}

// dialMail connects with the channel's encryption; it fails if the server does not offer it.
func dialMail(ctx context.Context, c kpi.Channel) (*smtp.Client, error) {
	host, _, _ := strings.Cut(c.Address, ":")
	conn, err := dialer.DialContext(ctx, "tcp", c.Address)
	if err != nil {
		return nil, fmt.Errorf("reach the mail server: %w", err)
	}
	if err := conn.SetDeadline(deadline(ctx)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: roots}
	if c.Security == kpi.ImplicitTLS {
		conn = tls.Client(conn, config)
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("greet the mail server: %w", err), conn.Close())
	}
	if c.Security == kpi.StartTLS {
		if err := client.StartTLS(config); err != nil {
			return nil, errors.Join(fmt.Errorf("encrypt the connection to the mail server: %w", err), client.Close())
		}
	}
	return client, nil
}

func deadline(ctx context.Context) time.Time {
	at, _ := ctx.Deadline() // every message has a deadline
	return at
}

// bare returns an address without the name before it.
func bare(address string) string {
	a, err := mail.ParseAddress(address)
	if err != nil {
		return address
	}
	return a.Address
}

func mailText(c kpi.Channel, m message, id string, now time.Time) []byte {
	var b strings.Builder
	_, domain, _ := strings.Cut(bare(c.Sender), "@")
	header := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	header("From", mailAddress(c.Sender))
	to := make([]string, len(c.Recipients))
	for i, r := range c.Recipients {
		to[i] = mailAddress(r)
	}
	header("To", strings.Join(to, ", "))
	header("Subject", mime.BEncoding.Encode("utf-8", m.subject))
	header("Date", now.Format(time.RFC1123Z))
	header("Message-ID", "<"+id+"@"+domain+">")
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "base64")
	b.WriteString("\r\n")
	text := base64.StdEncoding.EncodeToString([]byte(strings.Join(m.lines, "\r\n") + "\r\n"))
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
	return []byte(b.String())
}

func mailAddress(text string) string {
	a, err := mail.ParseAddress(text)
	if err != nil {
		return text
	}
	return a.String()
}

var dialer = &net.Dialer{Timeout: dialTimeout, Control: refuseAddress}
