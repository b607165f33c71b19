package web

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/api"
)

const apiRoot = "/api/v1"

func description(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(api.OpenAPI)
	must(t, err)
	must(t, doc.Validate(ctx))
	return doc
}

var routeParam = regexp.MustCompile(`:(\w+)`)

func TestTheDescriptionAndTheRoutesAreTheSame(t *testing.T) {
	doc := description(t)
	var described, routed []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
		}
	}
	for _, r := range routesOf(smallOffice(t)) {
		if path, ok := strings.CutPrefix(r.Path, apiRoot); ok && r.Method != http.MethodHead {
			routed = append(routed, r.Method+" "+routeParam.ReplaceAllString(path, "{$1}"))
		}
	}
	slices.Sort(described)
	slices.Sort(routed)
	for _, d := range described {
		if !slices.Contains(routed, d) {
			t.Errorf("%s is described and does not exist", d)
		}
	}
	for _, r := range routed {
		if !slices.Contains(described, r) {
			t.Errorf("%s exists and is not described", r)
		}
	}
}

// Every word of the domain that the API speaks is in the description.
func TestTheDescriptionListsEveryWord(t *testing.T) {
	doc := description(t)
	enum := func(schema string) (out []string) {
		for _, v := range doc.Components.Schemas[schema].Value.Enum {
			out = append(out, fmt.Sprint(v))
		}
		return out
	}
	wantSame(t, "Kind", enum("Kind"), kpi.Kinds)
	wantSame(t, "Light", enum("Light"), kpi.Lights)
	wantSame(t, "Precision", enum("Precision"), kpi.Precisions)
	wantSame(t, "Sign", enum("Sign"), kpi.Signs)
	wantSame(t, "Level", enum("Level"), kpi.Levels)
	wantSame(t, "State", enum("State"), kpi.States)
	wantSame(t, "ReviewRule", enum("ReviewRule"), kpi.ReviewRules)
	wantSame(t, "Category", enum("Category"), kpi.Categories)
	wantSame(t, "Cause", enum("Cause"), kpi.Causes)
	wantSame(t, "Possibility", enum("Possibility"), kpi.Possibilities)
	wantSame(t, "Fund", enum("Fund"), kpi.Funds)
	wantSame(t, "StaffKind", enum("StaffKind"), kpi.StaffKinds)
	wantSame(t, "OfficialKind", enum("OfficialKind"), kpi.OfficialKinds)
	wantSame(t, "ProjectSource", enum("ProjectSource"), kpi.ProjectSources)
	wantSame(t, "Role", enum("Role"), kpi.Roles)
	wantSame(t, "NoticeKind", enum("NoticeKind"), kpi.NoticeKinds)
	wantSame(t, "TokenScope", enum("TokenScope"), kpi.TokenScopes)
	wantSame(t, "Reason", enum("Reason"), []progress.Reason{progress.ReasonNoTarget, progress.ReasonNoValue,
		progress.ReasonTargetZero, progress.ReasonNoDivisor, progress.ReasonNoPace, progress.ReasonNotDue,
		progress.ReasonNotYet, progress.ReasonReached, progress.ReasonPassed,
		progress.ReasonApproximate,
		progress.ReasonShort, progress.ReasonNoBudget, progress.ReasonNotAdded, progress.ReasonRateAdded,
		progress.ReasonNoMonths, progress.ReasonNoWeight, progress.ReasonUnjudged, progress.ReasonOpenPoints,
		progress.ReasonWeights, progress.ReasonNoLastYear, progress.ReasonLastYearZero, progress.ReasonYearOver})
	wantSame(t, "Heading", enum("Heading")[1:], kpi.Headings)
}

func wantSame[T ~string](t *testing.T, what string, have []string, want []T) {
	t.Helper()
	words := make([]string, len(want))
	for i, w := range want {
		words[i] = string(w)
	}
	if !slices.Equal(have, words) {
		t.Errorf("%s: described %q, the program has %q", what, have, words)
	}
}

// described sends a request and holds it and its answer to the description. route is the described
// path; wrong says that the request is meant to break the description.
func (o *office) described(t *testing.T, doc *openapi3.T, route string, r request, status int, wrong bool) got {
	t.Helper()
	g := o.send(t, r).want(t, status)
	item := doc.Paths.Find(route)
	if item == nil {
		t.Fatalf("%s is not described", route)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, "http://localhost"+r.path, strings.NewReader(r.body))
	must(t, err)
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
		if r.media != "" {
			req.Header.Set("Content-Type", r.media)
		}
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	sent := &openapi3filter.RequestValidationInput{Request: req, PathParams: paramsOf(route, r.path),
		Route: &routers.Route{Spec: doc, Path: route, PathItem: item, Method: r.method,
			Operation: item.GetOperation(r.method)},
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
			IncludeResponseStatus: true}}
	if err := openapi3filter.ValidateRequest(ctx, sent); err != nil && !wrong {
		t.Errorf("%s %s: the request is not as described: %v", r.method, r.path, err)
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: sent, Status: g.StatusCode, Header: g.Header,
		Options: sent.Options}
	answer.SetBodyBytes([]byte(strings.TrimPrefix(g.body, "\ufeff"))) // Excel's mark, which the validator takes for text
	if err := openapi3filter.ValidateResponse(ctx, answer); err != nil {
		t.Errorf("%s %s: the answer is not as described: %.2000s", r.method, r.path, err)
	}
	return g
}

func init() { openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder) }

// paramsOf reads the parameters of a path by its described form.
func paramsOf(route, path string) map[string]string {
	path, _, _ = strings.Cut(strings.TrimPrefix(path, apiRoot), "?")
	names := regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(route, -1)
	pattern := regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(route), `([^/]+)`)
	values := regexp.MustCompile("^" + pattern + "$").FindStringSubmatch(path)
	out := map[string]string{}
	for i, name := range names {
		if i+1 < len(values) {
			out[name[1]] = values[i+1]
		}
	}
	return out
}

func TestTheDemosAnswersAreAsDescribed(t *testing.T) {
	o, doc := demoOffice(t), description(t)
	get := func(as, route, path string, status int) got {
		t.Helper()
		return o.described(t, doc, route, request{method: "GET", path: apiRoot + path, as: as,
			header: map[string]string{"Accept-Language": "en"}}, status, status >= 400)
	}
	get("", "/openapi.json", "/openapi.json", 200)
	for _, as := range []string{"admin", "reporter"} {
		get(as, "/years", "/years", 200)
		get(as, "/units", "/units", 200)
		get(as, "/areas", "/areas", 200)
		get(as, "/indicators", "/indicators", 200)
		get(as, "/years/{year}/board", "/years/2026/board", 200)
		get(as, "/years/{year}/board", "/years/2022/board", 200)
		get(as, "/years/{year}/board", "/years/2026/board?as_of=2026-02", 200)
		get(as, "/years/{year}/targets", "/years/2026/targets", 200)
		get(as, "/updates", "/updates", 200)
		get(as, "/updates", "/updates?year=2022&limit=3", 200)
	}
	for _, year := range []string{"2022", "2026"} {
		for _, ind := range indicatorsOf(t, get("leader", "/years/{year}/board", "/years/"+year+"/board", 200)) {
			get("leader", "/years/{year}/indicators/{code}", "/years/"+year+"/indicators/"+ind, 200)
		}
		get("leader", "/years/{year}/targets", "/years/"+year+"/targets", 200)
		for _, part := range []string{"score", "rules", "budget", "projects", "staffing"} {
			get("auditor", "/years/{year}/"+part, "/years/"+year+"/"+part, 200)
			get("reporter", "/years/{year}/"+part, "/years/"+year+"/"+part, 403)
		}
		for _, format := range []string{"json", "docx", "xlsx", "html"} {
			get("leader", "/years/{year}/report.{format}", "/years/"+year+"/report."+format, 200)
		}
		for _, form := range []string{"self-evaluation", "basic-data", "project", "monitoring", "bulletin", "sources",
			"source-log"} {
			get("leader", "/years/{year}/report.{format}", "/years/"+year+"/report.csv?as_of="+year+"-06&form="+form, 200)
		}
	}
	get("leader", "/years/{year}/targets", "/years/2026/targets?indicator=two-cancer-screened", 200)
	get("leader", "/updates/{id}", "/updates/1", 200)
	get("leader", "/evidence/{id}", "/evidence/1", 200)
	get("auditor", "/audit", "/audit?limit=5", 200)

	get("", "/years", "/years", 401)
	get("reporter", "/audit", "/audit", 403)
	get("reporter", "/years/{year}/board", "/years/2026/board?unit=wugang", 403)
	get("leader", "/years/{year}/board", "/years/2019/board", 404)
	get("leader", "/years/{year}/report.{format}", "/years/2026/report.docx?form=nonsense", 404)
	get("leader", "/years/{year}/report.{format}", "/years/2026/report.csv", 422)
	get("leader", "/years/{year}/board", "/years/2026/board?as_of=2026-13", 422)
	get("leader", "/updates/{id}", "/updates/99999999", 404)
}

// peopleAsDescribed holds the calls about accounts, questions, views and templates to the description.
func (o *office) peopleAsDescribed(t *testing.T, doc *openapi3.T, post func(route, path, body string, status int) got) {
	t.Helper()
	post("/accounts", "/accounts", `{"name":"li","full_name":"李四","role":"staff","ends_on":"2027-01-31"}`, 201)
	post("/accounts", "/accounts", `{"name":"wang","role":"reporter","unit":"east","password":"cloud grove tea"}`, 201)
	post("/accounts", "/accounts", `{"name":"zhao","role":"king"}`, 422)
	post("/accounts", "/accounts", `{"name":"li","role":"staff"}`, 409)
	account := "/accounts/{account}"
	post(account+"/invitation", "/accounts/li/invitation", ``, 201)
	post(account+"/invitation", "/accounts/nobody/invitation", ``, 404)
	post(account+"/second-factor/reset", "/accounts/li/second-factor/reset", ``, 404)
	post(account+"/unlink", "/accounts/li/unlink", ``, 404)
	for body, status := range map[string]int{`{"disabled":true}`: 200, `{"ends_on":"2020-01-01"}`: 422} {
		o.described(t, doc, account, request{method: "PATCH", path: apiRoot + "/accounts/li", as: "admin", body: body},
			status, false)
	}
	get := func(as, route, path string) got {
		t.Helper()
		return o.described(t, doc, route, request{method: "GET", path: apiRoot + path, as: as}, 200, false)
	}
	get("admin", account, "/accounts/li")
	get("admin", "/sign-in-rules", "/sign-in-rules")
	for body, status := range map[string]int{`{"policy":"modern","days":90}`: 200, `{"policy":"strict","days":90}`: 422,
		`{"policy":"level2","days":1}`: 422, `{"policy":"modern","days":90,"second_factor":["king"]}`: 422} {
		post("/sign-in-rules", "/sign-in-rules", body, status)
	}
	get("admin", "/sign-in-rules", "/sign-in-rules")
	asked := post("/years/{year}/questions", "/years/2026/questions",
		`{"indicator":"screened","unit":"east","as_of":"2026-10","text":"为什么"}`, 201)
	post("/years/{year}/questions", "/years/2026/questions", `{"indicator":"screened","text":""}`, 422)
	which := regexp.MustCompile(`"id":(\d+)`).FindStringSubmatch(asked.body)[1]
	get("leader", "/questions/{id}", "/questions/"+which)
	post("/questions/{id}/answer", "/questions/"+which+"/answer", `{"text":"下月补"}`, 200)
	post("/questions/{id}/answer", "/questions/"+which+"/answer", `{"text":"again"}`, 409)
	post("/views", "/views", `{"name":"两镇","query":"i=screened&rows=units&evil=1","shared":true}`, 204)
	post("/views", "/views", `{"name":"","query":""}`, 422)
	if kept := get("leader", "/views", "/views"); strings.Contains(kept.body, "evil") ||
		!strings.Contains(kept.body, "i=screened") {
		t.Errorf("saved: %s", kept.body)
	}
	post("/views/{view}/removal", "/views/1/removal", ``, 204)
	post("/views/{view}/removal", "/views/1/removal", ``, 404)
	templates := "/years/{year}/report/templates"
	word, media := upload("", "a.docx", "no Word file")
	o.described(t, doc, templates, request{method: "POST", path: apiRoot + "/years/2026/report/templates", as: "staff",
		body: word, media: media}, 422, true)
}

var boardCode = regexp.MustCompile(`"code":"([^"]+)","name":"[^"]*","kind"`)

func indicatorsOf(t *testing.T, g got) (codes []string) {
	t.Helper()
	for _, m := range boardCode.FindAllStringSubmatch(g.body, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) < 5 {
		t.Fatalf("only %d indicators on the board: %.300s", len(codes), g.body)
	}
	return codes
}

func TestWritesAreAsDescribed(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	id := o.log(t, "east")
	post := func(route, path, body string, status int) got {
		t.Helper()
		return o.described(t, doc, route, request{method: "POST", path: apiRoot + path, as: "admin", body: body,
			header: map[string]string{"Idempotency-Key": "k" + path + body[:min(len(body), 60)]}}, status, status >= 400)
	}
	post("/years", "/years", `{"year":2027,"from":2026}`, 201)
	post("/years", "/years", `{"year":2027}`, 409)
	post("/years", "/years", `{"year":"2027"}`, 422)
	post("/units", "/units", `{"code":"north","name":"北镇","parent":"county"}`, 201)
	post("/units", "/units", `{"code":"NO!","name":"北镇","parent":"nowhere"}`, 422)
	post("/areas", "/areas", `{"code":"rights","name":"权益保障","name_en":"Rights"}`, 201)
	post("/areas", "/areas", `{"code":"rights","name":"权益保障"}`, 422)
	post("/indicators", "/indicators", `{"code":"disputes","name":"纠纷","kind":"flow","measure":"起","area":"rights"}`, 201)
	post("/indicators", "/indicators",
		`{"code":"rate","name":"调解率","kind":"ratio","measure":"%","numerator":"settled","denominator":"disputes","definition":"d","owner":"o"}`, 201)
	post("/indicators", "/indicators", `{"code":"judged","name":"定性","kind":"level","measure":""}`, 201)
	post("/indicators", "/indicators", `{"code":"x","name":"x","kind":"heap","measure":""}`, 422)
	post("/years/{year}/targets", "/years/2026/targets",
		`{"indicator":"screened","unit":"east","value":"100","weight":"12.5","dated":"2026-01-05","curve":[0,0,10,20,30,40,50,60,70,80,90,100]}`, 201)
	post("/years/{year}/targets", "/years/2026/targets", `{"indicator":"rate","value":"95"}`, 201)
	post("/years/{year}/targets", "/years/2026/targets",
		`{"indicator":"judged","sign":"level","level":"met","value":""}`, 201)
	post("/years/{year}/targets", "/years/2025/targets", `{"indicator":"screened","value":"1"}`, 409)
	post("/years/{year}/budget", "/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"basic","income":"100.5","spent":"60.25"}]}`, 200)
	post("/years/{year}/budget", "/years/2026/budget", `{"lines":[]}`, 422)
	post("/years/{year}/budget", "/years/2026/budget",
		`{"measure":"元","lines":[{"fund":"general","nature":"basic","budget":"1200000","income":"1005000","months":[10,0,0,0,0,0,0,0,0,0,0,0]}],"dated":"2026-06-02","document":"财预41号","reason":"r"}`, 200)
	post("/years/{year}/budget", "/years/2026/budget",
		`{"sources":[{"source":"general","amount":"99"}],"others":[{"name":"捐赠","amount":"3","note":"n"}]}`, 200)
	post("/years/{year}/targets", "/years/2026/targets", `{"indicator":"screened","value":"5","weight":"12.5"}`, 201)
	post("/years/{year}/staffing", "/years/2026/staffing",
		`{"staff":[{"kind":"administrative","posts":5,"people":4},{"kind":"retired","people":2}],"costs":[{"kind":"abroad","last":"0","budget":"1.5","spent":0}]}`, 200)
	post("/years/{year}/staffing", "/years/2026/staffing",
		`{"staff":[{"kind":"retired","posts":5,"people":-4}],"costs":[{"kind":"dinners","spent":"-1"}]}`, 422)
	post("/years/{year}/staffing", "/years/2026/staffing", `{}`, 422)
	project := "/years/{year}/projects"
	post(project, "/years/2026/projects",
		`{"code":"a","name":"项目","money":[{"source":"appropriation","budget":"10","spent":"4.5"}],"indicators":[{"indicator":"screened","weight":"90"}]}`, 201)
	post(project, "/years/2026/projects", `{"code":"b","name":"","money":[{"source":"lottery","budget":"-1","spent":""}]}`,
		422)
	o.described(t, doc, project+"/{code}", request{method: "PATCH", path: apiRoot + "/years/2026/projects/a", as: "admin",
		body: `{"supervisor":"某局","measure":"元","money":[]}`}, 200, false)
	o.described(t, doc, project, request{method: "GET", path: apiRoot + "/years/2026/projects", as: "leader"}, 200, false)
	post(project+"/{code}/removal", "/years/2026/projects/a/removal", `{"reason":"重复"}`, 204)
	post(project+"/{code}/removal", "/years/2026/projects/a/removal", `{"reason":"again"}`, 404)
	post("/years/{year}/scores", "/years/2026/scores", `{"indicator":"screened","score":"12","reason":"r"}`, 201)
	post("/years/{year}/scores", "/years/2026/scores", `{"indicator":"screened","score":"13","reason":"r"}`, 422)
	post("/years/{year}/rules", "/years/2026/rules",
		`{"preset":"cost-2021","place":"某省","caps":[{"below":"80","at_most":"89"}],"reason":"r"}`, 200)
	post("/years/{year}/rules", "/years/2026/rules", `{"execution":"5","reason":"r"}`, 422)
	post("/years/{year}/explanations", "/years/2026/explanations",
		`{"indicator":"screened","unit":"county","month":"2026-11","reason":"r","next":"n","planned":"2026-12-10"}`, 201)
	post("/years/{year}/explanations", "/years/2026/explanations", `{"indicator":"screened","reason":"r","next":"n"}`, 201)
	post("/years/{year}/explanations", "/years/2026/explanations",
		`{"indicator":"screened","month":"2026-13","reason":"","next":""}`, 422)
	post("/updates", "/updates", `{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5"}`, 201)
	post("/updates", "/updates", `{"indicator":"screened","unit":"east","date":"2026-11-03","wording":"200余人"}`, 201)
	post("/updates", "/updates", `{"indicator":"judged","date":"2026-11-03","level":"partly"}`, 201)
	post("/updates", "/updates", `{"indicator":"rate","date":"2026-11-03","numerator":"9","denominator":"10"}`, 201)
	post("/updates", "/updates", `{"indicator":"screened","unit":"east","date":"2022-02-30","value":"abc"}`, 422)
	post("/updates/{id}/correction", fmt.Sprintf("/updates/%d/correction", id),
		`{"date":"2026-11-04","value":"8","reason":"r"}`, 201)
	post("/updates/{id}/correction", fmt.Sprintf("/updates/%d/correction", id),
		`{"date":"2026-11-05","value":"8","reason":"r"}`, 409)
	id = o.log(t, "east")
	post("/updates/{id}/withdrawal", fmt.Sprintf("/updates/%d/withdrawal", id), `{"reason":""}`, 422)
	post("/updates/{id}/withdrawal", fmt.Sprintf("/updates/%d/withdrawal", id), `{"reason":"r"}`, 201)
	post("/years/{year}/close", "/years/2027/close", `{"reason":"r"}`, 204)
	post("/years/{year}/reopen", "/years/2027/reopen", `{"reason":"r"}`, 204)
	o.peopleAsDescribed(t, doc, post)
	tokens := "/accounts/{account}/tokens"
	post(tokens, "/accounts/staff/tokens", `{"name":"取数","scope":"log","ends_on":"2027-01-31","unit":"east"}`, 201)
	post(tokens, "/accounts/staff/tokens", `{"scope":"some","ends_on":"2031-01-31","unit":"nowhere"}`, 422)
	post(tokens, "/accounts/nobody/tokens", `{}`, 404)
	post(tokens+"/{token}/end", "/accounts/staff/tokens/abc/end", ``, 404)
	o.described(t, doc, tokens, request{method: "GET", path: apiRoot + "/accounts/staff/tokens", as: "admin"}, 200, false)
	post("/displays", "/displays", `{"name":"三楼","unit":"east"}`, 201)
	post("/displays", "/displays", `{"name":"","unit":"nowhere"}`, 422)
	post("/displays", "/displays", `{"name":"四楼","language":"fr"}`, 422)
	for body, status := range map[string]int{`{"language":"en"}`: 200, `{"language":"fr"}`: 422} {
		o.described(t, doc, "/displays/{id}", request{method: "PATCH", path: apiRoot + "/displays/1", as: "admin",
			body: body},
			status, true)
	}
	post("/displays/{id}/end", "/displays/1/end", `{}`, 204)
	post("/years/{year}/public", "/years/2025/public", `{"public":true,"indexed":true}`, 204)
	post("/years/{year}/public", "/years/2026/public", `{"public":true}`, 409)
	o.described(t, doc, "/displays", request{method: "GET", path: apiRoot + "/displays", as: "admin"}, 200, false)
	for _, path := range []string{"/years/2026/board", "/years/2026/board?unit=east"} {
		o.described(t, doc, "/years/{year}/board", request{method: "GET", path: apiRoot + path, as: "leader"}, 200, false)
	}
	for _, code := range []string{"screened", "rate", "judged", "users"} {
		o.described(t, doc, "/years/{year}/indicators/{code}",
			request{method: "GET", path: apiRoot + "/years/2026/indicators/" + code, as: "leader"}, 200, false)
	}
	o.described(t, doc, "/updates", request{method: "GET", path: apiRoot + "/updates", as: "leader"}, 200, false)
	o.described(t, doc, "/updates", request{method: "GET", path: apiRoot + "/updates?indicator=screened&month=2026-11",
		as: "leader"}, 200, false)

	id = o.log(t, "east")
	evidence := func(body, media string, status int) {
		t.Helper()
		r := request{method: "POST", path: fmt.Sprintf("%s/updates/%d/evidence", apiRoot, id), as: "staff",
			body: body, media: media}
		o.described(t, doc, "/updates/{id}/evidence", r, status, true)
	}
	body, media := upload("", "a.png", tinyPNG)
	evidence(body, media, 201)
	body, media = upload("", "a.exe", "MZ")
	evidence(body, media, 422)
	evidence("{}", "application/json", 415)
}
