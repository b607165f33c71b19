package web

import (
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
