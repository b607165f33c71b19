package overview

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// Whatever number one clicks, two clicks lead to the entries behind it.
func TestEveryNumberLeadsToItsEntries(t *testing.T) {
	p := browsertest.Open(t, "leader")
	year := "/years/" + p.Program.Today()[:4]
	const figure = ".show-figure .reading b a"
	for _, way := range []struct{ at, first, then string }{
		{"", ".late .reading b a", ""},
		{"", ".heat td a", "td.c-value a"},
		{"", ".ranking b a", figure},
		{"", ".ov", figure},
		{"/overview", ".ov", figure},
		{"/trends", ".unit-map tbody td a[class]", figure},
		{"/trends", ".unit-map .ranks a", "td.c-value a"},
		{"/trends", ".points span a", ".scores td.c-value a[href*=updates]"},
		{"/trends", ".history td a", ""},
		{"/compare", ".pivot td a", figure},
		{"/score", ".scores td.c-value a[href*=updates]", ""},
		{"/score", "[aria-labelledby=heading-output] td.c-score a", figure},
		{"/score", "[aria-labelledby=heading-output] td.c-target a", figure},
		{"/score", "[aria-labelledby=total] td a[href='#heading-output']", ".scores td.c-value a[href*=updates]"},
		{"/completeness", ".matrix .c-month a", ""},
		{"/completeness", ".matrix td.num a", ""},
		{"/indicators/two-cancer-screened", ".pareto b a", ""},
		{"/indicators/two-cancer-screened", ".figures-units td.c-value a", ""},
		{"/indicators/two-cancer-screened", ".chart-table td a", ""},
	} {
		p.Go(year + way.at)
		click(p, way.first)
		if way.then != "" {
			click(p, way.then)
		}
		if at := p.Address(); !strings.Contains(at, "/updates?") || p.LogRows() == 0 {
			t.Errorf("from %q by %s, %s: at %s with %d entries", way.at, way.first, way.then, at, p.LogRows())
		}
	}
}

// click clicks as a person would; a link within the page brings no new one.
func click(p *browsertest.Page, selector string) {
	p.T.Helper()
	p.Unfold()
	p.Ask(`document.querySelectorAll("details:not(.menu):not([open])").forEach(d => d.open = true), 0`, new(int))
	if strings.HasPrefix(p.Attribute(selector, "href"), "#") {
		p.Click(selector)
		return
	}
	p.Follow(selector)
}

// The budget's numbers lead to their months and revisions, and those who may read it to who set them.
func TestEveryBudgetNumberLeadsToWhoSetIt(t *testing.T) {
	p := browsertest.Open(t, "auditor")
	year := "/years/" + p.Program.Today()[:4]
	p.Go(year + "/budget")
	var dead []string
	p.Ask(`Array.from(document.querySelectorAll(".money a[href^='#'], .reading a[href^='#']")).filter(a => !document.querySelector(a.hash)).map(a => a.outerHTML)`, &dead)
	if n := p.Count(".money tbody a[href^='#']"); n < 8 || len(dead) > 0 {
		t.Errorf("%d numbers lead on, nowhere: %q", n, dead)
	}
	p.Follow(`a[href^="/audit?"]`)
	if n := p.Count("main tbody tr"); n == 0 {
		t.Errorf("at %s nobody set the budget", p.Address())
	}
}
