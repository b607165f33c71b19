package web

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
)

// openInClosedYears are the calls that write into a closed year, and why they may.
var openInClosedYears = map[string]string{
	"/years/:year/compare/views":                   "whose comparison it is keeps it, the year does not change",
	"/years/:year/compare/views/:view/delete":      "as above",
	"/years/:year/mine":                            "nothing is written but what one sees",
	"/years/:year/report/sign":                     "a report is checked and signed after its year",
	"/years/:year/check":                           "a finding is looked at after its year",
	"/api/v1/years/:year/check/marks":              "as above",
	"/years/:year/check/document":                  "nothing is kept",
	"/years/:year/report/template":                 "papers are written after their year",
	"/years/:year/report/template/removal":         "as above",
	"/years/:year/report/rekey":                    "a year is typed into the other system when it is due",
	"/years/:year/plan/forward":                    "it fills the next year",
	"/years/:year/indicators/:code/question":       "asking changes no figure",
	"/years/:year/public":                          "who may see a year is no part of it",
	"/years/:year/import/:sum/workbook":            "the marked table is sent, nothing is stored",
	"/api/v1/years/:year/questions":                "asking changes no figure",
	"/api/v1/years/:year/report/templates":         "papers are written after their year",
	"/api/v1/years/:year/report/templates/removal": "as above",
	"/api/v1/years/:year/report/check":             "a report is checked and signed after its year",
	"/api/v1/years/:year/report/sign":              "as above",
	"/api/v1/years/:year/close":                    "it is closed",
	"/api/v1/years/:year/reopen":                   "it is how work goes on",
	"/api/v1/years/:year/public":                   "who may see a year is no part of it",
	"/years/:year/handup/dictionary":               "what a closed year came to may be handed up late",
	"/years/:year/handup/mapping":                  "as above",
	"/years/:year/handup/packages":                 "as above",
	"/years/:year/handup/packages/:number/send":    "as above",
	"/years/:year/handup/address":                  "it is no year's",
	"/years/:year/below/packages":                  "a package waits; handup_late_test.go in app: it is not taken",
	"/years/:year/below/units":                     "who hands up is no year's",
	"/years/:year/below/take":                      "handup_late_test.go in app",
	"/years/:year/evidence/erase":                  "evidence_erase_test.go in app: erasing is for closed years",
	"/api/v1/years/:year/evidence/erase":           "the same",
}

// closedForms are the forms of a plan and of an import, beside those of stateForms.
var closedForms = []stateForm{
	{"definition", "staff", "/years/2026/plan/indicators/screened",
		"name=typed+name&definition=typed+words&kind=flow&measure=%E4%BA%BA&decimals=0&starts=1&units_rule=",
		[]string{"typed name", "typed words"}, ofYear},
	{"new indicator", "staff", "/years/2026/plan/indicators",
		"name=typed+name&kind=flow&measure=%E4%BA%BA&decimals=0&starts=1&units_rule=&direction=up&category=quantity",
		[]string{"typed name"}, ofYear},
	{"archive", "staff", "/years/2026/plan/indicators/screened/archive", "what=archive", nil, ofYear},
	{"restore", "staff", "/years/2026/plan/indicators/screened/archive", "what=restore", nil, ofYear},
	{"into the year", "staff", "/years/2026/plan/indicators/screened/year", "", nil, ofYear},
	{"new area", "staff", "/years/2026/plan/areas", "name=typed+name&name_en=typed+english",
		[]string{"typed name"}, ofYear},
	{"area", "staff", "/years/2026/plan/areas/one", "name=typed+name&name_en=typed+english",
		[]string{"typed name"}, ofYear},
	{"table of indicators", "staff", "/years/2026/plan/table", "text=typed+table", []string{"typed table"}, ofYear},
	{"rows of indicators", "staff", "/years/2026/plan/table/rows", "rows=1&name.0=typed+name&measure.0=typed+measure",
		[]string{"typed name", "typed measure"}, ofYear},
	{"old report", "staff", "/years/2026/adopt", "text=typed+words+12人。", []string{"typed words"}, ofYear},
	{"rows of an old report", "staff", "/years/2026/adopt/1", "rows=1&name.0=x&measure.0=x", nil, ofYear},
	{"undoing an old report", "staff", "/years/2026/adopt/1/undo", "", nil, ofYear},
	{"order of areas", "staff", "/years/2026/plan/order", "area=one&direction=down", nil, ofYear},
	{"order of indicators", "staff", "/years/2026/plan/order", "indicator=screened&direction=down", nil, ofYear},
}

// closedOffice has something for every form and no open year.
func closedOffice(t *testing.T) (*office, kpi.UpdateID) {
	t.Helper()
	o, id := stateOffice(t, "")
	for _, code := range []string{"one", "two"} {
		_, err := o.app.CreateArea(ctx, kpi.Operator, 0, kpi.Area{Code: code, Name: code})
		must(t, err)
	}
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
	return o, id
}

// Definitions are every year's: on the plan of a closed year they change as little as its targets.
func TestThePlanOfAClosedYearTakesNothing(t *testing.T) {
	o, _ := closedOffice(t)
	cookie, csrf := o.browser(t, "staff")
	before := o.get(t, "admin", "/api/v1/indicators").body + o.get(t, "admin", "/api/v1/areas").body
	for _, f := range closedForms {
		for year, status := range map[string]int{"2026": f.status[stateClosed], "2024": f.status[stateNoYear]} {
			g := o.send(t, request{method: "POST", path: strings.Replace(f.path, "2026", year, 1), cookie: cookie,
				body: f.body + "&csrf=" + csrf, header: map[string]string{"Accept-Language": "en"}})
			if g.StatusCode != status {
				t.Errorf("%s of %s: status %d, want %d", f.name, year, g.StatusCode, status)
			}
			if year != "2026" {
				continue
			}
			for _, want := range append([]string{stateSentences[stateClosed]}, f.typed...) {
				if !strings.Contains(g.body, want) {
					t.Errorf("%s: the page lacks %q", f.name, want)
				}
			}
		}
	}
	if after := o.get(t, "admin", "/api/v1/indicators").body + o.get(t, "admin", "/api/v1/areas").body; after != before {
		t.Errorf("changed all the same:\n%s\n%s", before, after)
	}
}

// The plan of an open year takes them while another year is closed.
func TestAnOpenYearsPlanChangesDefinitions(t *testing.T) {
	o := smallOffice(t) // 2025 is closed
	cookie, csrf := o.browser(t, "staff")
	for year, want := range map[string]int{"2026": http.StatusSeeOther, "2025": http.StatusConflict} {
		o.send(t, request{method: "POST", path: "/years/" + year + "/plan/indicators/screened", cookie: cookie,
			body: closedForms[0].body + "&csrf=" + csrf}).want(t, want)
	}
	o.send(t, request{method: "PATCH", path: api.Path + "/indicators/screened", as: "staff", media: "application/json",
		body: `{"name":"another"}`}).want(t, http.StatusOK)
}

// closedCalls are sound calls of the API that a closed year refuses; {id} is an entry of it.
var closedCalls = []struct{ method, path, body string }{
	{"PATCH", "indicators/screened", `{"name":"x"}`},
	{"PATCH", "indicators/screened", `{"definition":"x"}`},
	{"PATCH", "indicators/screened", `{"archived":true}`},
	{"PATCH", "areas/one", `{"name":"x","name_en":"x"}`},
	{"POST", "indicators", `{"code":"fresh","name":"x","kind":"flow","measure":"人","years":[2026]}`},
	{"POST", "updates", `{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5"}`},
	{"POST", "updates/{id}/correction", `{"date":"2026-11-03","value":"5","reason":"x"}`},
	{"POST", "updates/{id}/withdrawal", `{"reason":"x"}`},
	{"POST", "years/2026/indicators", `{"rows":[{"name":"x","measure":"人"}]}`},
	{"POST", "years/2026/adoptions", `{}`},
	{"POST", "years/2026/adoptions/1/undo", `{}`},
	{"POST", "years/2026/explanations", `{"indicator":"screened","month":"2026-11","reason":"x","next":"x"}`},
	{"POST", "years/2026/targets", `{"indicator":"screened","sign":">=","value":"5","reason":"x"}`},
	{"POST", "years/2026/targets/split",
		`{"indicator":"screened","method":"typed","values":{"east":"59","west":"41"},"reason":"x"}`},
	{"POST", "years/2026/scores", `{"indicator":"screened","score":"5","reason":"x"}`},
	{"POST", "years/2026/rules", `{"preset":"mof","reason":"x"}`},
	{"POST", "years/2026/budget", `{"lines":[{"fund":"general","nature":"basic","income":"5","spent":"5"}],"reason":"x"}`},
	{"POST", "years/2026/staffing", `{"staff":[{"kind":"administrative","posts":5,"people":5}]}`},
	{"POST", "years/2026/projects", `{"code":"q","name":"x","fund":"general"}`},
	{"PATCH", "years/2026/projects/p", `{"name":"x"}`},
	{"POST", "years/2026/projects/p/removal", `{"reason":"x"}`},
	{"PUT", "years/2026/report/sections/problems", `{"text":"x"}`},
	{"PATCH", "years/2026/report/notes/1", `{"done":true}`},
	{"PUT", "years/2026/report/rows", `{"texts":{}}`},
	{"PUT", "years/2026/report/cover", `{"contact":"x"}`},
	{"PUT", "years/2026/report/outline", `{"name":"x","entries":[{"key":"overview","title":"x","title_en":"x"}]}`},
	{"POST", "years/2026/outlooks", `{"indicator":"screened","month":"2026-11","possibility":"certain"}`},
	{"POST", "years/2026/months/9/lock", `{"reason":"x"}`},
	{"POST", "years/2026/months/9/unlock", `{"reason":"x"}`},
}

func TestTheAPIChangesNothingOfAClosedYear(t *testing.T) {
	o, id := closedOffice(t)
	for _, c := range closedCalls {
		g := o.send(t, request{method: c.method, path: api.Path + "/" + strings.ReplaceAll(c.path, "{id}", fmt.Sprint(id)),
			as:    "admin",
			media: "application/json", body: c.body, header: map[string]string{"Accept-Language": "en"}})
		if said := g.body; !strings.Contains(said, "is closed") && !strings.Contains(said, "All years are closed") {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, g.StatusCode, g.body)
		}
	}
}

// Every call that writes into a year is refused when it is closed, or is one of those that say why not.
func TestEveryCallThatWritesIntoAYearIsTriedInAClosedOne(t *testing.T) {
	o := smallOffice(t)
	var tried []string
	for _, f := range slices.Concat(stateForms, closedForms) {
		if f.status[stateClosed] != 0 {
			tried = append(tried, "POST "+f.path)
		}
	}
	for _, c := range closedCalls {
		tried = append(tried, c.method+" "+api.Path+"/"+c.path)
	}
	tried = append(tried, "POST /years/2026/import", "POST /years/2026/import/abc", "POST /years/2026/review",
		"POST /years/2026/report/edit/x/y",                               // import_test.go, review_test.go
		"POST /years/2026/report/rows", "POST /years/2026/report/layout", // form_rows_test.go
		"POST /years/2026/report/returned", "POST /years/2026/report/returned/take", // returned_test.go
		"POST /years/2026/report/notes/1", "POST "+api.Path+"/years/2026/report/returned")
	for _, r := range routesOf(o) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead || !strings.Contains(r.Path, ":year") ||
			openInClosedYears[r.Path] != "" {
			continue
		}
		pattern := regexp.MustCompile("^" + r.Method + " " +
			regexp.MustCompile(`:\w+|\\\*`).ReplaceAllString(regexp.QuoteMeta(r.Path), `.+`) + "$")
		if !slices.ContainsFunc(tried, pattern.MatchString) {
			t.Errorf("%s %s is not tried in a closed year", r.Method, r.Path)
		}
	}
}
