package web

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"dabiao/internal/torture"
)

// wire is a connection that holds what was sent and collects what is answered.
type wire struct {
	in  *bytes.Reader
	out bytes.Buffer
}

func (w *wire) Read(p []byte) (int, error) { return w.in.Read(p) }

func (w *wire) Write(p []byte) (int, error) { return w.out.Write(p) }

func (w *wire) Close() error { return nil }

func (w *wire) LocalAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (w *wire) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (w *wire) SetDeadline(time.Time) error { return nil }

func (w *wire) SetReadDeadline(time.Time) error { return nil }

func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// spoil damages a request in a few places.
func spoil(r *rand.Rand, request string) string {
	pieces := []string{"", "\x00", "\r\n", "%", "%00", "%ff", "..", "/", "//", "\"", "{", "}", "[", ":", ";", "=", "&",
		"2026", "-1", "9223372036854775808", "NaN", "1e308", "\xff\xfe", "\u202e", "长", "multipart/form-data; boundary=",
		"--b--", "--b\r\n", "gzip", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n",
		"null", "true", `"value"`, strings.Repeat("a", 5000), "?unit=", "&as_of=2026-00", "Content-Length: 5\r\n", "HTTP/1.0",
		"Expect: 100-continue\r\n"}
	raw := []byte(request)
	for range 1 + r.IntN(4) {
		at := r.IntN(len(raw) + 1)
		cut := min(len(raw), at+r.IntN(8)*r.IntN(2))
		raw = append(raw[:at:at], append([]byte(pieces[r.IntN(len(pieces))]), raw[cut:]...)...)
	}
	return string(raw)
}

// Whatever comes over the wire, the answer is no fault and nothing panics.
func TestNoRequestIsAFault(t *testing.T) {
	o := smallOffice(t)
	o.attach(t, o.log(t, "east"))
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	cookie, csrf := o.browser(t, "admin")
	body, media := upload(csrf, "照片.png", tinyPNG, "unit", "east", "date", "2026-11-03", "value", "5", "key", "k")
	var seeds []string
	for _, s := range []struct{ method, path, media, body string }{
		{"GET", "/years/2026?unit=east&as_of=2026-10", "", ""}, {"GET", "/login?next=/years/2026", "", ""},
		{"GET", "/years/2026/indicators/screened?unit=east", "", ""}, {"GET", "/evidence/1", "", ""},
		{"GET", "/audit?before=5", "", ""}, {"GET", "/api/v1/years/2026/board?unit=east&as_of=2026-10", "", ""},
		{"GET", "/api/v1/updates?year=2026&limit=5&cursor=3", "", ""},
		{"GET", "/api/v1/years/2026/report.json", "", ""}, {"GET", "/updates/1/correction", "", ""},
		{"GET", "/years/2026/report?lang=en", "", ""}, {"POST", "/api/v1/updates", "application/json",
			update("value", `"5"`)},
		{"POST", "/api/v1/years/2026/targets", "application/json",
			`{"indicator":"screened","unit":"east","value":"100","curve":[0,0,10,20,30,40,50,60,70,80,90,100]}`},
		{"POST", "/api/v1/years/2026/budget", "application/json",
			`{"lines":[{"fund":"general","income":"100","spent":"40","months":[40,0,0,0,0,0,0,0,0,0,0,0]}]}`},
		{"POST", "/api/v1/indicators", "application/json",
			`{"code":"x","name":"x","kind":"flow","measure":"人","decimals":2,"years":[2026]}`},
		{"POST", "/api/v1/years", "application/json", `{"year":2027,"from":2026}`},
		{"POST", "/api/v1/updates/1/evidence", media, body},
		{"POST", "/years/2026/indicators/screened/updates", media, body},
		{"POST", "/years/2026/indicators/screened/updates", "application/x-www-form-urlencoded",
			"csrf=" + csrf + "&unit=east&date=2026-11-03&value=200余人&note=x&key=k2"},
		{"POST", "/updates/1/correction", "application/x-www-form-urlencoded",
			"csrf=" + csrf + "&date=2026-11-03&value=6&reason=r"},
		{"POST", "/preferences", "application/x-www-form-urlencoded", "lang=en&back=/years/2026"},
	} {
		seeds = append(seeds,
			fmt.Sprintf("%s %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nAccept-Language: en\r\nIdempotency-Key: k\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
				s.method, s.path, cookie, s.media, len(s.body), s.body))
	}
	count := torture.Times(t, 4000, 4000)
	o.HTTP().Handler() // builds the routes
	r := rand.New(rand.NewPCG(2026, 11))
	answered := map[int]int{}
	for range count {
		sent := seeds[r.IntN(len(seeds))]
		// what arrives whole gets further in
		if head, body, _ := strings.Cut(sent, "\r\n\r\n"); body != "" && r.IntN(2) == 0 {
			body = spoil(r, body)
			head, _, _ = strings.Cut(head, "Content-Length")
			sent = fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", head, len(body), body)
		} else {
			sent = spoil(r, sent)
		}
		w := &wire{in: bytes.NewReader([]byte(sent))}
		o.HTTP().Server().ServeConn(w) //nolint:errcheck // most of it is no HTTP
		answers := bufio.NewReader(&w.out)
		for {
			resp, err := http.ReadResponse(answers, nil)
			if err != nil {
				break
			}
			answered[resp.StatusCode]++
			resp.Body.Close()
		}
		if log.Len() > 0 {
			t.Fatalf("%q\nsays %s", sent, log.String())
		}
	}
	for status := range answered {
		if status >= http.StatusInternalServerError {
			t.Errorf("answers by status: %v", answered)
		}
	}
	t.Logf("answers by status: %v", answered)
	differences, err := o.app.Verify(ctx)
	must(t, err)
	if len(differences) > 0 {
		t.Errorf("verify: %q", differences)
	}
}
