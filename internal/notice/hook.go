package notice

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"syscall"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Limits in bytes: the longest text each robot accepts, and how much of an answer is read.
const (
	maxWeCom    = 2048
	maxDingTalk = 15_000
	maxAnswer   = 64 << 10
)

// roots are the trusted root certificates; nil: the system's. Tests set their own.
var roots *x509.CertPool

// nobodysServers are networks in which no office has a server: where clouds keep their machines' secrets, carriers'
// own networks, and forms of IPv6 that lead on to an address of IPv4, whatever that is.
var nobodysServers = func() (all []netip.Prefix) {
	for _, network := range []string{
		"0.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "192.0.0.0/24", "168.63.129.16/32", "224.0.0.0/3",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fe80::/10", "fec0::/10", "ff00::/8",
		"fd00:ec2::/32", "fd20:ce::/32",
	} {
		all = append(all, netip.MustParsePrefix(network))
	}
	return all
}()

// refuseAddress refuses connections to nobodysServers. It is asked for each address that a name leads to, when the
// connection is made, so that a name cannot first lead elsewhere.
func refuseAddress(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := at.Addr().WithZone("").Unmap()
	if ip == netip.IPv6Loopback() {
		return nil
	}
	for _, network := range nobodysServers {
		if network.Contains(ip) {
			return fmt.Errorf("%s is not a server's address", ip)
		}
	}
	return nil
}

// hookError is why a webhook did not take a message. It says the same of every address: whoever may add one must not
// learn from it which machines and ports of the office's network answer, and what.
type hookError struct{ err error }

func (e hookError) Error() string { return "the address did not take the message" }
func (e hookError) Unwrap() error { return e.err }

// robotHosts are whose own words are passed on: there is nothing else behind them.
var robotHosts = []string{"qyapi.weixin.qq.com", "oapi.dingtalk.com"}

// hookClient follows no redirects and uses no proxy, so it talks to the configured host only.
func hookClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, TLSHandshakeTimeout: dialTimeout,
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// robotBody is a text message in the format of the robots of 企业微信 and 钉钉.
type robotBody struct {
	MsgType string    `json:"msgtype"`
	Text    robotText `json:"text"`
}

type robotText struct {
	Content string `json:"content"`
}

// jsonBody is the body sent to a plain webhook. Amounts and rates are decimal strings; null means
// absent.
type jsonBody struct {
	Office  string       `json:"office"`
	Text    string       `json:"text"`
	Notices []jsonNotice `json:"notices"`
	Head    *jsonHead    `json:"audit_head,omitempty"`
	Late    *jsonLate    `json:"backup_late,omitempty"`
}

type jsonNotice struct {
	ID        kpi.NoticeID   `json:"id"`
	Kind      kpi.NoticeKind `json:"kind"`
	Year      int            `json:"year"`
	Date      kpi.Date       `json:"date"`
	Indicator string         `json:"indicator,omitempty"`
	Light     kpi.Light      `json:"light"`
	Value     *string        `json:"value"`
	Target    *string        `json:"target"`
	Sign      kpi.Sign       `json:"sign,omitempty"` // of the target; absent where it is not known
	Rate      *string        `json:"rate"`
	Text      string         `json:"text"`
}

func newJSONNotice(p lang.Printer, n kpi.Notice) jsonNotice {
	out := jsonNotice{ID: n.ID, Kind: n.Kind, Year: int(n.Year), Date: n.Dated, Indicator: n.Indicator.Code,
		Light: n.Light, Text: Text(p, n)}
	text := func(s string) *string { return &s }
	if n.HasAmount {
		out.Value = text(n.Quantity.Amount.String())
	}
	if n.Target != nil {
		out.Target, out.Sign = text(n.Target.String()), n.Sign
	}
	if n.Rate != nil {
		out.Rate = text(n.Rate.String())
	}
	return out
}

// sendHook posts a message to a webhook.
func sendHook(ctx context.Context, p lang.Printer, office string, m message, parcel app.Parcel, id string,
	now time.Time) error {
	c := parcel.Channel
	address, body := c.Address, any(nil)
	switch c.Kind {
	case kpi.WeComChannel:
		body = robotBody{"text", robotText{m.text(maxWeCom)}}
	case kpi.DingTalkChannel:
		body = robotBody{"text", robotText{m.text(maxDingTalk)}}
		if c.Secret != "" {
			address = signedDingTalk(address, c.Secret, now)
		}
	default:
		plain := jsonBody{Office: office, Text: m.text(maxDingTalk), Notices: []jsonNotice{}, Head: newJSONHead(parcel.Head),
			Late: newJSONLate(parcel.Late)}
		for _, n := range parcel.Notices {
			plain.Notices = append(plain.Notices, newJSONNotice(p, n))
		}
		body = plain
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return post(ctx, c, address, raw, id)
}

// post sends the body once. If the request was written and no answer came, the error is errUnsure.
func post(ctx context.Context, c kpi.Channel, address string, raw []byte, id string) error {
	wrote := false
	ctx = httptrace.WithClientTrace(ctx,
		&httptrace.ClientTrace{WroteRequest: func(i httptrace.WroteRequestInfo) { wrote = i.Err == nil }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(raw))
	if err != nil {
		return hideAddress(err)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Idempotency-Key", id)
	if c.Kind == kpi.JSONChannel && c.Secret != "" {
		req.Header.Set("X-Dabiao-Signature", "sha256="+hex.EncodeToString(sign(c.Secret, raw)))
	}
	req.GetBody = nil // never resend by itself, whatever the connection does
	resp, err := hookClient().Do(req)
	if err != nil && wrote {
		return hookError{fmt.Errorf("%w: %w", errUnsure, hideAddress(err))}
	}
	if err != nil {
		return hookError{hideAddress(err)}
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) //nolint:errcheck // the status says enough
	if resp.StatusCode/100 != 2 {
		return hookError{fmt.Errorf("the server answers %s", resp.Status)}
	}
	if c.Kind == kpi.JSONChannel {
		return nil
	}
	var said struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return hookError{fmt.Errorf("the robot's answer is no JSON: %w", err)}
	}
	if said.Code == 0 {
		return nil
	}
	err = fmt.Errorf("the robot answers %d %s", said.Code, said.Message)
	if !slices.Contains(robotHosts, req.URL.Hostname()) {
		err = hookError{err}
	}
	return err
}

// hideAddress removes the address from an error, because a robot's address is its password.
func hideAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// signedDingTalk adds the time and the signature over it to a robot's address.
func signedDingTalk(address, secret string, now time.Time) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	at := strconv.FormatInt(now.UnixMilli(), 10)
	q := u.Query()
	q.Set("timestamp", at)
	q.Set("sign", base64.StdEncoding.EncodeToString(sign(secret, []byte(at+"\n"+secret))))
	u.RawQuery = q.Encode()
	return u.String()
}

func sign(secret string, text []byte) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write(text)
	return h.Sum(nil)
}
