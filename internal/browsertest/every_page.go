package browsertest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/programtest"
)

// everyLink returns the pages that a role can reach from the navigation of the page start, the forms of
// the score, the rules and the budget, and one indicator.
func everyLink(t *testing.T, p *Page, start string) (links []string) {
	t.Helper()
	p.Go(start)
	p.Ask(`Array.from(document.querySelectorAll(".nav a, .bell, .tool a"), a => a.getAttribute("href"))`, &links)
	if len(links) == 0 {
		t.Errorf("the bar leads nowhere")
	}
	if i := slices.IndexFunc(links, func(l string) bool { return strings.HasSuffix(l, "/mine") }); i >= 0 {
		for _, page := range []string{"/entry", "/grid", "/updates", "/import", "/evidence", "/completeness"} {
			links = append(links, strings.TrimSuffix(links[i], "/mine")+page)
		}
	}
	links = append(links, "/questions")
	for _, l := range links {
		if year, ok := strings.CutSuffix(l, "/score"); ok { // the forms that these pages open on request
			links = append(links, year+"/rules?edit=1", year+"/score?line=women-trained", year+"/budget?line=general-basic",
				year+"/projects?new=1", year+"/staffing?edit=1", year+"/bulletin", "/questions/1")
		}
	}
	if rows := p.Rows(); len(rows) > 0 {
		links = append(links, rows[slices.IndexFunc(rows, func(r Row) bool { return r.Rate != "" && r.Rate != "—" })].Href)
	}
	if i := slices.IndexFunc(links, func(l string) bool { return strings.HasSuffix(l, "/plan") }); i >= 0 {
		links = append(links, planPages(p, links[i])...)
	}
	return links
}

// pageName returns a name for a page's screenshot.
func pageName(i int, link string) string {
	return string(rune('a'+i)) + "-" + strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(link, "-"), "-")
}

// EveryPage opens each page of [everyLink] and calls visit with its name.
func EveryPage(t *testing.T, p *Page, start string, visit func(name string)) {
	t.Helper()
	for i, l := range everyLink(t, p, start) {
		p.Go(l)
		visit(pageName(i, l))
	}
}

// planPages returns the pages that a year's plan leads to: those of its buttons, and the first
// indicator with its targets.
func planPages(p *Page, plan string) (links []string) {
	p.Go(plan)
	p.Ask(`Array.from(document.querySelectorAll(".downloads a"), a => a.getAttribute("href"))`, &links)
	if slices.Contains(links, "/settings") {
		var settings []string
		p.Go("/settings")
		p.Ask(`Array.from(document.querySelectorAll(".settings-list a"), a => a.getAttribute("href"))`, &settings)
		links = append(links, settings...)
		p.Go(plan)
	}
	for _, first := range []string{".plan .c-name a", ".plan .c-now a"} {
		var href string
		p.Ask(`document.querySelector("`+first+`").getAttribute("href")`, &href)
		links = append(links, href)
	}
	return links
}

// EveryPageIsSound checks every page of each role at a desktop's and a phone's width, in light and dark
// colours: axe finds nothing and nothing is wider than the window. (The tabs also listen for policy
// violations and errors.)
func EveryPageIsSound(t *testing.T, roles ...string) {
	t.Helper()
	for _, role := range roles {
		for _, width := range []int64{Desk, Phone} {
			t.Run(fmt.Sprintf("%s at %d px", role, width), func(t *testing.T) {
				t.Parallel()
				p := Open(t, role)
				p.Size(width, 900)
				for i, link := range everyLink(t, p, "/") {
					p.Screens(link, width, func(l Screen) {
						if n := p.Overflow(); n > 0 {
							t.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
						}
						if n := p.BentTables(); width == Desk && n > 0 {
							t.Errorf("%s: %d tables are laid out as something else", p.Address(), n)
						}
						if role == "staff" || width == Desk && !l.Dark {
							p.Axe()
						}
						if got := p.IsDark(); got != l.Dark {
							t.Errorf("%s: dark colours asked for: %v, shown: %v", p.Address(), l.Dark, got)
						}
						p.Shot(role + "-" + pageName(i, link) + "-" + l.String())
					})
				}
			})
		}
	}
}

// EveryPageIsWellLaidOut measures every page that a role can reach in a program, in both languages: no text over
// another, none cut off, nothing wider than the window.
func EveryPageIsWellLaidOut(t *testing.T, program *programtest.Program, role string, widths ...int64) {
	t.Helper()
	for _, language := range []string{"zh-CN", "en"} {
		t.Run(role+" in "+language, func(t *testing.T) {
			t.Parallel()
			p := Shared(t).Open(t, program)
			p.SignIn(role)
			p.Click(".menu-me summary")
			p.Follow(`.prefs button[value="` + language + `"]`)
			for i, link := range everyLink(t, p, "/") {
				p.Size(widths[0], 900)
				p.Go(link)
				for _, width := range widths {
					p.Size(width, 900)
					p.Frame()
					what := fmt.Sprintf("%s, %d px", language, width)
					p.WellLaidOut(what)
					if width != Phone { // there a page may be longer than a picture can be
						p.Shot(fmt.Sprintf("layout-%s-%s-%d", language, pageName(i, link), width))
					}
				}
			}
		})
	}
}
