package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/help"
	"dabiao/internal/lang"
)

var footHelp = regexp.MustCompile(`<footer class="foot">\s*<p><a href="([^"]+)">`)

// From every page a link leads to what the guide says about it; most pages have a section of their own there.
func TestEveryPageLeadsToItsHelp(t *testing.T) {
	o := smallOffice(t)
	own, pages := 0, 0
	sections := map[string]bool{}
	for _, r := range routesOf(o) {
		if r.Method != http.MethodGet || strings.HasPrefix(r.Path, "/api/") || strings.HasPrefix(r.Path, "/help") {
			continue
		}
		g := o.get(t, "admin", filled(r))
		m := footHelp.FindStringSubmatch(g.body)
		if g.StatusCode != http.StatusOK || m == nil {
			continue
		}
		pages++
		if m[1] != help.Path {
			own++
			sections[strings.TrimPrefix(m[1], help.Path+"/")] = true
		}
		if to := o.get(t, "", m[1]); to.StatusCode != http.StatusOK || !strings.Contains(to.body, "<h1>") {
			t.Errorf("%s leads to %s, which answers %d", r.Path, m[1], to.StatusCode)
		}
	}
	if pages < 50 || own < pages*9/10 {
		t.Errorf("%d of %d pages lead to a section", own, pages)
	}
	for _, s := range help.In(lang.English).Sections {
		switch s.ID {
		case "the-first-hour-of-a-new-office", "in-three-minutes", "unit-reporters", "exporting-the-log":
			continue // of a set-up, of who is nobody yet, of a role: no page of an administrator's
		}
		if !sections[s.ID] {
			t.Errorf("no page leads to %s", s.ID)
		}
	}
}

// The guide is read and searched by anyone, in the reader's language, and keeps what was looked for.
func TestTheHelpIsReadAndSearched(t *testing.T) {
	o := smallOffice(t)
	for _, c := range []struct{ as, path, language, shows string }{
		{"", "/help", "zh-CN", ">从 Excel 导入<"}, {"", "/help", "en", ">Importing from Excel<"},
		{"staff", "/help/evidence", "zh-CN", `rel="next"`}, {"", "/help/pictures/wall.png", "en", "\x89PNG"},
		{"", "/help?q=" + url.QueryEscape("佐证"), "zh-CN", "<mark>佐证</mark>"},
		{"", "/help?q=" + url.QueryEscape(`佐证 <script>`), "zh-CN", "佐证 &lt;script&gt;"},
	} {
		language := map[string]string{"Accept-Language": c.language}
		g := o.send(t, request{method: "GET", path: c.path, as: c.as, header: language})
		if !strings.Contains(g.want(t, http.StatusOK).body, c.shows) || strings.Contains(g.body, "<script>") {
			t.Errorf("%s in %s lacks %q: %.600s", c.path, c.language, c.shows, g.body)
		}
	}
	for _, nowhere := range []string{"/help/nothing", "/help/pictures/guide.en.md", "/help/pictures/..%2fguide.en.md"} {
		o.get(t, "", nowhere).want(t, http.StatusNotFound)
	}
}
