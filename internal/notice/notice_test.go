package notice

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

var (
	now    = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	target = kpi.Whole(12000)
	rate   = kpi.Percent(40_30)
	sample = []kpi.Notice{{ID: 7, Kind: kpi.NoticeRed, Year: 2026, Dated: "2026-11-25",
		Indicator: kpi.Indicator{ID: 3, Code: "leaflets", Name: "发放资料", NameEn: "Leaflets", Kind: kpi.Flow, Measure: "份"},
		Frozen: kpi.Frozen{Light: kpi.FarBehind, Quantity: kpi.Exactly(kpi.Whole(4836)), HasAmount: true, Target: &target,
			Rate: &rate}}}
)

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func TestANoticeIsOneSentence(t *testing.T) {
	for tag, want := range map[lang.Tag]string{
		lang.Chinese: "发放资料：转为严重滞后，完成 4,836份，目标 12,000份，完成率 40.30%。",
		lang.English: "Leaflets: now far behind, result 4,836 copies, target 12,000 copies, completion 40.30%.",
	} {
		if got := Text(lang.For(tag), sample[0]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	below := kpi.Whole(40)
	ind, three := kpi.Indicator{Name: "投诉", Measure: "件"}, kpi.Whole(3)
	for sign, want := range map[kpi.Sign]string{kpi.AtMostSign: "投诉：转为超标，完成 4件，目标不超过 3件。",
		kpi.LessSign: "投诉：转为超标，完成 4件，目标低于 3件。", kpi.AtLeastSign: "投诉：转为超标，完成 4件，目标 3件。",
		kpi.MoreSign: "投诉：转为超标，完成 4件，目标高于 3件。", kpi.EqualSign: "投诉：转为超标，完成 4件，目标等于 3件。"} {
		over := kpi.Notice{Kind: kpi.NoticeRed, Indicator: ind, Frozen: kpi.Frozen{Light: kpi.Over,
			Quantity: kpi.Exactly(kpi.Whole(4)), HasAmount: true, Target: &three, Sign: sign}}
		if got := Text(lang.For(lang.Chinese), over); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	budget := kpi.Notice{Kind: kpi.NoticeBudget, Month: 6, Frozen: kpi.Frozen{Target: &below, Rate: &rate}}
	if got := Text(lang.For(lang.Chinese), budget); got != "预算执行：6 月底执行率 40.30%，低于监控线 40%。" {
		t.Errorf("%q", got)
	}
}

// postbox is a mail server for tests, with STARTTLS or with TLS from the start. refuse is the command
// it refuses; deaf makes it fall silent once it has the message.
type postbox struct {
	t       *testing.T
	cert    tls.Certificate
	address string
	refuse  string
	deaf    bool

	mu       sync.Mutex
	commands []string
	mails    []string
}

func openPostbox(t *testing.T, implicit bool) *postbox {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate
	defer web.Close()
	roots = x509.NewCertPool()
	roots.AddCert(web.Certificate())
	t.Cleanup(func() { roots = nil })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &postbox{t: t, cert: web.TLS.Certificates[0], address: l.Addr().String()}
	if implicit {
		l = tls.NewListener(l, b.tls())
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go b.serve(conn, implicit)
		}
	}()
	return b
}

func (b *postbox) tls() *tls.Config { return &tls.Config{Certificates: []tls.Certificate{b.cert}} }

func (b *postbox) serve(conn net.Conn, encrypted bool) {
	defer func() { conn.Close() }()
	r := bufio.NewReader(conn)
	say := func(line string) { io.WriteString(conn, line+"\r\n") } //nolint:errcheck // the client may be gone
	say("220 postbox")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		b.mu.Lock()
		b.commands = append(b.commands, line)
		b.mu.Unlock()
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		if b.refuse != "" && strings.HasPrefix(strings.ToUpper(line), b.refuse) {
			say("550 no")
			continue
		}
		switch verb {
		case "EHLO":
			say("250-postbox")
			if !encrypted {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "AUTH":
			say("235 welcome")
		case "STARTTLS":
			say("220 go on")
			conn, encrypted = tls.Server(conn, b.tls()), true
			r = bufio.NewReader(conn)
		case "DATA":
			say("354 go on")
			var mail strings.Builder
			for line := ""; line != ".\r\n"; {
				if line, err = r.ReadString('\n'); err != nil {
					return
				}
				mail.WriteString(line)
			}
			b.mu.Lock()
			b.mails = append(b.mails, mail.String())
			b.mu.Unlock()
			if b.deaf {
				return
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func (b *postbox) channel(s kpi.Security) kpi.Channel {
	return kpi.Channel{ID: 4, Kind: kpi.MailChannel, Address: b.address, Security: s, Account: "robot", Secret: "s3cret",
		Sender: "达标 <dabiao@office.example>", Recipients: []string{"a@office.example", "b@office.example"}}
}

func TestMailIsHandedToARealServer(t *testing.T) {
	for name, implicit := range map[string]bool{"STARTTLS": false, "TLS": true} {
		t.Run(name, func(t *testing.T) {
			b := openPostbox(t, implicit)
			security := kpi.StartTLS
			if implicit {
				security = kpi.ImplicitTLS
			}
			m := newMessage(lang.For(lang.Chinese), "某县某局", true, sample)
			if err := sendMail(soon(t), b.channel(security), m, "dabiao-4-7-7", now); err != nil {
				t.Fatal(err)
			}
			if len(b.mails) != 1 {
				t.Fatalf("%d mails", len(b.mails))
			}
			head, body, _ := strings.Cut(b.mails[0], "\r\n\r\n")
			text, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r\n", "", ".", "").Replace(body))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"Message-ID: <dabiao-4-7-7@office.example>",
				"To: <a@office.example>, <b@office.example>", "Subject: =?utf-8?b?"} {
				if !strings.Contains(head, want) {
					t.Errorf("the head lacks %q:\n%s", want, head)
				}
			}
			if !strings.Contains(string(text), "发放资料：转为严重滞后") || !strings.Contains(string(text), "虚构数据") {
				t.Errorf("the mail says %q", text)
			}
			plain := base64.StdEncoding.EncodeToString([]byte("\x00robot\x00s3cret"))
			if all := strings.Join(b.commands, "\n"); !strings.Contains(all, "AUTH PLAIN "+plain) ||
				!strings.Contains(all, "RCPT TO:<b@office.example>") {
				t.Errorf("the commands:\n%s", all)
			}
		})
	}
}

func TestMailRefusedIsReportedAndMailUnansweredIsUnsure(t *testing.T) {
	for refuse, unsure := range map[string]bool{"RCPT": false, "AUTH": false, "MAIL": false, "DATA": false,
		"STARTTLS": false, "deaf": true} {
		b := openPostbox(t, false)
		b.refuse = refuse
		if refuse == "deaf" {
			b.refuse, b.deaf = "", true
		}
		err := sendMail(soon(t), b.channel(kpi.StartTLS), message{"s", []string{"l"}}, "id", now)
		if err == nil || errors.Is(err, errUnsure) != unsure {
			t.Errorf("%s: %v", refuse, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error tells the password", refuse)
		}
	}
}

// A password is sent over an encrypted connection or not at all.
func TestMailPasswordsNeedTLS(t *testing.T) {
	b := openPostbox(t, true) // offers only TLS from the start
	if err := sendMail(soon(t), b.channel(kpi.StartTLS), message{}, "id", now); err == nil {
		t.Error("a server that speaks no plain SMTP was spoken to")
	}
	roots = nil
	open := openPostbox(t, false)
	roots = nil // the certificate is not trusted
	if err := sendMail(soon(t), open.channel(kpi.StartTLS), message{}, "id", now); err == nil ||
		strings.Contains(strings.Join(open.commands, "\n"), "AUTH") {
		t.Errorf("a stranger's certificate was trusted: %v", err)
	}
}

// hook starts a web server for tests that records what it was sent.
func hook(t *testing.T, answer func(w http.ResponseWriter)) (address string, got func() (*http.Request, string)) {
	t.Helper()
	var last *http.Request
	var body []byte
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		last = r
		body, _ = io.ReadAll(r.Body) //nolint:errcheck // the test looks at what came
		answer(w)
	}))
	t.Cleanup(s.Close)
	return s.URL, func() (*http.Request, string) { return last, string(body) }
}

func fine(w http.ResponseWriter) { io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`) } //nolint:errcheck // a test's answer

func send(t *testing.T, c kpi.Channel) error {
	t.Helper()
	p := lang.For(lang.Chinese)
	return sendHook(soon(t), p, "某县某局", newMessage(p, "某县某局", false, sample),
		app.Parcel{Channel: c, Notices: sample}, "dabiao-4-7-7", now)
}

func TestRobotsAreSpokenToInTheirOwnWords(t *testing.T) {
	address, got := hook(t, fine)
	for _, kind := range []kpi.ChannelKind{kpi.WeComChannel, kpi.DingTalkChannel} {
		if err := send(t, kpi.Channel{Kind: kind, Address: address + "/robot?key=k", Secret: "s3cret"}); err != nil {
			t.Fatal(err)
		}
		r, body := got()
		var b robotBody
		if err := json.Unmarshal([]byte(body), &b); err != nil || b.MsgType != "text" ||
			!strings.Contains(b.Text.Content, "发放资料") {
			t.Errorf("%s: %s", kind, body)
		}
		signed := r.URL.Query().Get("sign")
		if (signed != "") != (kind == kpi.DingTalkChannel) || r.URL.Query().Get("key") != "k" {
			t.Errorf("%s: %s", kind, r.URL)
		}
	}
	// The signature, as computed in DingTalk's own example.
	u, err := url.Parse(signedDingTalk("https://oapi.example/robot/send?access_token=x", "SECtest",
		time.UnixMilli(1577262236757)))
	if err != nil || u.Query().Get("timestamp") != "1577262236757" ||
		u.Query().Get("sign") != base64.StdEncoding.EncodeToString(sign("SECtest", []byte("1577262236757\nSECtest"))) {
		t.Errorf("%s: %v", u, err)
	}
}

// A program that is told of 3 knows whether they are to be reached or not to be exceeded.
func TestPlainJSONSaysHowTheTargetIsMeant(t *testing.T) {
	three := kpi.Whole(3)
	for sign, want := range map[kpi.Sign]string{kpi.AtMostSign: `"target":"3","sign":"<="`, kpi.EqualSign: `"sign":"="`,
		kpi.AtLeastSign: `"sign":">="`, "": `"target":"3","rate":null`} {
		n := newJSONNotice(lang.For(lang.Chinese), kpi.Notice{Frozen: kpi.Frozen{Target: &three, Sign: sign}})
		var raw bytes.Buffer
		e := json.NewEncoder(&raw)
		e.SetEscapeHTML(false)
		if err := e.Encode(n); err != nil || !strings.Contains(raw.String(), want) {
			t.Errorf("%s: %v %s", sign, err, raw.String())
		}
	}
}

func TestPlainJSONIsSignedAndWhole(t *testing.T) {
	address, got := hook(t, func(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) })
	if err := send(t, kpi.Channel{Kind: kpi.JSONChannel, Address: address, Secret: "s3cret"}); err != nil {
		t.Fatal(err)
	}
	r, body := got()
	var b jsonBody
	if err := json.Unmarshal([]byte(body), &b); err != nil || len(b.Notices) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	n := b.Notices[0]
	if n.ID != 7 || n.Indicator != "leaflets" || *n.Value != "4836" || *n.Target != "12000" || *n.Rate != "40.3" &&
		*n.Rate != "40.30" || n.Kind != kpi.NoticeRed {
		t.Errorf("%s", body)
	}
	if want := "sha256=" + hex.EncodeToString(sign("s3cret", []byte(body))); r.Header.Get("X-Dabiao-Signature") != want ||
		r.Header.Get("Idempotency-Key") != "dabiao-4-7-7" {
		t.Errorf("%v", r.Header)
	}
}

func TestWebhookRefusedIsReportedAndUnansweredIsUnsure(t *testing.T) {
	robot := kpi.Channel{Kind: kpi.WeComChannel}
	var elsewhere int
	other, _ := hook(t, func(w http.ResponseWriter) { elsewhere++; fine(w) })
	for name, c := range map[string]struct {
		answer func(w http.ResponseWriter)
		unsure bool
	}{
		"status":  {func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) }, false},
		"code":    {func(w http.ResponseWriter) { io.WriteString(w, `{"errcode":93000,"errmsg":"invalid"}`) }, false}, //nolint:errcheck // a test's answer
		"no JSON": {func(w http.ResponseWriter) { io.WriteString(w, `<html>`) }, false},                               //nolint:errcheck // a test's answer
		"redirect": {func(w http.ResponseWriter) {
			w.Header().Set("Location", other)
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, false},
		"hangs up": {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, true},
	} {
		address, _ := hook(t, c.answer)
		robot.Address = address + "/robot?key=hidden"
		err := send(t, robot)
		if err == nil || errors.Is(err, errUnsure) != c.unsure {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && err.Error() != "the address did not take the message" {
			t.Errorf("%s: the error tells what answered: %v", name, err)
		}
	}
	if elsewhere != 0 {
		t.Error("a redirect was followed")
	}
	for name, address := range map[string]string{"nobody listens": "http://127.0.0.1:1/robot?key=hidden",
		"no such name":     "http://nowhere.invalid/robot?key=hidden",
		"no such address":  "http://169.254.169.254/latest/meta-data",
		"encrypted or not": "https://" + strings.TrimPrefix(other, "http://")} {
		robot.Address = address
		err := send(t, robot)
		if err == nil || errors.Is(err, errUnsure) || err.Error() != "the address did not take the message" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAddressesThatAreNoServersAreRefused(t *testing.T) {
	for _, address := range []string{"169.254.169.254:80", "[fe80::1]:443", "0.0.0.0:25", "224.0.0.1:80",
		"[::ffff:169.254.169.254]:80", "[::ffff:100.100.100.200]:80", "100.64.0.1:443", "100.127.255.254:80",
		"100.100.100.200:80", "192.0.0.192:80", "168.63.129.16:80", "255.255.255.255:80", "0.1.2.3:80",
		"[64:ff9b::a9fe:a9fe]:80", "[64:ff9b::7f00:1]:80", "[64:ff9b:1::1]:80", "[::169.254.169.254]:80",
		"[2002:a9fe:a9fe::1]:80", "[fd00:ec2::254]:80", "[fd20:ce::254]:80", "[fe80::1%lo]:80", "[::]:80", "[ff02::1]:80"} {
		if refuseAddress("tcp", address, nil) == nil {
			t.Errorf("%s is connected to", address)
		}
	}
	for _, address := range []string{"127.0.0.1:25", "10.1.2.3:443", "[2001:db8::1]:443", "[::1]:25", "192.168.1.1:80",
		"100.63.255.255:80", "100.128.0.1:80", "[::ffff:10.1.2.3]:443", "[fd12:3456::1]:443"} {
		if err := refuseAddress("tcp", address, nil); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestALongMessageIsCutBehindALine(t *testing.T) {
	m := message{subject: "s"}
	for range 200 {
		m.lines = append(m.lines, strings.Repeat("长", 20))
	}
	text := m.text(maxWeCom)
	if len(text) > maxWeCom || !strings.HasSuffix(text, "长\n…") {
		t.Errorf("%d bytes, ends with %q", len(text), text[len(text)-10:])
	}
}
