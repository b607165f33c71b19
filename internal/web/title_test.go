package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

var (
	pageTitle  = regexp.MustCompile(`<title>([^<]*)</title>`)
	yearInPath = regexp.MustCompile(`^/years/(\d{4})(/|$)`)
)

// A person with many tabs open tells them apart: no two pages are called alike, and every page of a year
// names it. Each kind of address that the administrator's pages lead to is opened, in both languages.
func TestNoTwoPagesAreCalledAlike(t *testing.T) {
	o := demoOffice(t)
	for tag, product := range map[string]string{"zh-CN": "达标", "en": "Dabiao"} {
		called := map[string]string{} // title → address
		name := func(at, body string) {
			if strings.Contains(at, ".") { // a document has a title of its own
				return
			}
			title := html.UnescapeString(pageTitle.FindStringSubmatch(body)[1])
			if other, twice := called[title]; twice && other != at {
				t.Errorf("%s and %s are both called %q", other, at, title)
			}
			called[title] = at
			if m := yearInPath.FindStringSubmatch(at); m != nil && !strings.Contains(title, m[1]) {
				t.Errorf("%s is called %q, without its year", at, title)
			}
			if parts := strings.Split(title, " · "); len(parts) < 3 || parts[len(parts)-1] != product ||
				slices.Contains(parts, "") {
				t.Errorf("%s is called %q", at, title)
			}
		}
		o.crawl(t, "admin", tag, 3, name)
		for _, at := range []string{ // the pages of one indicator, of one unit, of two entries and of two people
			"/years/2026/indicators/women-trained", "/years/2026/plan/indicators/women-trained",
			"/years/2026/plan/indicators/women-trained/targets", "/years/2026/indicators/women-trained/question",
			"/years/2026/updates?indicator=women-trained", "/years/2026?unit=" + o.aUnit(t), "/units/" + o.aUnit(t),
			"/years/2022", "/years/2022/plan", "/years/2022/mine", "/years/2022/score",
			"/updates/1", "/updates/1/correction", "/updates/1/withdrawal", "/updates/1/evidence",
			"/updates/2", "/updates/2/correction", "/updates/2/evidence", "/accounts/1", "/accounts/2",
		} {
			g := o.send(t, request{method: http.MethodGet, path: at, as: "admin",
				header: map[string]string{"Accept-Language": tag}})
			if g.StatusCode == http.StatusOK {
				name(at, g.body)
			} else {
				t.Logf("%s: %d", at, g.StatusCode)
			}
		}
		t.Logf("%s: %d pages", tag, len(called))
	}
}

// crawl opens each kind of address once that the first page leads to within so many clicks, and hands out
// every page with its address, the query narrowed to the unit.
func (o *office) crawl(t *testing.T, role, tag string, clicks int, visit func(at, body string)) {
	t.Helper()
	pages, seen := []string{"/"}, map[string]bool{}
	for range clicks {
		var next []string
		for _, at := range pages {
			g := o.send(t, request{method: http.MethodGet, path: at, as: role,
				header: map[string]string{"Accept-Language": tag}})
			if g.StatusCode == http.StatusSeeOther {
				at = g.Header.Get("Location")
				g = o.send(t, request{method: http.MethodGet, path: at, as: role,
					header: map[string]string{"Accept-Language": tag}})
			}
			if g.StatusCode != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Type"), fiber.MIMETextHTML) {
				continue
			}
			u, err := url.Parse(at)
			must(t, err)
			visited := u.Path
			if unit := u.Query().Get("unit"); unit != "" {
				visited += "?unit=" + unit
			}
			visit(visited, g.body)
			for _, m := range link.FindAllStringSubmatch(g.body, -1) {
				kind := differing.ReplaceAllString(m[1], "$1")
				if !seen[kind] && !strings.HasPrefix(kind, "/assets/") {
					seen[kind] = true
					next = append(next, html.UnescapeString(m[1]+m[2]))
				}
			}
		}
		pages = next
	}
}

// aUnit is the code of a unit below the office.
func (o *office) aUnit(t *testing.T) string {
	t.Helper()
	body := o.get(t, "admin", "/units").want(t, http.StatusOK).body
	m := regexp.MustCompile(`href="/units/([^"?]+)"`).FindAllStringSubmatch(body, -1)
	return m[len(m)-1][1]
}
