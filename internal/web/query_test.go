package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/web/api"
)

// queryFill makes an address of a route's pattern.
var queryFill = strings.NewReplacer("{year}", "2026", "{format}", "csv", "{id}", "1", "{code}", "screened", "{key}",
	"problems", "{number}", "1")

// freeText are what a call takes as it is written.
var freeText = map[string]string{"text": "a figure as somebody types it",
	"person": "whoever did something, also long ago", "object": "whatever the audit log speaks of",
	"key": "an idempotency key, as a client makes it up"}

// A word that means nothing is refused, whichever call and parameter it is said to; else the answer is to
// another question.
func TestEveryParameterOfACallRefusesNonsense(t *testing.T) {
	o := smallOffice(t)
	tried := 0
	for path, item := range description(t).Paths.Map() {
		if item.Get == nil {
			continue
		}
		for _, p := range item.Get.Parameters {
			name := p.Value.Name
			if p.Value.In != "query" {
				continue
			}
			if freeText[name] != "" {
				continue
			}
			tried++
			q := url.Values{name: {"zzz"}}
			if strings.HasSuffix(path, "/wording") && name != "indicator" {
				q.Set("indicator", "screened")
			}
			g := o.get(t, "admin", api.Path+queryFill.Replace(path)+"?"+q.Encode())
			if g.StatusCode != http.StatusUnprocessableEntity && g.StatusCode != http.StatusNotFound {
				t.Errorf("%s?%s is answered %d", path, q.Encode(), g.StatusCode)
			}
		}
	}
	if tried < 60 {
		t.Errorf("only %d parameters were tried", tried)
	}
}

// badWords are what a parameter cannot say, on whichever page.
var badWords = []string{"as_of=zzz", "as_of=2026-13", "as_of=2026", "as_of=2026-1-1", "month=zzz", "month=2026-00",
	"month=13", "month=0", "date=zzz",
	"date=2026-02-30", "date=1", "before=zzz", "before=-1", "before=1e3", "skip=x", "update=0x1", "version=one",
	"against=%20", "seconds=-5",
	"with=last", "lang=de", "light=purple", "state=approve", "sensitive=zzz", "sensitive=0", "mine=yes", "sort=name",
	"tick=none",
	"as_of=2026-11&as_of=zzz", "a=%zz"}

func TestPagesRefuseUnknownValuesInQueries(t *testing.T) {
	o := smallOffice(t)
	fill := strings.NewReplacer(":year", "2026", ":format", "csv", ":id", "1", ":code", "screened", ":number", "1",
		":area", "one",
		":sum", "abc", ":token", "abc", ":name", "app.css", "*", "problems")
	cookie, _ := o.browser(t, "admin")
	pages := 0
	for _, r := range routesOf(o) {
		if r.Method != http.MethodGet || strings.HasPrefix(r.Path, api.Path) || strings.HasSuffix(r.Path, "/import/:sum") ||
			strings.HasPrefix(r.Path, "/login/s") {
			continue // a form that people fill in; steps of a sign-in that this one has behind them
		}
		pages++
		for _, bad := range badWords {
			g := o.send(t, request{method: "GET", path: fill.Replace(r.Path) + "?" + bad, cookie: cookie})
			if g.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s?%s is answered %d", r.Path, bad, g.StatusCode)
			}
		}
	}
	if pages < 70 {
		t.Errorf("only %d pages were tried", pages)
	}
	g := o.send(t, request{method: "GET", path: "/years/2026?light=purple", cookie: cookie,
		header: map[string]string{"Accept-Language": "en"}})
	if !strings.Contains(g.body, "In the address, “purple” is not a valid value for “light”.") {
		t.Errorf("the page says %s", g.body)
	}
	for _, good := range []string{"", "as_of=", "as_of=2026-03", "light=done", "from=singlemessage&isappinstalled=0",
		"open=all", "before=", "lang=en"} {
		o.send(t, request{method: "GET", path: "/years/2026?" + good, cookie: cookie}).want(t, http.StatusOK)
	}
	for _, good := range []string{"grid?unit=east&month=11", "entry?date=2026-11-03",
		"updates?indicator=screened&month=2026-11",
		"completeness?sort=rate", "compare?sort=1&with=2025", "review?tick=all&by=unit", "evidence?skip=100"} {
		o.send(t, request{method: "GET", path: "/years/2026/" + good, cookie: cookie}).want(t, http.StatusOK)
	}
}

// What is malformed in the way of its kind is refused as zzz is.
func TestMalformedValuesAreRefusedInOneSentence(t *testing.T) {
	o := smallOffice(t)
	for _, query := range []string{"wording?indicator=screened&date=zzz", "wording?indicator=screened&date=2026-02-30",
		"wording?indicator=screened&date=2026-13-01", "years/2026/evidence.zip?sensitive=zzz",
		"years/2026/evidence.zip?sensitive=0",
		"years/2026/board?as_of=2026-13", "years/2026/board?as_of=2026-1-1", "years/2026/board?as_of=2025-11",
		"updates?month=2026-00", "updates?month=zzz", "updates?month=2026-02",
		"updates?year=0", "updates?limit=-1", "updates?cursor=x", "years?limit=1.5", "years?limit=1e3",
		"years/2026/bulletin.docx?month=13"} {
		g := o.send(t, request{method: "GET", path: api.Path + "/" + query, as: "admin",
			header: map[string]string{"Accept-Language": "en"}})
		p := g.want(t, http.StatusUnprocessableEntity).problem(t)
		if strings.Contains(g.body, "saved") || len(p.Errors) > 1 {
			t.Errorf("%s: %s", query, g.body)
		}
	}
	for _, query := range []string{"wording?indicator=screened&date=2026-02-28", "wording?indicator=screened&date=",
		"years/2026/evidence.zip?sensitive=1", "years/2026/evidence.zip?sensitive=",
		"updates?month=2026-02&indicator=screened"} {
		o.get(t, "admin", api.Path+"/"+query).want(t, http.StatusOK)
	}
}
