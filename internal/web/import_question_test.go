package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
)

// doubledTable says one thing twice and another three times.
const doubledTable = "指标,乡镇,日期,新增\nscreened,east,2026-03-31,10\nscreened,east,2026-03-31,10\nscreened,west,2026-03-30,20\nscreened,west,2026-03-30,20\nscreened,west,2026-03-30,20\n"

func TestTheAPIAsksAndIsAnswered(t *testing.T) {
	o := smallOffice(t)
	r := o.importAPI(t, doubledTable, "&dry_run=1", 200)
	if len(r.Questions) != 3 || r.Stored {
		t.Fatalf("asked %+v", r.Questions)
	}
	q := r.Questions[0]
	if q.ID != "twice:D3" || q.Row != 3 || q.Column != "D" || q.Code != "import_ask_twice" || q.Message == "" ||
		q.Answer != nil ||
		len(q.Options) != 2 || q.Options[0].Value != "leave" || q.Options[0].Label == "" {
		t.Errorf("the first question: %+v", q)
	}
	if r := o.importAPI(t, doubledTable, "", 422); r.Stored || r.Entries != 0 || len(r.Questions) != 3 {
		t.Errorf("stored with open questions: %+v", r)
	}
	answer := func(s string) string { return "&answers=" + url.QueryEscape(s) }
	if r := o.importAPI(t, doubledTable, answer(`{"twice:D3":"leave"}`), 422); len(r.Questions) != 3 ||
		r.Questions[0].Answer == nil || r.Stored {
		t.Errorf("partly answered: %+v", r)
	}
	for answers, code := range map[string]string{`{"twice:D9":"leave"}`: "import_answer_unknown",
		`{"twice:D3":"no"}`: "import_answer_option", `{"again":"x"}`: "import_answer_unknown",
		`{"twice":1}`: "import_answers_malformed", `[]`: "import_answers_malformed", `x`: "import_answers_malformed"} {
		g := o.send(t, request{method: http.MethodPost, path: apiRoot + "/imports?year=2026&dry_run=1" + answer(answers),
			as: "staff", body: doubledTable, media: "text/csv"})
		if p := g.want(t, 422).problem(t); len(p.Errors) != 1 || p.Errors[0].Field != "answers" || p.Errors[0].Code != code {
			t.Errorf("%s: %+v", answers, p)
		}
	}
	body, media := upload("", "表.csv", doubledTable, "answers", `{"twice":"leave","twice:D5":"add"}`)
	g := o.send(t, request{method: http.MethodPost, path: apiRoot + "/imports?year=2026" + answer(`{"twice:D5":"leave"}`),
		as: "staff", body: strings.ReplaceAll(body, `name="evidence"`, `name="file"`), media: media}).want(t, 200)
	var out api.ImportJSON
	must(t, json.Unmarshal([]byte(g.body), &out))
	if out.Entries != 3 || !out.Stored {
		t.Errorf("answered in the form: %+v", out)
	}
}

// Questions come first on the page; answers stand in the address and go with every form.
func TestThePageAsksFirst(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	body, media := upload(csrf, "3月.csv", doubledTable)
	preview := o.send(t, request{method: http.MethodPost, path: "/years/2026/import", cookie: cookie, body: body,
		media: media}).want(t, 303).Header.Get("Location")
	page := func(query string, status int) string {
		t.Helper()
		return o.send(t, request{method: http.MethodGet, path: preview + query, cookie: cookie}).want(t, status).body
	}
	has := func(body string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
	}
	open := page("", 200)
	has(open, "请先回答 3 个问题", `name="q.twice" value="leave"`, `name="q.twice:D3" value="add"`,
		`name="q.twice:D3" value="" checked`, "按回答重新核对", "如 D3 “secret screened”", "待回答", "将记入 2 条填报", "回答上面的问题后才能导入")
	if strings.Contains(open, "导入 5 条填报") || strings.Index(open, `id="questions"`) > strings.Index(open, `id="confirm"`) {
		t.Error("there is an import button, or the questions do not come first")
	}
	part := page("&q.twice%3AD3=leave", 200)
	has(part, "请先回答 2 个问题", `name="q.twice:D3" value="leave" checked`,
		`<input type="hidden" name="q.twice:D3" value="leave">`)
	done := page("&q.twice=leave&q.twice%3AD3=add&q.gone=1&c3=value", 200)
	has(done, "已回答 3 个问题", "导入 3 条填报", `name="q.twice" value="leave" checked`)
	if n := strings.Count(done, `<input type="hidden" name="q.twice:D3" value="add">`); n != 2 {
		t.Errorf("%d forms carry the answers, want those of the import and of the columns", n)
	}
	if strings.Contains(done, `name="q.gone"`) {
		t.Error("an answer to nothing is carried on")
	}
	action, query, _ := strings.Cut(preview, "?")
	form, err := url.ParseQuery(query)
	must(t, err)
	form.Set("csrf", csrf)
	send := func(status int) got {
		t.Helper()
		return o.send(t, request{method: http.MethodPost, path: action, cookie: cookie, body: form.Encode()}).want(t, status)
	}
	has(send(422).body, "还有 3 个问题没有回答", "请先回答 3 个问题")
	form.Set("q.twice", "leave")
	form.Set("q.twice:D3", "add")
	send(303)
	log, _, err := o.app.Log(ctx, kpi.Operator, appLogOf2026)
	must(t, err)
	if len(log) != 3 {
		t.Errorf("%d entries", len(log))
	}
}

// A title in another measure is converted or asked about, in the dry run as when it is logged.
func TestTheAPISettlesStatedMeasures(t *testing.T) {
	o := smallOffice(t)
	table := func(measure string) string {
		return "单位：" + measure + ",,,\n指标,乡镇,日期,新增\nscreened,east,2026-03-31,1.5\n"
	}
	r := o.importAPI(t, table("千人"), "&dry_run=1", 200)
	if len(r.Questions) != 0 || len(r.Asks) != 1 || r.Asks[0].Code != "import_measure_converted" ||
		!strings.Contains(r.Asks[0].Message, "千人") {
		t.Errorf("converted: %+v", r)
	}
	r = o.importAPI(t, table("户"), "", 422)
	if len(r.Questions) != 1 || r.Questions[0].ID != "measure:title:人" ||
		r.Questions[0].Options[1].Value != "leave" || r.Stored {
		t.Errorf("asked: %+v", r)
	}
	r = o.importAPI(t, table("户"), "&answers="+url.QueryEscape(`{"measure":"leave"}`)+"&dry_run=1", 200)
	if len(r.Asks) != 1 || r.Asks[0].Code != "import_left_measure" || r.Entries != 0 {
		t.Errorf("left: %+v", r)
	}
}
