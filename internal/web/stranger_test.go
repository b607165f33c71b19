package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// openRoutes is all that may be asked for without a sign-in.
var openRoutes = []string{
	"GET /healthz", "GET /readyz", "GET /assets/:name", "GET /favicon.ico", "GET /login", "POST /login",
	"GET /login/sso", "POST /login/sso", "GET /login/sso/back",
	"GET /setup", "POST /setup",
	"GET /invite/:secret", "POST /invite/:secret", "POST /preferences", "GET /api/v1/openapi.json",
	"GET /wall/:token", "GET /wall/:token/events", "GET /public/:year",
	"GET /help", "GET /help/:section", "GET /help/pictures/:name",
}

// routesOf lists the address space once per method, without the middleware.
func routesOf(o *office) []fiber.Route {
	o.HTTP().Handler() // builds the tree
	var out []fiber.Route
	for _, r := range o.HTTP().GetRoutes(true) {
		if r.Path != "/" || r.Method == http.MethodGet || r.Method == http.MethodHead {
			out = append(out, r)
		}
	}
	return out
}

func isOpen(r fiber.Route) bool {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	return slices.Contains(openRoutes, method+" "+r.Path)
}

func isUnsafe(r fiber.Route) bool { return r.Method != http.MethodGet && r.Method != http.MethodHead }

// filled is an address of a route that leads to something in the small office.
func filled(r fiber.Route) string {
	return strings.NewReplacer(":year", "2026", ":code", "screened", ":id", "1", ":name", "app.css", ":format",
		"docx").Replace(r.Path)
}

// secrets must not be in any answer to someone who may not see them.
var secrets = []string{"secret ", "screened", "照片", ".docx", "county"}

func wantNoSecret(t *testing.T, g got) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(g.body, secret) {
			t.Errorf("the answer reveals %q: %.300s", secret, g.body)
		}
	}
}

func TestEveryRouteRefusesStrangers(t *testing.T) {
	o := smallOffice(t)
	o.attach(t, o.log(t, "west"))
	seen := 0
	for _, who := range []request{
		{},
		{cookie: "dabiao=" + strings.Repeat("x", 43)},
		{header: map[string]string{"Authorization": "Bearer " + strings.Repeat("x", 43)}},
		{header: map[string]string{"Authorization": "Basic YWRtaW46YWRtaW4="}},
	} {
		for _, r := range routesOf(o) {
			if isOpen(r) {
				continue
			}
			seen++
			who.method, who.path = r.Method, filled(r)
			g := o.send(t, who)
			wantNoSecret(t, g)
			switch {
			case strings.HasPrefix(r.Path, "/api/"), isUnsafe(r):
				if g.StatusCode != http.StatusUnauthorized {
					t.Errorf("%s %s as %v: %d, want 401", r.Method, who.path, who.header, g.StatusCode)
				}
			case g.StatusCode != http.StatusSeeOther || g.Header.Get("Location") != "/login?next="+url.QueryEscape(who.path):
				t.Errorf("%s %s: %d to %q, want 303 to the sign-in page", r.Method, who.path, g.StatusCode,
					g.Header.Get("Location"))
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d requests: does the loop see the routes?", seen)
	}
}

func TestAnOldCookieStillOpensTheSignInPage(t *testing.T) {
	o := smallOffice(t)
	g := o.send(t, request{method: "GET", path: "/login", cookie: "dabiao=from-last-week"}).want(t, http.StatusOK)
	if !strings.Contains(g.body, `name="password"`) {
		t.Errorf("no form to sign in with: %q", g.body)
	}
	o.send(t, request{method: "GET", path: "/healthz", cookie: "dabiao=from-last-week"}).want(t, http.StatusOK)
}

// Everything that changes something refuses what another site made a browser send.
func TestEveryUnsafeRouteRefusesOtherSites(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	for name, header := range map[string]map[string]string{
		"cross-site": {"Sec-Fetch-Site": "cross-site"},
		"same-site":  {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
		"origin":     {"Origin": "http://evil.example"},
		"null":       {"Origin": "null"},
		"other port": {"Origin": "http://localhost:8081"},
	} {
		for _, r := range routesOf(o) {
			if !isUnsafe(r) {
				continue
			}
			g := o.send(t, request{method: r.Method, path: filled(r), cookie: cookie, header: header, body: "csrf=" + csrf,
				media: "application/x-www-form-urlencoded"})
			if g.StatusCode != http.StatusForbidden {
				t.Errorf("%s: %s %s: %d, want 403", name, r.Method, r.Path, g.StatusCode)
			}
		}
	}
}

func TestEveryFormNeedsTheCSRFToken(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "west")
	cookie, csrf := o.browser(t, "admin")
	_, other := o.browser(t, "staff")
	before := o.get(t, "admin", "/api/v1/years/2026/board").body
	for _, r := range routesOf(o) {
		if !isUnsafe(r) || isOpen(r) || strings.HasPrefix(r.Path, "/api/") || r.Path == "/login/step" {
			continue // the last is for those who have begun to sign in: second_factor_test.go
		}
		for _, body := range []string{"", "csrf=", "csrf=wrong", "csrf=" + other, "CSRF=" + csrf} {
			g := o.send(t, request{method: r.Method, path: filled(r), cookie: cookie, media: "application/x-www-form-urlencoded",
				body: body + "&unit=east&date=2026-11-03&value=5&reason=r"})
			if g.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s with %q: %d, want 403", r.Method, r.Path, body, g.StatusCode)
			}
			body, media := upload(strings.TrimPrefix(body, "csrf="), "a.png", tinyPNG, "unit", "east")
			o.send(t, request{method: r.Method, path: filled(r), cookie: cookie, media: media, body: body}).want(t,
				http.StatusForbidden)
		}
		g := o.send(t, request{method: r.Method, path: filled(r) + "?csrf=" + csrf, cookie: cookie,
			media: "application/x-www-form-urlencoded"})
		if g.StatusCode != http.StatusForbidden {
			t.Errorf("%s %s takes the token from the address", r.Method, r.Path)
		}
	}
	if after := o.get(t, "admin", "/api/v1/years/2026/board").body; after != before {
		t.Error("something was changed")
	}
	if left := stagedFiles(t, o); left != 0 {
		t.Errorf("%d files were left in the store", left)
	}
}

// A page of ours may call the API with its session; the browser vouches for the origin.
func TestTheAPITakesASessionFromTheSameOrigin(t *testing.T) {
	o := smallOffice(t)
	cookie, _ := o.browser(t, "staff")
	body := `{"indicator":"screened","unit":"west","date":"2026-11-03","value":"5"}`
	for _, header := range []map[string]string{{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}} {
		o.send(t, request{method: "POST", path: "/api/v1/updates", cookie: cookie, body: body, header: header}).want(t,
			http.StatusCreated)
	}
	o.send(t, request{method: "POST", path: "/api/v1/updates", cookie: cookie, body: body, media: "text/plain"}).want(t,
		http.StatusUnsupportedMediaType)
}

func TestRedirectsStayHere(t *testing.T) {
	o := smallOffice(t)
	cookie, _ := o.browser(t, "staff")
	for _, to := range []string{"//evil.example", "https://evil.example", `/\evil.example`, `\\evil.example`,
		"/\t/evil.example", "javascript:alert(1)", "http:evil.example", "/a\r\nSet-Cookie: x=1", "", "evil",
		"/\x00//evil.example", "///evil.example"} {
		for _, r := range []request{
			{method: "POST", path: "/preferences", body: "back=" + url.QueryEscape(to)},
			{method: "POST", path: "/login", body: "name=staff&password=" + url.QueryEscape(goodPassword) + "&next=" +
				url.QueryEscape(to)},
			{method: "GET", path: "/login?next=" + url.QueryEscape(to), cookie: cookie},
		} {
			g := o.send(t, r).want(t, http.StatusSeeOther)
			if at := g.Header.Get("Location"); at != "/" {
				t.Errorf("%s %s with %q leads to %q", r.method, r.path, to, at)
			}
		}
		g := o.get(t, "", "/login?next="+url.QueryEscape(to))
		if strings.Contains(g.body, "evil") {
			t.Errorf("the sign-in page keeps %q", to)
		}
	}
	o.send(t, request{method: "POST", path: "/preferences", body: "back=/years/2026"}).want(t, http.StatusSeeOther)
}

// An address that is registered twice answers with the first page, and the second is gone.
func TestNoAddressIsGivenTwice(t *testing.T) {
	seen := map[string]int{}
	for _, r := range routesOf(smallOffice(t)) {
		if seen[r.Method+" "+r.Path]++; seen[r.Method+" "+r.Path] == 2 {
			t.Errorf("%s %s is registered twice", r.Method, r.Path)
		}
	}
}
