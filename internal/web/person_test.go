package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// Whoever did something is named on the page as people call them; the audit log has the sign-in name
// beside it.
func TestPeopleAreCalledByTheirNames(t *testing.T) {
	o := smallOffice(t)
	const account, name = "x7q", "钱小梅"
	_, err := o.app.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: account, FullName: name, Role: kpi.Admin,
		Password: goodPassword})
	must(t, err)
	o.tokens[account] = o.token(t, account)
	post := func(path, body string) {
		t.Helper()
		if g := o.send(t, request{method: "POST", path: apiRoot + path, as: account, body: body,
			media: "application/json"}); g.StatusCode >= 300 {
			t.Fatalf("POST %s: %d %s", path, g.StatusCode, g.body)
		}
	}
	post("/years/2026/targets", `{"indicator":"screened","value":"100","weight":"10"}`)
	post("/years/2026/budget", `{"lines":[{"fund":"general","budget":"100","income":"100","spent":"40","closing":"60"}]}`)
	post("/years/2026/scores", `{"indicator":"screened","score":"5","reason":"核定"}`)
	cookie, csrf := o.browser(t, account)
	form := func(path, values string) {
		t.Helper()
		g := o.send(t, request{method: "POST", path: path, cookie: cookie, body: "csrf=" + csrf + "&" + values})
		if g.StatusCode != http.StatusSeeOther {
			t.Fatalf("POST %s: %d %.300s", path, g.StatusCode, g.body)
		}
	}
	form("/years/2026/report/edit/problems", "base=0&action=save&text=人手不足。")
	form("/years/2026/report/sign", "action=check&note=看过")
	form("/years/2026/report/rekey", "done="+o.firstRekeyRow(t, cookie))
	form("/review", "rule=submitted")
	for _, path := range []string{"/years/2026/indicators/screened", "/years/2026/plan/indicators/screened/targets",
		"/years/2026/budget", "/years/2026/score?line=screened", "/years/2026/report/edit/problems",
		"/years/2026/report/sign", "/years/2026/report/rekey", "/review"} {
		main := shown(t, o.get(t, "admin", path).want(t, http.StatusOK).body, "main")
		if !strings.Contains(main, name) || strings.Contains(main, account) {
			t.Errorf("%s names them %s: %v, %s: %v", path, name, strings.Contains(main, name), account,
				strings.Contains(main, account))
		}
	}
	if row := shown(t, o.get(t, "auditor", "/audit").want(t, http.StatusOK).body, "td"); !strings.Contains(row,
		name+" "+account) {
		t.Error("the audit log does not say both names")
	}
}

// firstRekeyRow returns the key of the first row that may be ticked.
func (o *office) firstRekeyRow(t *testing.T, cookie string) string {
	t.Helper()
	page := o.send(t, request{method: "GET", path: "/years/2026/report/rekey", cookie: cookie}).want(t, http.StatusOK).body
	for _, n := range elements(t, page, "input") {
		if attribute(n, "name") == "done" {
			return attribute(n, "value")
		}
	}
	t.Fatal("no row can be ticked")
	return ""
}

// Whoever is signed in gets all that is stored about them, and nothing that opens anything; administrators get it of
// everybody, for whoever asks them. It is noted.
func TestWhatIsStoredAboutAPersonIsGivenToThem(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	if o.send(t, request{method: "POST", path: "/api/v1/updates", as: "reporter",
		body: `{"indicator":"screened","unit":"east","date":"2026-11-02","value":3,"note":"in the own words"}`}).
		StatusCode != http.StatusCreated {
		t.Fatal("not logged")
	}
	own := o.get(t, "reporter", "/account/data.json").want(t, http.StatusOK)
	if have := own.Header.Get("Content-Disposition"); !strings.Contains(have, "reporter-2026-11-") {
		t.Errorf("it is called %s", have)
	}
	var data struct {
		Account string
		Tables  []struct {
			Table   string
			Columns []string
			Rows    [][]any
		}
	}
	must(t, json.Unmarshal([]byte(own.body), &data))
	tables := map[string]int{}
	for _, table := range data.Tables {
		tables[table.Table] = len(table.Rows)
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Errorf("%s: %d values for %d columns", table.Table, len(row), len(table.Columns))
			}
		}
	}
	if data.Account != "reporter" || tables["accounts"] != 1 || tables["updates"] != 1 || tables["tokens"] != 1 ||
		tables["audit"] == 0 {
		t.Errorf("of %s: %v", data.Account, tables)
	}
	if !strings.Contains(own.body, "in the own words") {
		t.Error("the own entry is not told")
	}
	for _, secret := range []string{"argon2", "csrf", "password_hash"} {
		if strings.Contains(own.body, secret) {
			t.Errorf("it tells %s", secret)
		}
	}
	accounts, err := o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	for _, a := range accounts {
		path := fmt.Sprintf("/accounts/%d/data.json", a.ID)
		o.get(t, "staff", path).want(t, http.StatusForbidden)
		if a.Name != "reporter" {
			continue
		}
		if g := o.get(t, "admin", path).want(t, http.StatusOK); !strings.Contains(g.body, "in the own words") {
			t.Error("an administrator is told less")
		}
	}
	log, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "account.export"}, 0, 10)
	must(t, err)
	if len(log) != 2 || log[1].Actor != "reporter" || log[0].Subject != "account reporter" {
		t.Errorf("noted: %+v", log)
	}
}
