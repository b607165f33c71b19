package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// who are the sorts of people that a route lets in. Beside open, nobody who has not signed in.
var who = map[string]func(identity) bool{
	"open":   func(identity) bool { return true },
	"member": func(identity) bool { return true },
	"log":    oneOf(kpi.Staff, kpi.Reviewer, kpi.Reporter, kpi.Admin), // also with a unit, within it
	"bring":  oneOf(kpi.Staff, kpi.Reporter, kpi.Admin),               // also with a unit, within it
	"review": oneOf(kpi.Reviewer, kpi.Admin),
	"ask":    oneOf(kpi.Leader, kpi.Reviewer, kpi.Auditor, kpi.Admin),
	"office": ofOffice,
	"plan":   func(i identity) bool { return i.is(kpi.Staff, kpi.Admin) },
	"check":  func(i identity) bool { return i.is(kpi.Staff, kpi.Reviewer, kpi.Leader, kpi.Admin) },
	"sign":   func(i identity) bool { return i.is(kpi.Leader, kpi.Admin) },
	"lock":   func(i identity) bool { return i.is(kpi.Reviewer, kpi.Admin) },
	"audit":  func(i identity) bool { return i.is(kpi.Auditor, kpi.Admin) },
	"admin":  func(i identity) bool { return i.is(kpi.Admin) },
	"nobody": func(identity) bool { return false }, // but an entry's author
}

func oneOf(roles ...kpi.Role) func(identity) bool {
	return func(i identity) bool { return slices.Contains(roles, i.role) }
}

// routeRules say of every route who may use it: method, route, who, what it is about, and a body for those that
// change something. About a unit or an entry, file or question of one, those with a unit may within it.
const routeRules = `
GET / member -
GET /account member -
GET /account/second-factor member -
GET /accounts admin -
GET /accounts/:id admin -
GET /api/v1/accounts admin -
GET /api/v1/accounts/:account admin -
GET /account/data.json member -
GET /accounts/:id/data.json admin -
GET /api/v1/accounts/:account/tokens admin -
GET /api/v1/notices office -
GET /api/v1/questions member -
GET /api/v1/questions/:id member question
GET /api/v1/views member -
GET /api/v1/years/:year/report/templates office -
GET /api/v1/areas member -
GET /api/v1/audit audit -
GET /api/v1/audit/code audit -
GET /api/v1/audit.:format audit -
GET /api/v1/displays admin -
GET /api/v1/evidence/:id member file
GET /api/v1/indicators member -
GET /api/v1/openapi.json open -
GET /api/v1/reading member -
GET /api/v1/review member -
GET /api/v1/sign-in-rules admin -
GET /api/v1/units member -
GET /api/v1/updates member unit
GET /api/v1/updates/:id member entry
GET /api/v1/wording member -
GET /api/v1/years member -
GET /api/v1/years/:year/board member unit
GET /api/v1/years/:year/budget office -
GET /api/v1/years/:year/bulletin.docx office -
GET /api/v1/years/:year/check office -
GET /api/v1/years/:year/completeness member unit
GET /api/v1/years/:year/evidence member unit
GET /api/v1/years/:year/evidence.zip member unit
GET /api/v1/years/:year/indicators/:code member unit
GET /api/v1/years/:year/letter.docx office letter
GET /api/v1/years/:year/locks member root
GET /api/v1/years/:year/projects office -
GET /api/v1/years/:year/report.:format office report
GET /api/v1/years/:year/report/cover office -
GET /api/v1/years/:year/report/notes office -
GET /api/v1/years/:year/report/outline office -
GET /api/v1/years/:year/report/rows office -
GET /api/v1/years/:year/report/sections office -
GET /api/v1/years/:year/report/sections/:key office -
GET /api/v1/years/:year/report/sign office -
GET /api/v1/years/:year/report/sealed/:number.zip office -
GET /api/v1/years/:year/report/signed/:number office -
GET /api/v1/years/:year/report/signed/:number.:format office -
GET /api/v1/years/:year/rules office -
GET /api/v1/years/:year/score office -
GET /api/v1/years/:year/staffing office -
GET /api/v1/years/:year/targets member unit
GET /api/v1/years/:year/targets/split member split
GET /api/v1/years/:year/updates.:format member unit
GET /assets/:name open -
GET /audit audit -
GET /audit.:format audit -
GET /channels admin -
GET /displays admin -
GET /evidence/:id member file
GET /evidence/:id/preview.jpg member file
GET /favicon.ico open -
GET /healthz open -
GET /invite/:secret open -
GET /login open -
GET /login/sso open -
GET /login/sso/back open -
GET /login/step member -
GET /notices office -
GET /help open -
GET /help/:section open -
GET /help/pictures/:name open -
GET /public/:year open -
GET /questions member -
GET /questions/:id member question
GET /readyz open -
GET /review admin -
GET /session member -
GET /settings admin -
GET /sign-in admin -
GET /setup open -
GET /units admin -
GET /units/:code admin -
GET /updates/:id member entry
GET /updates/:id/correction log entry
GET /updates/:id/evidence member entry
GET /wall/:token open -
GET /wall/:token/events open skip
GET /years/:year member unit
GET /years/:year/adopt plan -
GET /years/:year/adopt/:adoption plan -
GET /years/:year/areas/:area member unit
GET /years/:year/budget office -
GET /years/:year/bulletin office -
GET /years/:year/bulletin.docx office -
GET /years/:year/card member unit
GET /years/:year/card.svg member unit
GET /years/:year/card/file.svg member unit
GET /years/:year/check office -
GET /years/:year/check/document office -
GET /years/:year/compare member unit
GET /years/:year/completeness member unit
GET /years/:year/entry log unit
GET /years/:year/events member skip
GET /years/:year/evidence member unit
GET /years/:year/evidence.zip member unit
GET /years/:year/grid log unit
GET /years/:year/import log -
GET /years/:year/import/:sum log -
GET /years/:year/import/template.xlsx log -
GET /years/:year/indicators/:code member unit
GET /years/:year/handup sign -
GET /api/v1/years/:year/dictionary member -
GET /api/v1/years/:year/packages office -
GET /years/:year/handup/packages/:number.zip sign -
GET /years/:year/below office -
GET /years/:year/below/dictionary.json member -
GET /packages/:id office -
GET /packages/:id/file.zip office -
GET /packages/:id/figures/:code office -
GET /years/:year/indicators/:code/chart.svg member unit
GET /years/:year/indicators/:code/question ask unit
GET /years/:year/letter office letter
GET /years/:year/letter.docx office letter
GET /years/:year/locks member root
GET /years/:year/mine log -
GET /years/:year/overview member unit
GET /years/:year/plan plan -
GET /years/:year/plan/forward plan -
GET /years/:year/plan/indicators/:code plan -
GET /years/:year/plan/indicators/:code/targets plan -
GET /years/:year/plan/new plan -
GET /years/:year/plan/table plan -
GET /years/:year/projects office -
GET /years/:year/report office report
GET /years/:year/report.:format office report
GET /years/:year/report/cover office -
GET /years/:year/report/edit office -
GET /years/:year/report/edit/* office -
GET /years/:year/report/figures office -
GET /years/:year/report/forms office -
GET /years/:year/report/layout office -
GET /years/:year/report/monitoring office -
GET /years/:year/report/outline office -
GET /years/:year/report/pages office -
GET /years/:year/report/rekey office -
GET /years/:year/report/returned office -
GET /years/:year/report/rows office -
GET /years/:year/report/sign office -
GET /years/:year/report/sealed/:number.zip office -
GET /years/:year/report/signed/:number office -
GET /years/:year/report/signed/:number.:format office -
GET /years/:year/report/template office -
GET /years/:year/report/template/filled.docx office -
GET /years/:year/report/template/original.docx office -
GET /years/:year/report/template/sample.docx office -
GET /years/:year/review review -
GET /years/:year/rules office -
GET /years/:year/score office -
GET /years/:year/staffing office -
GET /years/:year/trends member unit
GET /years/:year/updates member unit
GET /years/:year/updates.:format member unit
GET /years/:year/updates/file member -
GET /years/:year/updates/progress member -
`

// routeRule is a row of them.
type routeRule struct {
	method, path, who, about, body string
}

func (r routeRule) String() string { return r.method + " " + r.path }

func readRules(t *testing.T, table string) (all []routeRule) {
	t.Helper()
	for line := range strings.Lines(table) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.SplitN(strings.TrimSpace(line), " ", 5)
		r := routeRule{f[0], f[1], f[2], f[3], strings.Replace(strings.Join(f[4:], ""), "{rules}", rulesBody, 1)}
		if who[r.who] == nil {
			t.Fatalf("%s: nobody is called %q", r, r.who)
		}
		all = append(all, r)
	}
	return all
}

// example is one address of a route.
type example struct {
	path, body string
	of         string // the unit it is about, or "county"; "": that of whoever asks
}

// examples are addresses of a route: for each unit, where it is about units.
func (r routeRule) examples(o *matrixOffice) (all []example) {
	path := strings.NewReplacer(":year", "2026", ":code", "screened", ":name", "app.css", ":format", "docx",
		":key", "problems", ":number", "1", ":area", "-", ":adoption", "1", ":sum", "abc", "*", "problems",
		"/wall/:token", o.wall,
		":month", "2", ":view", "1", ":account", "admin",
		":token", "abc").Replace(r.path)
	if r.path == "/units/:code" || strings.HasPrefix(r.path, "/units/:code/") ||
		strings.HasPrefix(r.path, "/api/v1/units/:code") {
		path = strings.Replace(r.path, ":code", "east", 1)
	}
	if strings.Contains(r.path, "/updates.:format") {
		path = strings.Replace(path, ".docx", ".xlsx", 1)
	}
	if strings.Contains(r.path, "/projects/:code") {
		path = strings.Replace(path, "screened", "p", 1)
	}
	at := func(unit, query string) example {
		kind := map[string]string{"file": "f", "question": "q"}[r.about]
		e := example{path + query, strings.ReplaceAll(r.body, "{u}", unit), unit}
		e.path = strings.Replace(e.path, ":id", o.ids["{"+unit[:1]+kind+"}"], 1)
		e.body = strings.ReplaceAll(e.body, "{id}", o.ids["{"+unit[:1]+"}"])
		return e
	}
	switch r.about {
	case "-":
		return []example{{strings.Replace(path, ":id", "1", 1), r.body, ""}}
	case "year":
		return []example{{path + "?year=2026", r.body, ""}}
	case "root":
		return []example{{path, r.body, "county"}}
	case "split":
		return []example{{path + "?indicator=screened&unit=west", "", "west"}, {path + "?indicator=screened", "", ""}}
	case "letter":
		return []example{{path + "?unit=west", "", ""}, {path, "", ""}}
	case "report":
		for _, form := range []string{"", "?form=self-evaluation", "?form=monitoring", "?form=bulletin", "?form=sources",
			"?form=bulletin&unit=east"} {
			all = append(all, example{path + form, "", ""})
		}
		if strings.Contains(r.path, ":format") {
			for _, format := range []string{"json", "html", "xlsx"} {
				all = append(all, example{strings.Replace(path, ".docx", "."+format, 1), "", ""})
			}
		}
		return all
	case "unit":
		if r.method == http.MethodGet {
			all = append(all, example{path, "", ""})
		}
		for _, unit := range []string{"east", "west", "county"} {
			query := ""
			if r.method == http.MethodGet {
				query = "?unit=" + unit
			}
			all = append(all, at(unit, query))
		}
		return all
	}
	for _, unit := range []string{"east", "west", "county"} {
		all = append(all, at(unit, ""))
	}
	return all
}

// may reports whether an identity may use an address.
func (e example) may(r routeRule, i identity) bool {
	return who[r.who](i) && (e.of == "" || i.unit == "" || e.of == i.unit)
}

// Every route has a rule, and every rule a route.
func TestEveryRouteHasARule(t *testing.T) {
	o := smallOffice(t)
	var routes []string
	for _, r := range routesOf(o) {
		if r.Method != http.MethodHead && !slices.Contains(routes, r.Method+" "+r.Path) {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	var ruled []string
	for _, r := range readRules(t, routeRules+writeRules) {
		if slices.Contains(ruled, r.String()) {
			t.Errorf("%s has two rules", r)
		}
		ruled = append(ruled, r.String())
		if !slices.Contains(routes, r.String()) {
			t.Errorf("%s is ruled and is no route", r)
		}
	}
	for _, r := range routes {
		if !slices.Contains(ruled, r) {
			t.Errorf("%s has no rule in routeRules: who may use it?", r)
		}
	}
}

// Every page, file and answer of the API, for every role with and without a unit: it is refused to those it is
// not for, and no word of a text stands in it that they may not read, wherever it was written.
func TestNobodyReadsWhatIsNotTheirs(t *testing.T) {
	o := newMatrixOffice(t)
	seen := map[string]bool{}
	for _, r := range readRules(t, routeRules) {
		if r.about == "skip" {
			continue
		}
		for _, e := range r.examples(o) {
			for _, i := range identities {
				req := request{method: r.method, path: e.path, as: i.name()}
				if !strings.HasPrefix(e.path, "/api/") {
					req.as, req.cookie = "", o.cookie[i.name()]
				}
				g := o.send(t, req)
				may := e.may(r, i)
				if may && g.StatusCode == http.StatusForbidden || !may && g.StatusCode != http.StatusForbidden ||
					g.StatusCode >= 500 {
					t.Errorf("GET %s as %s: %d, may: %v", e.path, i.name(), g.StatusCode, may)
				}
				text := readable(t, g.body)
				for _, m := range o.markers {
					if strings.Contains(text, m.word) {
						seen[m.of] = true
						if !m.may(i) {
							t.Errorf("GET %s as %s tells %s", e.path, i.name(), m.of)
						}
					}
				}
			}
			g := readable(t, o.send(t, request{method: r.method, path: e.path}).body)
			for _, m := range o.markers {
				if strings.Contains(g, m.word) {
					t.Errorf("GET %s tells a stranger %s", e.path, m.of)
				}
			}
		}
	}
	for _, m := range o.markers {
		if !seen[m.of] && slices.ContainsFunc(identities, m.may) {
			t.Errorf("%s is read by nobody: is it planted where people look?", m.of)
		}
	}
}

// Whoever may not change something changes nothing: the answer says so, and the log of changes is as long as before.
func TestNobodyChangesWhatIsNotTheirs(t *testing.T) {
	o := newMatrixOffice(t)
	for _, r := range readRules(t, writeRules) {
		for _, e := range r.examples(o) {
			for _, i := range identities {
				if !e.may(r, i) {
					o.refused(t, r, e, i)
				}
			}
		}
	}
	for _, r := range readRules(t, writeRules) { // those with a unit work within it; of the others see TestWhoMayDoWhat
		for _, e := range r.examples(o) {
			for _, i := range identities {
				if i.unit == "" || e.of != i.unit || !e.may(r, i) {
					continue
				}
				if g := o.send(t, o.asked(r, e, i)); g.StatusCode == http.StatusForbidden || g.StatusCode >= 500 {
					t.Errorf("%s %s as %s: %d, and it may: %.300s", r.method, e.path, i.name(), g.StatusCode, g.body)
				}
			}
		}
	}
}

// asked is a request for an example of a route that changes something.
func (o *matrixOffice) asked(r routeRule, e example, i identity) request {
	req := request{method: r.method, path: e.path, body: e.body, as: i.name()}
	if !strings.HasPrefix(e.path, "/api/") {
		req.as, req.cookie = "", o.cookie[i.name()]
		req.body = strings.TrimPrefix(e.body+"&csrf="+o.csrf[i.name()], "&")
		if strings.HasPrefix(e.body, "file") {
			req.body, req.media = upload(o.csrf[i.name()], "a.txt", "hello", strings.Fields(e.body)[1:]...)
		}
	} else if e.body == "file" {
		req.body, req.media = upload("", "a.csv", "hello")
	} else if req.body == "" {
		req.body = "{}"
	}
	return req
}

func (o *matrixOffice) refused(t *testing.T, r routeRule, e example, i identity) {
	t.Helper()
	before := o.lastAudit(t)
	g := o.send(t, o.asked(r, e, i))
	if g.StatusCode != http.StatusForbidden && (r.about != "batch" || !who[r.who](i)) { // of many, some are skipped
		t.Errorf("%s %s as %s: %d, want 403: %.200s", r.method, e.path, i.name(), g.StatusCode, g.body)
	}
	if after := o.lastAudit(t); after != before {
		t.Errorf("%s %s as %s: refused, and did something: %s", r.method, e.path, i.name(), after)
	}
	for _, m := range o.markers {
		if strings.Contains(g.body, m.word) && !m.may(i) {
			t.Errorf("%s %s as %s tells %s", r.method, e.path, i.name(), m.of)
		}
	}
}

func (o *matrixOffice) lastAudit(t *testing.T) string {
	t.Helper()
	entries, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 1)
	must(t, err)
	return fmt.Sprint(entries[0].ID, entries[0].Action)
}
