package web

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/web/middleware"
)

// wantHeaders holds an answer to what every answer says.
func wantHeaders(t *testing.T, what string, g got) {
	t.Helper()
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if have := g.Header.Get(name); have != want {
			t.Errorf("%s: %s is %q, want %q", what, name, have, want)
		}
	}
	if csp := g.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") ||
		strings.Contains(csp, "unsafe") {
		t.Errorf("%s: Content-Security-Policy is %q", what, csp)
	}
	if server := g.Header.Get("Server"); server != "" {
		t.Errorf("%s: the server tells its name: %q", what, server)
	}
	// What is kept must be asked for again each time, and have a name to ask by.
	cache, kept := g.Header.Get("Cache-Control"), g.Header.Get("ETag") != ""
	if cache != "no-store" && !strings.Contains(cache, "immutable") && (cache != "private, no-cache" || !kept) {
		t.Errorf("%s: Cache-Control is %q", what, cache)
	}
}

func TestEveryAnswerHasTheSafetyHeaders(t *testing.T) {
	o := smallOffice(t)
	o.attach(t, o.log(t, "east"))
	for _, r := range routesOf(o) {
		for _, as := range []string{"", "admin"} {
			g := o.send(t, request{method: r.Method, path: filled(r), as: as})
			wantHeaders(t, r.Method+" "+r.Path+" as "+as, g)
			if g.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s %s: %d", r.Method, r.Path, g.StatusCode)
			}
		}
	}
	for _, r := range []request{
		{method: "GET", path: "/nowhere"}, {method: "GET", path: "/api/nowhere"}, {method: "BREW", path: "/"},
		{method: "GET", path: "/", header: map[string]string{"Host": "evil.example"}},
	} {
		wantHeaders(t, r.method+" "+r.path, o.send(t, r))
	}
	for _, text := range []string{
		"GET /" + strings.Repeat("a", 20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + strings.Repeat("a", 20_000) + "\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\nab",
		"nonsense\r\n\r\n",
		"GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
	} {
		g := o.raw(t, text)
		wantHeaders(t, text[:min(len(text), 60)], g)
		if g.StatusCode < 400 || g.StatusCode >= 500 {
			t.Errorf("%.60q: %d", text, g.StatusCode)
		}
		if strings.Contains(g.body, "没有该页面") {
			t.Errorf("%.60q: %d and “no such page”", text, g.StatusCode)
		}
	}
}

// raw sends bytes as they are.
func (o *office) raw(t *testing.T, text string) got {
	t.Helper()
	o.HTTP().Handler() // builds the routes
	ours, theirs := net.Pipe()
	go func() {
		o.HTTP().Server().ServeConn(theirs) //nolint:errcheck // what was sent is wrong on purpose
		theirs.Close()
	}()
	go io.WriteString(ours, text) //nolint:errcheck // the server may hang up before it has all
	resp, err := http.ReadResponse(bufio.NewReader(ours), nil)
	if err != nil {
		t.Fatalf("%.60q: %v", text, err)
	}
	raw, err := io.ReadAll(resp.Body)
	must(t, err)
	ours.Close()
	return got{resp, string(raw)}
}

func TestHSTSAndHostPrefixOnEncryptedConnectionsOnly(t *testing.T) {
	o := smallOffice(t)
	body := "name=staff&password=correct+horse"
	plain := o.send(t, request{method: "POST", path: "/login", body: body}).want(t, http.StatusSeeOther)
	if cookie := plain.Header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "dabiao=") ||
		plain.Header.Get("Strict-Transport-Security") != "" {
		t.Errorf("plain HTTP: %q", cookie)
	}
	o.TLS = true
	tls := o.send(t, request{method: "POST", path: "/login", body: body}).want(t, http.StatusSeeOther)
	cookie := strings.ToLower(tls.Header.Get("Set-Cookie"))
	for _, want := range []string{"__host-dabiao=", "; secure", "; httponly", "; samesite=lax", "; path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("%q lacks %q", cookie, want)
		}
	}
	if tls.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS on TLS")
	}
	chosen := o.send(t, request{method: "POST", path: "/preferences", body: "lang=en&theme=dark&back=/login"})
	kept := append(tls.Header.Values("Set-Cookie"), chosen.Header.Values("Set-Cookie")...)
	if len(kept) != 4 {
		t.Errorf("%d cookies, want the session, the pass, the language and the theme: %q", len(kept), kept)
	}
	var sent []string
	for _, cookie := range kept {
		name, _, _ := strings.Cut(cookie, ";")
		sent = append(sent, name)
		for _, want := range []string{"__host-", "; secure", "; httponly", "; samesite=lax", "; path=/"} {
			if !strings.Contains(strings.ToLower(cookie), want) {
				t.Errorf("%q lacks %q", cookie, want)
			}
		}
	}
	if g := o.send(t, request{method: "GET", path: "/account", cookie: strings.Join(sent, "; ")}).want(t,
		http.StatusOK); !strings.Contains(g.body, `lang="en"`) || !strings.Contains(g.body, `data-theme="dark"`) {
		t.Errorf("what was chosen is not kept: %.300s", g.body)
	}
}

func TestOnlyKnownHostsAreAnswered(t *testing.T) {
	o := smallOffice(t)
	o.Hosts = []string{"kpi.county.example"}
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1": 200, "[::1]:8080": 200, "192.168.1.20:8080": 200, "fulian": 200,
		"fulian.local": 200, "kpi.county.example": 200, "KPI.county.example:443": 200, "kpi.county.example.": 200,
		"evil.example": 421, "127.0.0.1.evil.example": 421, "kpi.county.example.evil.example": 421,
		"localhost.evil.example:80": 421, "evil.localhost.example": 421,
	} {
		g := o.send(t, request{method: "GET", path: "/healthz", header: map[string]string{"Host": host}})
		if g.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, g.StatusCode, want)
		}
	}
	// A name that only stands in X-Forwarded-Host, from nobody we trust, changes nothing.
	o.send(t, request{method: "GET", path: "/healthz", header: map[string]string{"X-Forwarded-Host": "evil.example"}}).
		want(t, 200)
	o.send(t, request{method: "GET", path: "/healthz",
		header: map[string]string{"Host": "evil.example", "X-Forwarded-Host": "localhost"}}).want(t, 421)
}

func TestPackedBodiesAreRefused(t *testing.T) {
	o := smallOffice(t)
	for _, encoding := range []string{"gzip", "br", "deflate", "zstd", "identity", "gzip, gzip"} {
		for _, path := range []string{"/api/v1/updates", "/login", "/"} {
			o.send(t, request{method: "POST", path: path, as: "staff", body: "{}",
				header: map[string]string{"Content-Encoding": encoding}}).
				want(t, http.StatusUnsupportedMediaType)
		}
	}
}

func TestLargeBodiesAreRefused(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	prefetched := strings.Repeat("a", 9000) // fasthttp reads so much before anyone is asked
	long := `{"note":"` + strings.Repeat("a", middleware.MaxForm) + `"}`
	o.send(t, request{method: "POST", path: "/api/v1/updates", as: "staff", body: long}).want(t,
		http.StatusRequestEntityTooLarge)
	o.send(t, request{method: "POST", path: "/login", body: strings.Repeat("a", middleware.MaxForm+1)}).want(t,
		http.StatusRequestEntityTooLarge)
	cookie, csrf := o.browser(t, "staff")
	o.send(t, request{method: "POST", path: "/logout", cookie: cookie,
		body: "csrf=" + csrf + "&x=" + strings.Repeat("a", middleware.MaxForm)}).
		want(t, http.StatusRequestEntityTooLarge)
	for _, length := range []string{"262145", "22020096", "99999999999", "9223372036854775807"} {
		for _, r := range []request{
			{method: "POST", path: "/login"},
			{method: "POST", path: "/api/v1/updates", as: "staff"},
			{method: "POST", path: "/api/v1/updates/1/evidence", media: "multipart/form-data; boundary=x"}, // a stranger's
			{method: "GET", path: "/healthz"},
		} {
			r.header, r.body = map[string]string{"Content-Length": length}, prefetched
			g := o.send(t, r).want(t, http.StatusRequestEntityTooLarge)
			if !g.Close {
				t.Errorf("%s %s of %s bytes: the connection stays open", r.method, r.path, length)
			}
		}
	}
	o.send(t, request{method: "POST", path: "/api/v1/updates/1/evidence", as: "staff",
		media: "multipart/form-data; boundary=x", body: prefetched,
		header: map[string]string{"Content-Length": "99999999999"}}).want(t, http.StatusRequestEntityTooLarge)
}

// A body that comes in pieces has no length to judge it by.
func TestLargeBodiesInPiecesAreRefused(t *testing.T) {
	o := smallOffice(t)
	req, err := http.NewRequestWithContext(t.Context(), "POST", "http://localhost/api/v1/updates",
		struct{ io.Reader }{strings.NewReader(strings.Repeat("a", 4*middleware.MaxForm))})
	must(t, err)
	req.Header.Set("Authorization", "Bearer "+o.tokens["staff"])
	req.TransferEncoding = []string{"chunked"}
	req.Header.Set("Content-Length", "")
	req.Header.Del("Content-Length")
	resp, err := o.HTTP().Test(req, -1)
	must(t, err)
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge && resp.StatusCode != http.StatusBadRequest {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestWhatDoesNotExistIsSaidInOneSentence(t *testing.T) {
	o := smallOffice(t)
	for _, c := range []struct {
		method, path string
		status       int
		zh, en       string
	}{
		{"GET", "/nowhere", 404, "没有该页面，网址可能有误或页面已删除。",
			"This page does not exist; the address may be wrong or the page may have been removed."},
		{"GET", "/api/v1/nowhere", 404, "没有该页面，网址可能有误或页面已删除。",
			"This page does not exist; the address may be wrong or the page may have been removed."},
		{"DELETE", "/api/v1/updates", 405, "", "This address does not support that operation."},
		{"PUT", "/years/2026", 405, "", "This address does not support that operation."},
		{"BREW", "/api/v1/updates", 405, "", "This address does not support that operation."},
		{"POST", "/healthz", 405, "", "This address does not support that operation."},
		{"GET", "/API/v1/years", 404, "没有该页面，网址可能有误或页面已删除。",
			"This page does not exist; the address may be wrong or the page may have been removed."},
		{"GET", "/years/nineteen", 404, "", "Year nineteen does not exist."},
		{"GET", "/years/1999", 404, "", "Year 1999 does not exist."},
		{"GET", "/api/v1/years/99999999999999999999/board", 404, "", "Year 99999999999999999999 does not exist."},
		{"GET", "/api/v1/years/2026/indicators/nothing", 404, "", "There is no indicator with the code “nothing”."},
		{"GET", "/api/v1/years/2026/board?unit=nowhere", 404, "", "There is no unit with the code “nowhere”."},
		{"GET", "/api/v1/years/2026/report.exe", 404, "", "“exe” is not an available format."},
		{"GET", "/api/v1/evidence/abc", 404, "", "There is no evidence numbered abc."},
		{"GET", "/evidence/-1", 404, "", "There is no evidence numbered -1."},
		{"GET", "/assets/..%2f..%2fgo.mod", 404, "",
			"This page does not exist; the address may be wrong or the page may have been removed."},
		{"GET", "/assets/nothing.js", 404, "",
			"This page does not exist; the address may be wrong or the page may have been removed."},
	} {
		for language, sentence := range map[string]string{"zh-CN": c.zh, "en": c.en} {
			g := o.send(t, request{method: c.method, path: c.path, as: "admin",
				header: map[string]string{"Accept-Language": language}})
			if g.StatusCode != c.status || !strings.Contains(g.body, sentence) {
				t.Errorf("%s %s in %s: %d, want %d with %q: %.300s", c.method, c.path, language, g.StatusCode, c.status,
					sentence, g.body)
			}
			if c.status == 405 && !strings.Contains(g.Header.Get("Allow"), "GET") {
				t.Errorf("%s %s: Allow is %q", c.method, c.path, g.Header.Get("Allow"))
			}
		}
	}
}

// The connection's own limits are set: without them one slow sender holds a connection for ever.
func TestConnectionsAreLimited(t *testing.T) {
	server := smallOffice(t).HTTP().Server()
	if server.ReadTimeout <= 0 || server.ReadTimeout > middleware.ReadTimeout || server.WriteTimeout <= 0 ||
		server.IdleTimeout <= 0 ||
		server.MaxConnsPerIP != middleware.MaxConnsPerIP || !server.StreamRequestBody ||
		!server.DisablePreParseMultipartForm {
		t.Errorf("read %s, write %s, idle %s, %d per address", server.ReadTimeout, server.WriteTimeout, server.IdleTimeout,
			server.MaxConnsPerIP)
	}
}

func TestReadyAsksTheDatabaseNowAndThen(t *testing.T) {
	o := smallOffice(t)
	o.send(t, request{method: "GET", path: "/readyz"}).want(t, http.StatusOK)
	must(t, o.db.Close())
	o.send(t, request{method: "GET", path: "/readyz"}).want(t, http.StatusOK)
	o.clock = o.clock.Add(60e9)
	o.send(t, request{method: "GET", path: "/readyz"}).want(t, http.StatusServiceUnavailable)
	o.send(t, request{method: "GET", path: "/healthz"}).want(t, http.StatusOK)
}
