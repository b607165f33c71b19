package web

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
	"dabiao/internal/web/api"
	"dabiao/internal/web/middleware"
)

// scoredOffice is a served office with one scored indicator, for the pages of the score, the rules
// and the budget.
type scoredOffice struct {
	*testing.T
	*middleware.Server
	tokens map[kpi.Role]string
}

func newScoredOffice(t *testing.T) *scoredOffice {
	t.Helper()
	c := context.Background()
	db, err := store.Open(c, storetest.In(t, t.TempDir()))
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(err)
	t.Cleanup(func() { ok(db.Close()) })
	files, err := blob.Open(filepath.Join(t.TempDir(), "evidence"), nil)
	ok(err)
	a := app.New(app.Config{DB: db, Files: files, Zone: time.UTC,
		Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, Passwords: app.CheapPasswords})
	o := &scoredOffice{T: t, tokens: map[kpi.Role]string{}}
	o.Server, err = New(middleware.Config{App: a, Log: slog.New(slog.DiscardHandler)})
	ok(err)
	ok(a.SetUp(c, app.Setup{Office: app.Office{Name: "某局"}, UnitCode: "county", Year: 2026, Name: "chief",
		Password: "correct horse"}))
	for _, role := range kpi.Roles {
		n := app.NewAccount{Name: string(role), Role: role, Password: "correct horse"}
		if role == kpi.Reporter {
			n.Unit = "county"
		}
		_, err := a.AddAccount(c, kpi.Operator, n)
		ok(err)
		_, o.tokens[role], err = a.AddToken(c, kpi.Operator, app.NewToken{Account: n.Name, Name: "test"})
		ok(err)
	}
	for code, kind := range map[string]kpi.Kind{"screened": kpi.Flow, "honest": kpi.Level} {
		_, err := a.CreateIndicator(c, kpi.Operator, app.NewIndicator{Indicator: kpi.Indicator{Code: code, Name: code,
			Kind: kind, Measure: "人", Category: kpi.CatQuantity}})
		ok(err)
	}
	o.post(kpi.Staff, "/api/v1/years/2026/targets", `{"indicator":"screened","value":"100","weight":"20"}`, 201)
	o.post(kpi.Staff, "/api/v1/years/2026/targets", `{"indicator":"honest","sign":"level","level":"met","weight":"5"}`,
		201)
	o.post(kpi.Staff, "/api/v1/updates", `{"indicator":"screened","date":"2026-11-02","value":"80"}`, 201)
	o.post(kpi.Staff, "/api/v1/updates", `{"indicator":"honest","date":"2026-11-02","level":"partly"}`, 201)
	return o
}

func (o *scoredOffice) ask(method string, as kpi.Role, path, media, body string,
	status int) (text string, header http.Header) {
	o.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "localhost"
	r.Header.Set("Authorization", "Bearer "+o.tokens[as])
	r.Header.Set("Accept-Language", "zh-CN")
	if body != "" {
		r.Header.Set("Content-Type", media)
	}
	res, err := o.HTTP().Test(r, -1)
	if err != nil {
		o.Fatal(err)
	}
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	if res.StatusCode != status {
		o.Fatalf("%s %s as %s: %d, want %d: %.800s", method, path, as, res.StatusCode, status, raw)
	}
	return string(raw), res.Header
}

func (o *scoredOffice) get(as kpi.Role, path string, status int) string {
	o.Helper()
	text, _ := o.ask(http.MethodGet, as, path, "", "", status)
	return text
}

func (o *scoredOffice) post(as kpi.Role, path, body string, status int) string {
	o.Helper()
	text, _ := o.ask(http.MethodPost, as, path, "application/json", body, status)
	return text
}

func (o *scoredOffice) submit(as kpi.Role, path string, values url.Values,
	status int) (text string, header http.Header) {
	o.Helper()
	return o.ask(http.MethodPost, as, path, "application/x-www-form-urlencoded", values.Encode(), status)
}

func (o *scoredOffice) holds(text string, wants ...string) {
	o.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			o.Errorf("%q is missing in %.3000s", want, text)
		}
	}
}

// score is the board's score.
func (o *scoredOffice) score() api.ScoreJSON {
	o.Helper()
	var board struct {
		Score api.ScoreJSON `json:"score"`
	}
	if err := json.Unmarshal([]byte(o.get(kpi.Leader, "/api/v1/years/2026/board", 200)), &board); err != nil {
		o.Fatal(err)
	}
	return board.Score
}

func TestScoringOverThePageAndTheAPI(t *testing.T) {
	o := newScoredOffice(t)
	rows := map[string]api.ScoreRowJSON{}
	for _, row := range o.score().Rows {
		rows[row.Indicator] = row
	}
	if row := rows["screened"]; *row.Score != "16" || row.Rule.Key != "score.rule.short" ||
		!strings.Contains(row.Rule.Text, "20 × 80 ÷ 100 = 16.00") {
		t.Errorf("screened: %+v", row)
	}
	if row := rows["honest"]; row.Score != nil || row.ScoreReason != "unjudged" || row.Band.From != "3" ||
		row.Band.To != "4" {
		t.Errorf("honest: %+v", row)
	}
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/scores", `{"indicator":"honest","score":"4","reason":"x"}`, 422),
		"score_outside_band", "3（含）至 4（不含）")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/scores", `{"indicator":"honest","score":"3.555","reason":"x"}`, 422),
		"score_decimals")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/scores", `{"indicator":"nothing","score":"3","reason":"x"}`, 422),
		"indicator_not_found")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/scores", `{"indicator":"honest","score":"3.5","reason":"抽查一半"}`, 201),
		`"score":"3.5"`, `"proposed":null`)
	for _, role := range []kpi.Role{kpi.Leader, kpi.Auditor, kpi.Reviewer} {
		o.post(role, "/api/v1/years/2026/scores", `{"indicator":"honest","score":"3.5","reason":"x"}`, 403)
		o.holds(o.get(role, "/years/2026/score?line=honest", 200), "抽查一半", "20 × 80 ÷ 100 = 16.00")
	}
	o.get(kpi.Reporter, "/years/2026/score", 403)

	o.holds(o.get(kpi.Staff, "/years/2026/score?line=screened", 200), `name="score"`, `name="reason"`)
	page, _ := o.submit(kpi.Staff, "/years/2026/score",
		url.Values{"indicator": {"screened"}, "score": {"25"}, "reason": {"多了一批"}}, 422)
	o.holds(page, `value="25"`, "多了一批</textarea>", "得分应在 0 至 20 分之间", `href="#f-score"`)
	_, header := o.submit(kpi.Staff, "/years/2026/score",
		url.Values{"indicator": {"screened"}, "score": {" 18.5 分"}, "reason": {"多了一批"}}, 303)
	if got := header.Get("Location"); got != "/years/2026/score?done=saved#line-screened" {
		t.Errorf("goes to %s", got)
	}
	o.post(kpi.Staff, "/api/v1/updates", `{"indicator":"screened","date":"2026-11-03","value":"5"}`, 201)
	o.holds(o.get(kpi.Leader, "/years/2026/score", 200), "评定 18.50 分", "当前按规则为 17.00 分", "多了一批")
	if s := o.score(); *s.Total != "22" || s.Open != "10" || s.GradeReason != "weights" {
		t.Errorf("total %s, open %s, grade %s", *s.Total, s.Open, s.GradeReason)
	}
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/report.json", 200), "18.50", "20 × 85 ÷ 100 = 17.00")
}

var formValue = regexp.MustCompile(`<(?:input id="[^"]*"|textarea id="[^"]*") name="([^"]+)"(?: value="([^"]*)")?|<select id="[^"]*" name="([^"]+)"[^>]*>.*?<option value="([^"]*)" selected>`)

// fields are a form's fields as a browser would send them.
func fields(page string) url.Values {
	v := url.Values{}
	for _, m := range formValue.FindAllStringSubmatch(page, -1) {
		v.Set(m[1]+m[3], html.UnescapeString(m[2]+m[4]))
	}
	return v
}

func TestTheRulesFormChangesTheYear(t *testing.T) {
	o := newScoredOffice(t)
	o.get(kpi.Reporter, "/years/2026/rules", 403)
	if page := o.get(kpi.Staff, "/years/2026/rules?edit=1", 200); strings.Contains(page,
		"<form method=\"post\" action=\"/years/2026/rules\"") {
		t.Error("staff are offered the rules' form")
	}
	form := fields(o.get(kpi.Admin, "/years/2026/rules?edit=1&preset=cost-2021", 200))
	if form.Get("cost") != "20" || form.Get("category_cost") != "cost" || form.Get("alarm_month_4") != "10" {
		t.Fatalf("the form holds %v", form)
	}
	page, _ := o.submit(kpi.Admin, "/years/2026/rules", form, 422)
	o.holds(page, `id="f-reason-error"`)
	form.Set("reason", "某省〔2026〕1号")
	form.Set("execution", "15")
	page, _ = o.submit(kpi.Admin, "/years/2026/rules", form, 422)
	o.holds(page, "当前为 105.00 分", `value="15"`)
	o.submit(kpi.Staff, "/years/2026/rules", form, 403)
	form.Set("execution", "10")
	form.Set("cap_below_1", "80%")
	form.Set("cap_at_most_1", "89")
	o.submit(kpi.Admin, "/years/2026/rules", form, 303)
	o.holds(o.get(kpi.Auditor, "/api/v1/years/2026/rules", 200), `"caps":[{"below":"80","at_most":"89"}]`,
		`"heading":"cost","points":"20"`, `"set_by":"admin"`)
	o.holds(o.get(kpi.Auditor, "/audit", 200), "rules.set", "某省〔2026〕1号")
	o.holds(o.post(kpi.Admin, "/api/v1/years/2026/rules", `{"preset":"moon","reason":"x"}`, 422), "rules_preset_unknown")
	o.holds(o.post(kpi.Admin, "/api/v1/years/2026/rules",
		`{"split":[{"heading":"output","points":"90","categories":["quantity"]}],"reason":"x"}`, 422),
		"rules_categories_missing")
	o.holds(o.post(kpi.Admin, "/api/v1/years/2026/rules", `{"preset":"mof","ceiling":"quotient","reason":"x"}`, 200),
		`"ceiling":"quotient"`, `"caps":[]`)
}

func TestTheBudgetFormKeepsMonthsAndHistory(t *testing.T) {
	o := newScoredOffice(t)
	o.get(kpi.Reporter, "/years/2026/budget", 403)
	form := url.Values{"line": {"general-basic"}, "initial": {"160"}, "full": {""}, "opening": {"0"}, "income": {"166"},
		"month_1": {"12.4"}, "month_2": {"13万1千元"}, "month_3": {"200余"}}
	page, _ := o.submit(kpi.Staff, "/years/2026/budget", form, 422)
	o.holds(page, "不是准确数，此处须填写准确数字", `value="200余"`)
	form.Set("month_3", "129000元")
	form.Set("month_2", "13.1")
	o.submit(kpi.Leader, "/years/2026/budget", form, 403)
	o.submit(kpi.Staff, "/years/2026/budget", form, 303)
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/budget", 200), `"spent":"38.4"`, `"closing":"127.6"`, `"initial":"160"`,
		`"month":"2026-03","spent":"12.9","cumulative":"38.4"`)
	form.Set("full", "180")
	page, _ = o.submit(kpi.Staff, "/years/2026/budget", form, 422)
	o.holds(page, `id="f-reason-error"`)
	form.Set("reason", "追加人员经费")
	form.Set("dated", "2026-06-02")
	o.submit(kpi.Staff, "/years/2026/budget", form, 303)
	o.submit(kpi.Staff, "/years/2026/budget", url.Values{"edit": {"sources"}, "source_general": {"160"},
		"other_name_1": {"捐赠"}, "other_amount_1": {"31"}, "other_note_1": {"助学"}}, 303)
	o.holds(o.get(kpi.Auditor, "/years/2026/budget", 200), "追加人员经费", "2026年6月2日", "捐赠",
		"按来源合计 160 万元，与收入合计 166 万元不一致", "21.33%")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"project","income":"10","spent":"4","closing":"5"}]}`, 422), "lines[0].closing",
		"budget_identity")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"measure":"元","lines":[{"fund":"general","nature":"project","income":"100000","spent":"40000"}],"others":[]}`, 200),
		`"nature":"project","measure":"万元","opening":"0","initial":null,"budget":"10"`, `"others":[]`)
	o.holds(o.get(kpi.Leader, "/years/2026/score", 200), "÷ 全年预算 1,900,000 元")
}

// deadNumber is a number in a cell that leads nowhere.
var deadNumber = regexp.MustCompile(`<(td|dd) class="[^"]*\bnum\b[^>]*>\s*[^<]*\d[^<]*</`)

var folded = regexp.MustCompile(`(?s)<details.*?</details>`)

// Whoever may read the budget and the scores gets from each number to what it is made of; the money of a table has
// the same decimals.
func TestNumbersOfTheBudgetAndTheScoreLeadOn(t *testing.T) {
	o := newScoredOffice(t)
	o.post(kpi.Staff, "/api/v1/years/2026/budget", `{"lines":[{"fund":"general","nature":"basic","initial":"100","budget":"105.5",
		"income":"100","months":["3","2.25","0","9","9","9","9","9","9","9","0","0"]},{"fund":"general","nature":"project",
		"budget":"20","income":"20","months":["0","0","0","0","0","5","0","0","0","0","0","0"]}],"sources":[{"source":"general","amount":"120"}],
		"others":[{"name":"捐赠","amount":"5.2"},{"name":"补助","amount":"37"}],"document":"〔2026〕1号","reason":"r"}`, 200)
	for _, role := range []kpi.Role{kpi.Leader, kpi.Staff, kpi.Auditor, kpi.Admin} {
		for _, path := range []string{"/years/2026/budget", "/years/2026/score"} {
			page := folded.ReplaceAllString(o.get(role, path, 200), "") // a chart's table: the same numbers as the page's
			for _, dead := range deadNumber.FindAllString(page, -1) {
				if !strings.Contains(dead, `data-head="序时进度"`) { // month ÷ 12, as the page says
					t.Errorf("%s, %s: %s leads nowhere", role, path, dead)
				}
			}
		}
	}
	o.holds(o.get(kpi.Leader, "/years/2026/budget", 200), ">105.50</a>", ">100.00</a>", ">120.00</a>", ">0.00</a>",
		`<a href="#history">5.2</a>`, `<a href="/years/2026/rules">60%，未达到</a>`, "序时进度 = 月份 ÷ 12")
}
