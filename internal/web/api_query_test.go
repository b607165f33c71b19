package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/web/api"
)

// Whoever asks for the entries since a day and is given all of them builds on a wrong answer: what a
// call does not know it refuses, whichever call it is.
func TestEveryCallRefusesAParameterItDoesNotKnow(t *testing.T) {
	o := smallOffice(t)
	fill := strings.NewReplacer(":year", "2026", ":month", "2", ":format", "csv", ":id", "1", ":code", "screened", ":key",
		"problems", ":number", "1")
	calls := 0
	for _, r := range routesOf(o) {
		if !strings.HasPrefix(r.Path, api.Path) || strings.HasSuffix(r.Path, "/openapi.json") {
			continue
		}
		calls++
		g := o.send(t, request{method: r.Method, path: fill.Replace(r.Path) + "?since=2026-01-01", as: "admin"})
		if g.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s %s takes ?since= with %d", r.Method, r.Path, g.StatusCode)
			continue
		}
		if r.Method == http.MethodHead {
			continue
		}
		if p := g.problem(t); len(p.Errors) != 1 || p.Errors[0].Field != "since" || p.Errors[0].Code != "query_unknown" {
			t.Errorf("%s %s says %+v", r.Method, r.Path, p.Errors)
		}
	}
	if calls < 80 {
		t.Errorf("only %d calls were tried", calls)
	}
}

func TestQueriesOfTheAPISayOneKnownThingEach(t *testing.T) {
	o := smallOffice(t)
	for query, want := range map[string]string{
		"updates?since=2026-01-01":                   "since query_unknown",
		"updates?Year=2026":                          "Year query_unknown",
		"updates?year=2026&year=2025":                "year query_twice",
		"updates?state=approve":                      "state query_word",
		"updates?mine=yes":                           "mine query_word",
		"updates?mine=1&state=approved&year=2026":    "",
		"updates?state=":                             "",
		"updates?":                                   "",
		"updates?&&":                                 "",
		"updates?year=2026&from=1&to=2":              "from query_unknown, to query_unknown",
		"updates?a=%zz":                              "query_unreadable",
		"years?limit=1":                              "",
		"years?lang=en":                              "lang query_unknown",
		"years/2026/board?unit=east&as_of=2026-03":   "",
		"years/2026/board?asof=2026-03":              "asof query_unknown",
		"years/2026/report.csv?form=sources&lang=de": "lang query_word",
		"years/2026/updates.csv?since=1":             "since query_unknown",
	} {
		g := o.get(t, "admin", api.Path+"/"+query)
		if want == "" {
			g.want(t, http.StatusOK)
			continue
		}
		p, said := g.want(t, http.StatusUnprocessableEntity).problem(t), []string{}
		for _, e := range p.Errors {
			said = append(said, e.Field+" "+e.Code)
		}
		if len(said) == 0 {
			said = append(said, p.Code)
		}
		if got := strings.Join(said, ", "); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// A dry run whose word is misread would be a real one.
func TestADryRunIsNeverTakenForARealOne(t *testing.T) {
	o := smallOffice(t)
	table := "指标,单位,日期,本月完成\n检查人数,东镇,2026-10-31,5\n"
	for _, word := range []string{"yes", "on", "TRUE", "True", "t", "2", "1 ", "y"} {
		o.send(t, request{method: "POST", path: api.Path + "/imports?year=2026&dry_run=" + url.QueryEscape(word), as: "admin",
			media: "text/csv", body: table}).want(t, http.StatusUnprocessableEntity)
	}
	for _, word := range []string{"1", "true"} {
		g := o.send(t, request{method: "POST", path: api.Path + "/imports?year=2026&dry_run=" + word, as: "admin",
			media: "text/csv", body: table}).want(t, http.StatusOK)
		if !regexp.MustCompile(`"stored": ?false`).MatchString(g.body) {
			t.Errorf("dry_run=%s stores: %s", word, g.body)
		}
	}
}
