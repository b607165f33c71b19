package web

import (
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	offices "dabiao/internal/office"
	"dabiao/internal/web/middleware"
)

const gov middleware.Base = "/gov/wugang"

// below serves the office below a path, as a second one on another's listener, and asks it.
func (o *office) below(t *testing.T, base middleware.Base) func(method, path, body string, header ...string) got {
	t.Helper()
	config := o.Config
	config.Base = base
	s, err := New(config)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server := &fasthttp.Server{Handler: s.Handler(), StreamRequestBody: true, CloseOnShutdown: true}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		must(t, s.Release(5*time.Second))
		must(t, server.Shutdown())
		must(t, <-ended)
	})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(method, path, body string, header ...string) got {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, "http://"+l.Addr().String()+path, strings.NewReader(body))
		must(t, err)
		if body != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		resp, err := client.Do(r)
		must(t, err)
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		must(t, err)
		return got{resp, string(raw)}
	}
}

// rooted is an attribute whose value begins like an address of the program.
var rooted = regexp.MustCompile(` ([a-z-]+)="(/[^"]*)"`)

// Whatever page of an office below a path leads to is below that path, and answers.
func TestAnOfficeBelowAPathLeadsNowhereElse(t *testing.T) {
	o := demoOffice(t)
	ask := o.below(t, gov)
	texts := []string{"value", "title", "alt", "placeholder", "aria-label"} // read or sent back, never followed
	for _, role := range []string{"admin", "leader", "staff"} {
		seen, pages, opened := map[string]bool{}, []string{string(gov)}, 0
		for range 4 {
			var next []string
			for _, at := range pages {
				g := ask("GET", at, "", "Authorization", "Bearer "+o.tokens[role])
				opened++
				if to := g.Header.Get("Location"); to != "" {
					if !strings.HasPrefix(to, string(gov)+"/") {
						t.Errorf("%s, %s: sent to %s", role, at, to)
					}
					next = append(next, to)
					continue
				}
				if g.StatusCode >= 400 && g.StatusCode != http.StatusForbidden {
					t.Errorf("%s, %s: %d", role, at, g.StatusCode)
				}
				if !strings.HasPrefix(g.Header.Get("Content-Type"), "text/html") {
					continue
				}
				for _, m := range rooted.FindAllStringSubmatch(g.body, -1) {
					attribute, to := m[1], html.UnescapeString(m[2])
					if slices.Contains(texts, attribute) {
						continue
					}
					if !strings.HasPrefix(to, string(gov)+"/") && to != string(gov) {
						t.Errorf("%s, %s: %s leads to %s", role, at, attribute, to)
					}
					kind := differing.ReplaceAllString(strings.TrimPrefix(to, string(gov)), "$1")
					kind, _, _ = strings.Cut(kind, "?")
					if (attribute == "href" || attribute == "src") && !seen[kind] {
						seen[kind] = true
						next = append(next, strings.SplitN(to, "#", 2)[0])
					}
				}
			}
			pages = next
		}
		t.Logf("%s: %d addresses", role, opened)
		if opened < 40 {
			t.Errorf("%s: only %d addresses were opened", role, opened)
		}
	}
}

// Signing in and logging work below a path, with a cookie of the office's own: another office on the host neither reads
// nor replaces it.
func TestAnOfficeBelowAPathIsSignedInToAlone(t *testing.T) {
	o := smallOffice(t)
	ask := o.below(t, gov)
	form := url.Values{"name": {"admin"}, "password": {goodPassword}, "next": {"/years/2026?a=1"}}
	g := ask("POST", "/gov/wugang/login", form.Encode())
	to := g.Header.Get("Location")
	if g.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/gov/wugang/years/2026") {
		t.Fatalf("signed in: %d, sent to %q: %s", g.StatusCode, to, g.body)
	}
	var session string
	for _, c := range g.Cookies() {
		if !strings.HasSuffix(c.Name, ".gov.wugang") {
			t.Errorf("a cookie is called %s", c.Name)
		}
		if c.Name == "dabiao.gov.wugang" {
			session = c.Value
		}
	}
	if g := ask("GET", "/gov/wugang/account", "", "Cookie", "dabiao.gov.wugang="+session); g.StatusCode != http.StatusOK {
		t.Errorf("the session of this office: %d", g.StatusCode)
	}
	if g := ask("GET", "/gov/wugang/account", "", "Cookie", "dabiao="+session); g.StatusCode != http.StatusSeeOther {
		t.Errorf("a cookie of the program's own office opens another: %d", g.StatusCode)
	}
	for _, path := range []string{"/account", "/gov/wugangs/account", "/gov", "/gov/wugang2", "//gov/wugang/account",
		"/GOV/wugang/account"} {
		if g := ask("GET", path, "", "Cookie", "dabiao.gov.wugang="+session); g.StatusCode != http.StatusNotFound {
			t.Errorf("%s is not below the path: %d", path, g.StatusCode)
		}
	}
	if g := ask("GET", "/gov/wugang/../../account", ""); g.StatusCode == http.StatusOK {
		t.Errorf("a path that leads out: %d", g.StatusCode)
	}
}

// A page that goes on by itself goes on below the path, too.
func TestAPageThatGoesOnByItselfStaysBelowThePath(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	ask := o.below(t, gov)
	g := ask("GET", "/gov/wugang/years/2026/updates/file?format=csv", "", "Authorization", "Bearer "+o.tokens["admin"])
	if to := g.Header.Get("Refresh"); !strings.Contains(to, "url=/gov/wugang/years/2026/") {
		t.Errorf("%d, goes on to %q: %s", g.StatusCode, to, g.body)
	}
}

// What somebody typed that looks like an address stays as it was typed.
func TestATextThatLooksLikeAnAddressStays(t *testing.T) {
	o := smallOffice(t)
	ask := o.below(t, gov)
	cookie, csrf := o.browser(t, "admin")
	cookie = strings.Replace(cookie, "dabiao=", "dabiao.gov.wugang=", 1)
	const typed = `/etc href="/x" ' href='/y`
	g := ask("POST", "/gov/wugang/years/2026/entry", url.Values{"csrf": {csrf}, "key": {"k"}, "indicator": {"screened"},
		"unit": {"east"}, "value": {"abc"}, "date": {"2026-05-01"}, "note": {typed}}.Encode(), "Cookie", cookie)
	kept := strings.Contains(g.body, ">"+html.EscapeString(typed)+"</textarea>")
	if g.StatusCode != http.StatusUnprocessableEntity || !kept {
		t.Errorf("%d: the note came back otherwise: %s", g.StatusCode, g.body)
	}
}

// A path of an office hides no address of the program's own.
func TestEveryFirstPartOfAnAddressIsReserved(t *testing.T) {
	o := smallOffice(t)
	for _, r := range o.HTTP().GetRoutes() {
		part, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "/")
		if part != "" && !strings.ContainsAny(part, ":*.") && !offices.Reserved(part) {
			t.Errorf("%s %s: an office may be put at /%s", r.Method, r.Path, part)
		}
	}
}
