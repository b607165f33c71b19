package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everyLink leads to the pages a role can reach from the bar of the page start, the forms of the score,
// the rules and the budget, and one indicator.
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
			links = append(links, year+"/rules?edit=1", year+"/score?line=women-trained", year+"/budget?line=general-basic", year+"/projects?new=1", year+"/staffing?edit=1", year+"/bulletin", "/questions/1")
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

// pageName names a page's picture.
func pageName(i int, link string) string {
	return string(rune('a'+i)) + "-" + strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(link, "-"), "-")
}

// everyPage opens each of [everyLink].
func everyPage(t *testing.T, p *Page, start string, visit func(name string)) {
	t.Helper()
	for i, l := range everyLink(t, p, start) {
		p.Go(l)
		visit(pageName(i, l))
	}
}

// planPages are the pages that a year's plan leads to: those of its buttons, and the first indicator
// with its targets.
func planPages(p *Page, plan string) (links []string) {
	p.Go(plan)
	p.Ask(`Array.from(document.querySelectorAll(".downloads a"), a => a.getAttribute("href"))`, &links)
	for _, first := range []string{".plan .c-name a", ".plan .c-now a"} {
		var href string
		p.Ask(`document.querySelector("`+first+`").getAttribute("href")`, &href)
		links = append(links, href)
	}
	return links
}

// Every page, for each who sees other pages, on a desk and on a phone, by day and by night: no
// finding of axe that is serious, nothing wider than the window. (The tabs listen for policy
// violations and errors all the while.)
func TestEveryPageIsSoundForEveryone(t *testing.T) {
	for _, role := range []string{"staff", "leader", "reporter", "auditor", "admin"} {
		for _, width := range []int64{desk, phone} {
			t.Run(fmt.Sprintf("%s at %d px", role, width), func(t *testing.T) {
				t.Parallel()
				p := open(t, role)
				p.Size(width, 900)
				for i, link := range everyLink(t, p, "/") {
					p.Looks(link, width, func(l Look) {
						if n := p.Overflow(); n > 0 {
							t.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
						}
						if n := p.BentTables(); width == desk && n > 0 {
							t.Errorf("%s: %d tables are laid out as something else", p.Address(), n)
						}
						if role == "staff" || width == desk && !l.Dark {
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

// The catalogue's Chinese sentences, as patterns: what must not be left on an English page.
func chinesePatterns(t *testing.T) map[string]*regexp.Regexp {
	t.Helper()
	dir, err := root()
	if err != nil {
		t.Fatal(err)
	}
	read := func(tag string) map[string]string {
		files, err := filepath.Glob(filepath.Join(dir, "internal/lang/catalogue", tag, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no catalogue %s: %v", tag, err)
		}
		all := map[string]string{}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	english, out := read("en"), map[string]*regexp.Regexp{}
	place := regexp.MustCompile(`\\\{\d+\\\}`)
	han := regexp.MustCompile(`\p{Han}`)
	for key, chinese := range read("zh-CN") {
		if len(han.FindAllString(chinese, 2)) == 2 && !han.MatchString(english[key]) {
			out[key] = regexp.MustCompile(`^` + place.ReplaceAllString(regexp.QuoteMeta(chinese), `.*`) + `$`)
		}
	}
	return out
}

func TestInEnglishNoChineseWordsOfOursAreLeft(t *testing.T) {
	t.Parallel()
	patterns := chinesePatterns(t)
	p := open(t, "staff")
	p.Go(board)
	p.Click(".menu-me summary")
	p.Follow(`.prefs button[lang=en]`)
	everyPage(t, p, "/", func(name string) {
		var tag string
		p.Ask(`document.documentElement.lang`, &tag)
		if tag != "en" {
			t.Errorf("%s says its language is %q", p.Address(), tag)
		}
		for _, text := range p.ChineseOutsideData() {
			ours := false
			for key, pattern := range patterns {
				if pattern.MatchString(text) {
					ours = true
					t.Errorf("%s: %q is left in Chinese (%s)", p.Address(), text, key)
				}
			}
			if !ours {
				t.Logf("%s: the office's own words, not marked as Chinese: %s", p.Address(), text)
			}
		}
		p.Shot("english-" + name)
	})
}
