package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

const everyone = "leader staff reviewer reporter auditor admin"

// action is one thing to do and who may do it; everyone else is refused with 403.
type action struct {
	method, path, body string
	may                string
	page               bool // for pages: a form with a session, not the API with a token
}

// actions of the small office. {w} and {e} are fresh entries of west and east that wait for review,
// {open} and {locked} a month, {n} a number never used before.
var actions = []action{
	{"GET", "/api/v1/years", "", everyone, false},
	{"GET", "/api/v1/units", "", everyone, false},
	{"GET", "/api/v1/areas", "", everyone, false},
	{"GET", "/api/v1/indicators", "", everyone, false},
	{"GET", "/api/v1/years/2026/board", "", everyone, false},
	{"GET", "/api/v1/years/2026/board?unit=east", "", everyone, false},
	{"GET", "/api/v1/years/2026/board?unit=west", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/board?unit=county", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/indicators/screened?unit=east", "", everyone, false},
	{"GET", "/api/v1/years/2026/indicators/screened?unit=west", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/indicators/screened?unit=county", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/targets", "", everyone, false},
	{"GET", "/api/v1/years/2026/targets?unit=west", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/updates?unit=east", "", everyone, false},
	{"GET", "/api/v1/updates?unit=west", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/updates/{w}", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/updates/{e}", "", everyone, false},
	{"GET", "/api/v1/evidence/{wf}", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/evidence/{ef}", "", everyone, false},
	{"GET", "/evidence/{wf}", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/card?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/card.svg?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/indicators/screened?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/compare?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/compare?second=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/compare?second=east", "", everyone, true},
	{"GET", "/years/2026/areas/-?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/updates?unit=west&indicator=screened", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/indicators/screened/explanations", "reason=r&next=n&unit=west", "staff reviewer admin", true},
	{"POST", "/years/2026/indicators/screened/explanations", "reason=r&next=n&unit=east",
		"staff reviewer reporter admin", true},
	{"POST", "/years/2026/compare/views", "name=a{n}", everyone, true},
	{"GET", "/years/2026/updates?unit=west", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/updates?unit=east", "", everyone, true},
	{"GET", "/years/2026/report", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/check", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report/edit", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report/edit/problems", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report/rows", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/report/rows", "thrift=x", "staff admin", true},
	{"GET", "/api/v1/years/2026/report/rows", "", "leader staff reviewer auditor admin", false},
	{"PUT", "/api/v1/years/2026/report/rows", `{"texts":{}}`, "staff admin", false},
	{"GET", "/years/2026/report/cover", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/report/cover", "contact=x", "staff admin", true},
	{"GET", "/api/v1/years/2026/report/cover", "", "leader staff reviewer auditor admin", false},
	{"PUT", "/api/v1/years/2026/report/cover", `{"contact":"x"}`, "staff admin", false},
	{"GET", "/years/2026/report/outline", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/report/outline", "key1=problems&title1=x", "staff admin", true},
	{"GET", "/years/2026/report/sign", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/report/sign", "action=check", "leader staff reviewer admin", true},
	{"GET", "/api/v1/years/2026/report/sections", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/report/sections/problems", "", "leader staff reviewer auditor admin", false},
	{"PUT", "/api/v1/years/2026/report/sections/problems", `{"text":"a"}`, "staff admin", false},
	{"GET", "/api/v1/years/2026/report/outline", "", "leader staff reviewer auditor admin", false},
	{"PUT", "/api/v1/years/2026/report/outline", `{"entries":[{"key":"problems"}]}`, "staff admin", false},
	{"GET", "/api/v1/years/2026/report/sign", "", "leader staff reviewer auditor admin", false},
	{"POST", "/api/v1/years/2026/report/check", `{"note":"n"}`, "leader staff reviewer admin", false},
	{"POST", "/api/v1/years/2026/report/sign", `{"reason":"r"}`, "leader admin", false},
	{"GET", "/api/v1/years/2026/report/signed/1", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/report/signed/1.json", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/report/sealed/1.zip", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/years/2026/report/sealed/1.zip?sensitive=1", "", "staff reviewer auditor admin", false},
	{"GET", "/years/2026/report/figures", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/report/edit/problems", "text=a", "staff admin", true},
	{"GET", "/years/2026/check/document", "", "leader staff reviewer auditor admin", true},
	{"GET", "/api/v1/years/2026/check", "", "leader staff reviewer auditor admin", false},
	{"GET", "/years/2026/report/monitoring", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report/template", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report/template/sample.docx", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report/rekey", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/staffing", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/staffing", "staff.worker.posts=1", "staff admin", true},
	{"GET", "/api/v1/years/2026/staffing", "", "leader staff reviewer auditor admin", false},
	{"POST", "/api/v1/years/2026/staffing", `{"staff":[{"kind":"worker","posts":1}]}`, "staff admin", false},
	{"GET", "/years/2026/projects", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/projects", "name=a&code=a{n}&fund=general", "staff admin", true},
	{"GET", "/api/v1/years/2026/projects", "", "leader staff reviewer auditor admin", false},
	{"POST", "/api/v1/years/2026/projects", `{"code":"b{n}","name":"b"}`, "staff admin", false},
	{"POST", "/years/2026/report/rekey", "done=0/0", "staff admin", true},
	{"POST", "/years/2026/report/monitoring", "indicator=screened&month=2026-10&possibility=certain", "staff admin", true},
	{"POST", "/api/v1/years/2026/outlooks", `{"indicator":"screened","month":"2026-10","possibility":"certain"}`,
		"staff admin", false},
	{"GET", "/years/2026/report/forms", "", "leader staff reviewer auditor admin", true},
	{"GET", "/years/2026/report?form=bulletin", "", "leader staff reviewer auditor admin", true},
	{"GET", "/api/v1/years/2026/report.csv?form=sources", "", "leader staff reviewer auditor admin", false},
	{"GET", "/years/2026/report.docx", "", "leader staff reviewer auditor admin", true},
	{"GET", "/api/v1/years/2026/report.xlsx", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/audit", "", "auditor admin", false},
	{"GET", "/audit", "", "auditor admin", true},
	{"GET", "/audit.xlsx", "", "auditor admin", true},
	{"GET", "/api/v1/reading", "", "leader staff reviewer reporter auditor admin", false},
	{"GET", "/api/v1/audit/code?code=ABCD-EFGH-IJKL-MNOP-QRST-1", "", "auditor admin", false},
	{"GET", "/api/v1/audit.csv?unit=west", "", "auditor admin", false},
	{"GET", "/updates/{w}/correction", "", "staff reviewer admin", true},
	{"GET", "/updates/{e}/correction", "", "staff reviewer reporter admin", true},

	{"POST", "/api/v1/updates", `{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5"}`,
		"staff reviewer reporter admin", false},
	{"POST", "/api/v1/updates", `{"indicator":"screened","unit":"west","date":"2026-11-03","value":"5"}`,
		"staff reviewer admin", false},
	{"POST", "/api/v1/updates", `{"indicator":"screened","unit":"county","date":"2026-11-03","value":"5"}`,
		"staff reviewer admin", false},
	{"POST", "/years/2026/indicators/screened/updates", "unit=west&date=2026-11-03&value=5&sure=5",
		"staff reviewer admin", true},
	{"POST", "/years/2026/indicators/screened/updates", "unit=east&date=2026-11-03&value=5&sure=5",
		"staff reviewer reporter admin", true},
	{"POST", "/api/v1/updates/{w}/correction", `{"date":"2026-11-03","value":"6","reason":"r"}`,
		"staff reviewer admin", false},
	{"POST", "/api/v1/updates/{e}/correction", `{"date":"2026-11-03","value":"6","reason":"r"}`,
		"staff reviewer reporter admin", false},
	{"POST", "/updates/{w}/correction", "date=2026-11-03&value=6&sure=6&reason=r", "staff reviewer admin", true},
	{"POST", "/api/v1/updates/{w}/withdrawal", `{"reason":"r"}`, "staff reviewer admin", false},
	{"POST", "/api/v1/updates/{e}/withdrawal", `{"reason":"r"}`, "staff reviewer reporter admin", false},
	{"POST", "/updates/{w}/withdrawal", "reason=r", "staff reviewer admin", true},
	{"POST", "/api/v1/updates/{w}/submission", ``, "", false}, // its author alone,
	{"POST", "/api/v1/updates/{w}/approval", `{}`, "reviewer admin", false},
	{"POST", "/api/v1/updates/{w}/return", `{"reason":"r"}`, "reviewer admin", false},
	{"POST", "/api/v1/reviews", `{"act":"approve","updates":[1]}`, "reviewer admin", false},
	{"GET", "/api/v1/review", "", everyone, false},
	{"GET", "/years/2026/review", "", "reviewer admin", true},
	{"POST", "/years/2026/review", "act=approve&update={w}", "reviewer admin", true},
	{"GET", "/review", "", "admin", true},
	{"POST", "/review", "rule=submitted", "admin", true},
	{"GET", "/years/2026/locks", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/locks", "act=lock&month=2026-{open}", "reviewer admin", true},
	{"GET", "/updates/{w}", "", "leader staff reviewer auditor admin", true},
	{"GET", "/updates/{e}", "", everyone, true},
	{"POST", "/updates/{w}/submission", "key=k", "", true},
	{"POST", "/api/v1/review", `{"rule":"submitted"}`, "admin", false},
	{"GET", "/api/v1/years/2026/locks", "", "leader staff reviewer auditor admin", false},
	{"POST", "/api/v1/years/2026/months/{open}/lock", `{}`, "reviewer admin", false},
	{"POST", "/api/v1/years/2026/months/{locked}/unlock", `{"reason":"r"}`, "reviewer admin", false},
	{"GET", "/years/2026/import", "", "staff reviewer reporter admin", true},
	{"GET", "/years/2026/import/template.xlsx", "", "staff reviewer reporter admin", true},
	{"POST", "/api/v1/years/2026/targets", `{"indicator":"screened","unit":"east","value":"100"}`, "staff admin", false},
	{"POST", "/api/v1/years/2026/budget", `{"lines":[{"fund":"general","income":"100","spent":"40","closing":"60"}]}`,
		"staff admin", false},
	{"POST", "/api/v1/areas", `{"code":"area{n}","name":"x"}`, "staff admin", false},
	{"POST", "/api/v1/indicators", `{"code":"ind{n}","name":"x","kind":"flow","measure":"人"}`, "staff admin", false},
	{"POST", "/api/v1/units", `{"code":"unit{n}","name":"x","parent":"county"}`, "admin", false},
	{"PATCH", "/api/v1/indicators/users", `{"owner":"x{n}"}`, "staff admin", false},
	{"POST", "/api/v1/years/2026/targets", `{"indicator":"screened","unit":"county","value":"100"}`, "staff admin", false},
	{"POST", "/api/v1/years/2026/targets/split", `{"indicator":"screened","values":{"west":"{n}"},"reason":"r"}`,
		"staff admin", false},
	{"GET", "/api/v1/years/2026/targets/split?indicator=screened", "", everyone, false},
	{"GET", "/api/v1/years/2026/targets/split?indicator=screened&unit=west", "",
		"leader staff reviewer auditor admin", false},
	{"PATCH", "/api/v1/units/east", `{"name":"east"}`, "admin", false},
	{"GET", "/years/2026/plan", "", "staff admin", true},
	{"GET", "/years/2026/plan/new", "", "staff admin", true},
	{"GET", "/years/2026/plan/indicators/screened", "", "staff admin", true},
	{"GET", "/years/2026/plan/indicators/screened/targets", "", "staff admin", true},
	{"GET", "/years/2026/plan/forward", "", "staff admin", true},
	{"GET", "/units", "", "admin", true},
	{"GET", "/units/east", "", "admin", true},
	{"POST", "/years/2026/plan/order", "indicator=users&direction=up", "staff admin", true},
	{"POST", "/years/2026/plan/areas", "name=x", "staff admin", true},
	{"POST", "/years/2026/plan/indicators", "name=x&kind=flow&measure=x&decimals=0&direction=up&starts=1",
		"staff admin", true},
	{"POST", "/years/2026/plan/indicators/users", "name=x", "staff admin", true},
	{"POST", "/years/2026/plan/indicators/users/archive", "what=restore", "staff admin", true},
	{"POST", "/years/2026/plan/indicators/users/targets", "sign=>=&value=5", "staff admin", true},
	{"POST", "/years/2026/plan/indicators/screened/split", "step=preview&method=hand", "staff admin", true},
	{"POST", "/years/2026/plan/indicators/users/year", "what=add", "staff admin", true},
	{"POST", "/units/east/name", "name=east", "admin", true},
	{"GET", "/account", "", everyone, true},
	{"GET", "/years/2026/indicators/screened/question?unit=west", "", "leader reviewer auditor admin", true},
	{"POST", "/years/2026/indicators/screened/question?unit=west", "text=why", "leader reviewer auditor admin", true},
	{"GET", "/questions", "", everyone, true},
	{"GET", "/questions/1", "", "leader staff reviewer auditor admin", true},
	{"GET", "/notices", "", "leader staff reviewer auditor admin", true},
	{"GET", "/sign-in", "", "admin", true},
	{"POST", "/sign-in", "policy=modern&days=90", "admin", true},
	{"GET", "/account/second-factor", "", everyone, true},
	{"GET", "/api/v1/sign-in-rules", "", "admin", false},
	{"POST", "/api/v1/sign-in-rules", `{"policy":"modern","days":90}`, "admin", false},
	{"GET", "/years/2026/handup", "", "leader admin", true},
	{"POST", "/years/2026/handup/address", "address=https://above.example&token=x", "admin", true},
	{"GET", "/years/2026/below", "", "leader staff reviewer auditor admin", true},
	{"POST", "/years/2026/below/units", "units=east&units=west", "staff admin", true},
	{"GET", "/channels", "", "admin", true},
	{"POST", "/channels", "name=hook&kind=json&address=http://127.0.0.1:1/x&event_red=1", "admin", true},
	{"POST", "/channels/1/end", "x=1", "admin", true},
	{"GET", "/displays", "", "admin", true},
	{"POST", "/displays", "name=hall{n}", "admin", true},
	{"POST", "/displays/1/language", "language=en", "admin", true},
	{"POST", "/displays/1/end", "x=1", "admin", true},
	{"POST", "/years/2025/public", "public=", "admin", true},
	{"GET", "/api/v1/displays", "", "admin", false},
	{"POST", "/api/v1/displays", `{"name":"hall{n}"}`, "admin", false},
	{"PATCH", "/api/v1/displays/1", `{"language":"en"}`, "admin", false},
	{"POST", "/api/v1/displays/1/end", ``, "admin", false},
	{"POST", "/api/v1/years/2025/public", `{"public":false}`, "admin", false},
	{"GET", "/accounts", "", "admin", true},
	{"GET", "/accounts/1", "", "admin", true},
	{"POST", "/accounts", "name=person{n}&role=leader&password=correct+horse", "admin", true},
	{"POST", "/accounts/1/tokens", "name=x", "admin", true},
	{"GET", "/api/v1/accounts", "", "admin", false},
	{"POST", "/api/v1/accounts", `{"name":"made{n}","role":"leader"}`, "admin", false},
	{"POST", "/api/v1/years/2026/questions", `{"indicator":"screened","unit":"west","text":"why"}`,
		"leader reviewer auditor admin", false},
	{"GET", "/api/v1/questions", "", everyone, false},
	{"GET", "/api/v1/notices", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/views", "", everyone, false},
	{"POST", "/api/v1/views", `{"name":"a{n}","query":"i=screened"}`, everyone, false},
	{"GET", "/api/v1/years/2026/report/templates", "", "leader staff reviewer auditor admin", false},
	{"GET", "/api/v1/accounts/staff/tokens", "", "admin", false},
	{"POST", "/api/v1/accounts/staff/tokens", `{"name":"x"}`, "admin", false},
	{"POST", "/accounts/1/enable", "x=1", "admin", true},
	{"POST", "/accounts/1/invite", "x=1", "admin", true},
	{"POST", "/accounts/2/end", "ends_on=", "admin", true},
	{"POST", "/api/v1/years", `{"year":2{n}}`, "admin", false},
	{"POST", "/api/v1/years/2025/reopen", `{"reason":"r"}`, "admin", false},
	{"POST", "/api/v1/years/2025/close", `{"reason":"r"}`, "admin", false},
	{"POST", "/accounts/7/sign-out", "x=1", "admin", true}, // the one that was added above
}

func TestWhoMayDoWhat(t *testing.T) {
	o := smallOffice(t)
	cookies, csrf := map[string]string{}, map[string]string{}
	for _, role := range strings.Fields(everyone) {
		cookies[role], csrf[role] = o.browser(t, role)
	}
	_, err := o.app.SetReview(ctx, kpi.Operator, kpi.SubmittedCount)
	must(t, err)
	n := 100
	for _, a := range actions {
		fill := o.fresh(t, a)
		for _, role := range strings.Fields(everyone) { // whoever may comes last, so that refusals are seen first
			if !slices.Contains(strings.Fields(a.may), role) {
				o.try(t, a, fill, n, role, cookies, csrf)
			}
		}
		for _, role := range strings.Fields(a.may) {
			n++
			if a.method == http.MethodPost { // an entry can be answered once
				fill = o.fresh(t, a)
			}
			o.try(t, a, fill, n, role, cookies, csrf)
		}
	}
	differences, err := o.app.Verify(ctx)
	must(t, err)
	if len(differences) > 0 {
		t.Errorf("verify: %q", differences)
	}
}

// fresh makes the entries and files an action's address speaks of.
func (o *office) fresh(t *testing.T, a action) *strings.Replacer {
	t.Helper()
	asked := a.path
	if a.page {
		asked += "?" + a.body
	}
	if !strings.Contains(asked, "{") {
		return strings.NewReplacer()
	}
	january := kpi.Period{Year: 2026, Month: 1}
	switch { // a refusal says it is so already
	case strings.Contains(asked, "{open}"):
		o.app.UnlockMonth(ctx, kpi.Operator, january, "r") //nolint:errcheck // it is so already
	case strings.Contains(asked, "{locked}"):
		o.app.LockMonth(ctx, kpi.Operator, january, "r") //nolint:errcheck // it is so already
	}
	w, e := o.log(t, "west"), o.log(t, "east")
	fill := []string{"2026-{open}", "2026-01", "{open}", "1", "{locked}", "1", "{w}", fmt.Sprint(w), "{e}", fmt.Sprint(e)}
	if strings.Contains(a.path, "f}") {
		fill = append(fill, "{wf}", fmt.Sprint(o.attach(t, w)), "{ef}", fmt.Sprint(o.attach(t, e)))
	}
	return strings.NewReplacer(fill...)
}

// try does one action in one role and holds the answer to the matrix.
func (o *office) try(t *testing.T, a action, fill *strings.Replacer, n int, role string, cookies,
	csrf map[string]string) {
	t.Helper()
	r := request{method: a.method, path: fill.Replace(a.path),
		body: fill.Replace(strings.ReplaceAll(a.body, "{n}", fmt.Sprint(n))), as: role}
	if a.page {
		r.as, r.cookie = "", cookies[role]
		if r.body != "" {
			r.body += "&csrf=" + csrf[role]
		}
	}
	before, _, err := o.app.Log(ctx, kpi.Operator, appLogOf2026)
	must(t, err)
	g := o.send(t, r)
	if slices.Contains(strings.Fields(a.may), role) {
		if g.StatusCode >= 400 {
			t.Errorf("%s %s as %s: %d, and it may: %.300s", a.method, r.path, role, g.StatusCode, g.body)
		}
		return
	}
	if g.StatusCode != http.StatusForbidden {
		t.Errorf("%s %s as %s: %d, want 403: %.300s", a.method, r.path, role, g.StatusCode, g.body)
	}
	if !a.page {
		g.problem(t)
	}
	for _, secret := range []string{"secret ", "照片", "\"7\""} {
		if strings.Contains(g.body, secret) {
			t.Errorf("%s %s as %s reveals %q", a.method, r.path, role, secret)
		}
	}
	after, _, err := o.app.Log(ctx, kpi.Operator, appLogOf2026)
	must(t, err)
	if len(before) > 0 && before[0].ID != after[0].ID {
		t.Errorf("%s %s as %s was refused and logged something", a.method, r.path, role)
	}
}

// A reporter's own pages and lists say nothing of the units beside.
func TestAReporterSeesNothingOfOtherUnits(t *testing.T) {
	o := smallOffice(t)
	o.attach(t, o.log(t, "west"))
	cookie, _ := o.browser(t, "reporter")
	for _, path := range []string{"/", "/years/2026", "/years/2026/updates", "/years/2026/indicators/screened",
		"/years/2026/evidence", "/api/v1/years/2026/evidence", "/api/v1/units", "/api/v1/updates", "/api/v1/years/2026/board",
		"/api/v1/years/2026/indicators/screened", "/api/v1/years/2026/targets"} {
		g := o.send(t, request{method: "GET", path: path, cookie: cookie})
		if g.StatusCode >= 400 || strings.Contains(g.body, "west") || strings.Contains(g.body, "照片") ||
			strings.Contains(g.body, "7人") {
			t.Errorf("%s: %d: %.400s", path, g.StatusCode, g.body)
		}
	}
}
