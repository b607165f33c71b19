package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

func TestAnAdministratorRunsTheAccounts(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	post := func(path, body string, want int) got {
		t.Helper()
		return o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf}).want(t, want)
	}
	// no unit
	post("/accounts", "name=li&full_name=李四&role=reporter&password="+url.QueryEscape(goodPassword),
		http.StatusUnprocessableEntity)
	post("/accounts", "name=li&full_name=李四&role=reporter&unit=east&password=short", http.StatusUnprocessableEntity)
	post("/accounts", "name=li&full_name=李四&role=reporter&unit=east&password="+url.QueryEscape(goodPassword),
		http.StatusSeeOther)
	page := o.send(t, request{method: "GET", path: "/accounts", cookie: cookie}).want(t, http.StatusOK).body
	found := regexp.MustCompile(`<a href="(/accounts/\d+)">李四</a>`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("the list does not name the new account: %.2000s", page)
	}
	li := found[1]

	o.signIn(t, "li", goodPassword, nil).want(t, http.StatusSeeOther)
	post(li+"/disable", "", http.StatusSeeOther)
	o.signIn(t, "li", goodPassword, nil).want(t, http.StatusUnprocessableEntity)
	post(li+"/enable", "", http.StatusSeeOther)
	post(li+"/password", "password="+url.QueryEscape("another good one"), http.StatusSeeOther)
	o.signIn(t, "li", "another good one", nil).want(t, http.StatusSeeOther)

	shown := post(li+"/tokens", "name=取数", http.StatusOK).body
	secret := regexp.MustCompile(`<code class="secret">([^<]+)</code>`).FindStringSubmatch(shown)[1]
	hash := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(shown)[1]
	ask := func(want int) {
		t.Helper()
		o.send(t, request{method: "GET", path: "/api/v1/years",
			header: map[string]string{"Authorization": "Bearer " + secret}}).want(t, want)
	}
	ask(http.StatusOK)
	post(li+"/tokens/end", "token="+hash, http.StatusSeeOther)
	ask(http.StatusUnauthorized)
}

func TestNobodyShutsOutThemselves(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	accounts, err := o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	for _, a := range accounts {
		if a.Name == "admin" {
			g := o.send(t, request{method: "POST", path: page.AccountPath(a.ID) + "/disable", cookie: cookie,
				body: "csrf=" + csrf}).want(t, http.StatusConflict)
			if !strings.Contains(g.body, "不能停用自己的账号") {
				t.Errorf("it says %.500s", g.body)
			}
		}
	}
	o.send(t, request{method: "GET", path: "/accounts", cookie: cookie}).want(t, http.StatusOK)
}

func TestAPasswordIsChangedByItsOwner(t *testing.T) {
	o := smallOffice(t)
	here, csrf := o.browser(t, "staff")
	elsewhere, _ := o.browser(t, "staff")
	change := func(old, fresh string, want int) got {
		t.Helper()
		return o.send(t, request{method: "POST", path: "/account/password", cookie: here,
			body: "csrf=" + csrf + "&old=" + url.QueryEscape(old) + "&password=" + url.QueryEscape(fresh)}).want(t, want)
	}
	change("a guess at it", "another good one", http.StatusUnprocessableEntity)
	change(goodPassword, "short", http.StatusUnprocessableEntity)
	g := change(goodPassword, "another good one", http.StatusSeeOther)
	o.send(t, request{method: "GET", path: "/account", cookie: cookieOf(g)}).want(t, http.StatusOK)
	for _, ended := range []string{here, elsewhere} {
		o.send(t, request{method: "GET", path: "/api/v1/years", cookie: ended}).want(t, http.StatusUnauthorized)
	}
	o.signIn(t, "staff", goodPassword, nil).want(t, http.StatusUnprocessableEntity)
}
