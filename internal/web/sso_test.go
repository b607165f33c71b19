package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/sso"
	"dabiao/internal/web/page"
)

// provider is a real identity provider, started for a test, that this office signs in by.
type provider struct {
	*mockoidc.MockOIDC
	o *office
}

func withProvider(t *testing.T, change func(*sso.Config)) provider {
	t.Helper()
	o := smallOffice(t)
	m, err := mockoidc.Run()
	must(t, err)
	t.Cleanup(func() { must(t, m.Shutdown()) })
	mockoidc.NowFunc = func() time.Time { return o.clock }
	c := sso.Config{Issuer: m.Issuer(), Client: m.ClientID, Secret: m.ClientSecret, URL: "http://localhost",
		NameClaim: "preferred_username", Label: "县政务登录", Scopes: "profile groups",
		Now: func() time.Time { return o.clock }}
	if change != nil {
		change(&c)
	}
	o.SSO, err = sso.New(c)
	must(t, err)
	return provider{m, o}
}

func cookieNamed(g got, name string) string {
	for _, c := range g.Cookies() {
		if c.Name == name {
			return name + "=" + c.Value
		}
	}
	return ""
}

// set out and come back: the browser's ticket, and the address that the provider sends it to.
func (p provider) away(t *testing.T, who *mockoidc.MockUser) (ticket string, back *url.URL) {
	t.Helper()
	return p.awayFrom(t, page.SSOPath("/years/2026"), who)
}

func (p provider) awayFrom(t *testing.T, path string, who *mockoidc.MockUser) (ticket string, back *url.URL) {
	t.Helper()
	p.QueueUser(who)
	out := p.o.get(t, "", path).want(t, http.StatusSeeOther)
	to := out.Header.Get("Location")
	for _, part := range []string{"code_challenge_method=S256", "nonce=", "state="} {
		if !strings.Contains(to, part) {
			t.Errorf("no %s in %s", part, to)
		}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, to, nil)
	must(t, err)
	res, err := client.Do(req)
	must(t, err)
	defer res.Body.Close()
	back, err = url.Parse(res.Header.Get("Location"))
	must(t, err)
	return cookieNamed(out, "dabiao-sso"), back
}

func (p provider) signIn(t *testing.T, who *mockoidc.MockUser) got {
	t.Helper()
	ticket, back := p.away(t, who)
	return p.o.send(t, request{method: "GET", path: back.RequestURI(), cookie: ticket})
}

func person(name string, groups ...string) *mockoidc.MockUser {
	return &mockoidc.MockUser{Subject: name, PreferredUsername: name, Groups: groups}
}

func TestAPersonSignsInByTheIdentityProvider(t *testing.T) {
	p := withProvider(t, nil)
	if shown := p.o.get(t, "", "/login").body; !strings.Contains(shown, "县政务登录") {
		t.Error("the sign-in page has no button")
	}
	in := p.signIn(t, person("staff")).want(t, http.StatusSeeOther)
	if to := in.Header.Get("Location"); to != "/years/2026" {
		t.Errorf("sent to %s", to)
	}
	p.o.send(t, request{method: "GET", path: "/account", cookie: sessionOf(in)}).want(t, http.StatusOK)

	ticket, back := p.away(t, person("staff")) // a browser that did not set out
	p.o.send(t, request{method: "GET", path: back.RequestURI()}).want(t, http.StatusUnprocessableEntity)
	other, _ := p.away(t, person("staff"))
	p.o.send(t, request{method: "GET", path: back.RequestURI(), cookie: other}).want(t, http.StatusUnprocessableEntity)
	p.o.send(t, request{method: "GET", path: back.RequestURI(), cookie: ticket}).want(t, http.StatusSeeOther)
	p.o.send(t, request{method: "GET", path: back.RequestURI(), cookie: ticket}).want(t, http.StatusUnprocessableEntity)
}

// Whom the provider vouches for, and who is not let in all the same.
func TestWhoIsNotLetInByTheIdentityProvider(t *testing.T) {
	p := withProvider(t, func(c *sso.Config) {
		c.RoleClaim, c.Roles = "groups", map[string]kpi.Role{"clerks": kpi.Staff, "heads": kpi.Leader, "audit": kpi.Auditor}
	})
	must(t, p.o.app.DisableAccount(ctx, kpi.Operator, "auditor"))
	for _, c := range []struct {
		who *mockoidc.MockUser
		say string
	}{
		{person("nobody", "clerks"), "没有登录名为 nobody 的账号"},
		{person("auditor", "audit"), "已停用"},
		{person("staff", "heads"), "角色不同"},
		{person("staff", "heads", "clerks"), "不止一种角色"},
		{person("staff", "guests"), "没有给您本系统的角色"},
		{called("x", ""), "没有给出登录名"},
		{called("", "staff"), "没有确认您的身份"},
		{person("ｓｔａｆｆ", "clerks"), "没有登录名为 ｓｔａｆｆ 的账号"}, // another there than staff
		{person(" staff", "clerks"), "没有登录名为  staff 的账号"},
	} {
		if g := p.signIn(t, c.who).want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, c.say) ||
			sessionOf(g) != "" {
			t.Errorf("%v: it does not say %q", c.who, c.say)
		}
	}
	failed, err := p.o.app.Audit(ctx, kpi.Operator,
		kpi.AuditFilter{Action: "session.fail", Subject: "account auditor"}, 0, 9)
	must(t, err)
	if len(failed) != 1 || !strings.Contains(failed[0].Detail, "sso_disabled") {
		t.Errorf("the log says %v", failed)
	}
	p.signIn(t, person("staff", "clerks", "guests")).want(t, http.StatusSeeOther)
}

func TestAccountsAreMadeOnlyWhereTheOfficeSaysSo(t *testing.T) {
	p := withProvider(t, func(c *sso.Config) {
		c.RoleClaim, c.Roles, c.Create = "groups", map[string]kpi.Role{"clerks": kpi.Staff}, true
	})
	p.signIn(t, person("ｎewcomer", "clerks")).want(t, http.StatusSeeOther) // kept as names are
	p.signIn(t, person("ｎewcomer", "clerks")).want(t, http.StatusSeeOther)
	p.signIn(t, person("newcomer", "clerks")).want(t, http.StatusUnprocessableEntity) // somebody else
	accounts, err := p.o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	last := accounts[len(accounts)-1]
	if last.Name != "newcomer" || last.Role != kpi.Staff {
		t.Errorf("made: %+v", last)
	}
	p.o.signIn(t, "newcomer", "", nil).want(t, http.StatusUnprocessableEntity)
}

// Nothing is asked of another address than the one that the operator named.
func TestAProviderThatLeadsElsewhereIsNotFollowed(t *testing.T) {
	p := withProvider(t, nil)
	there := httptest.NewServer(http.RedirectHandler(p.DiscoveryEndpoint(), http.StatusFound))
	t.Cleanup(there.Close)
	c := p.o.SSO.Config
	c.Issuer = there.URL
	var err error
	p.o.SSO, err = sso.New(c)
	must(t, err)
	if g := p.o.get(t, "", "/login/sso").want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, "连不上") {
		t.Errorf("it says %.2000s", g.body)
	}
}

func TestAProviderThatIsAwayIsSaid(t *testing.T) {
	o := smallOffice(t)
	var err error
	o.SSO, err = sso.New(sso.Config{Issuer: "http://127.0.0.1:1", Client: "c", URL: "http://localhost"})
	must(t, err)
	if g := o.get(t, "", "/login/sso").want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, "连不上") {
		t.Errorf("it says %.2000s", g.body)
	}
}

// called is somebody whom the provider knows by one word and calls by a name.
func called(subject, name string) *mockoidc.MockUser {
	return &mockoidc.MockUser{Subject: subject, PreferredUsername: name}
}

// Whoever signed in first under a name is let in to its account, and nobody else whom the provider calls so later.
func TestAnAccountIsLinkedToOnePerson(t *testing.T) {
	p := withProvider(t, nil)
	p.signIn(t, called("7f3", "staff")).want(t, http.StatusSeeOther)
	p.signIn(t, called("7f3", "staff")).want(t, http.StatusSeeOther)
	for _, c := range []struct {
		who *mockoidc.MockUser
		say string
	}{
		{called("9aa", "staff"), "不是同一人"},
		{called("7F3", "staff"), "不是同一人"},
		{called("7f3", "leader"), "现在给出的登录名却是 leader"}, // though nobody has come for leader yet
		{called("7f3", "nobody"), "现在给出的登录名却是 nobody"},
	} {
		if g := p.signIn(t, c.who).want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, c.say) ||
			sessionOf(g) != "" {
			t.Errorf("%s called %s: it does not say %q", c.who.Subject, c.who.PreferredUsername, c.say)
		}
	}
	other, err := mockoidc.Run() // that calls somebody the same
	must(t, err)
	t.Cleanup(func() { must(t, other.Shutdown()) })
	first := p.o.SSO
	c := first.Config
	c.Issuer, c.Client, c.Secret = other.Issuer(), other.ClientID, other.ClientSecret
	p.o.SSO, err = sso.New(c)
	must(t, err)
	elsewhere := provider{other, p.o}
	if g := elsewhere.signIn(t, called("7f3", "staff")).want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body,
		"不是同一人") {
		t.Error("another provider's word is taken for the first's")
	}
	p.o.SSO = first

	data := p.o.get(t, "staff", "/account/data.json").want(t, http.StatusOK).body
	if !strings.Contains(data, `"identities"`) || !strings.Contains(data, "7f3") {
		t.Error("what is stored about a person does not tell the link")
	}
	for action, want := range map[string]int{"account.link": 1, "account.unlink": 0} {
		entries, err := p.o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: action}, 0, 9)
		must(t, err)
		if len(entries) != want {
			t.Errorf("%s: %d entries", action, len(entries))
		}
	}
}

// An administrator takes a link away, which signs its owner out; who comes next under the name is linked.
func TestALinkIsTakenAway(t *testing.T) {
	p := withProvider(t, nil)
	in := sessionOf(p.signIn(t, called("7f3", "staff")).want(t, http.StatusSeeOther))
	accounts, err := p.o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	for _, a := range accounts {
		path := fmt.Sprintf("/accounts/%d", a.ID)
		shows := strings.Contains(p.o.get(t, "admin", path).want(t, http.StatusOK).body, path+"/unlink")
		if shows != (a.Name == "staff") {
			t.Errorf("the page of %s offers to take the link away: %v", a.Name, shows)
		}
		if a.Name == "staff" {
			cookie, csrf := p.o.browser(t, "admin")
			p.o.send(t, request{method: "POST", path: path + "/unlink", cookie: cookie, body: "csrf=" + csrf}).
				want(t, http.StatusSeeOther)
		}
	}
	p.o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusSeeOther)
	p.signIn(t, called("9aa", "staff")).want(t, http.StatusSeeOther)
	p.signIn(t, called("7f3", "staff")).want(t, http.StatusUnprocessableEntity)
}

// What the provider ends is not heard here, so that a sign-in by it lasts a day's work at most.
func TestASignInByTheProviderLastsHalfADay(t *testing.T) {
	p := withProvider(t, nil)
	in := sessionOf(p.signIn(t, person("staff")))
	for range 11 {
		p.o.clock = p.o.clock.Add(time.Hour)
		p.o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusOK)
	}
	p.o.clock = p.o.clock.Add(time.Hour + time.Minute)
	p.o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusSeeOther)
}

// A form that waits at the sign-in page comes back by the identity provider too, unsaved.
func TestAFormWaitsWhileItsWriterIsAtTheProvider(t *testing.T) {
	p := withProvider(t, nil)
	o := p.o
	const path, note = "/years/2026/entry?unit=east", "“半截” & 其他"
	typed := url.Values{"csrf": {"old"}, "indicator": {"screened"}, "unit": {"east"}, "date": {"2026-11-03"},
		"value": {"7余"}, "note": {note}, "key": {"k7"}}
	asked := o.send(t, request{method: "POST", path: path, cookie: "dabiao=" + strings.Repeat("x", 43),
		body: typed.Encode()}).want(t, http.StatusUnauthorized)
	if !strings.Contains(asked.body, `formaction="/login/sso"`) {
		t.Fatalf("the sign-in page does not offer the provider: %.3000s", asked.body)
	}
	away := func(fields url.Values) (kept string) {
		t.Helper()
		g := o.send(t, request{method: "POST", path: "/login/sso", body: fields.Encode()}).want(t, http.StatusOK)
		if to := g.Header.Get("Refresh"); to != "0; url="+page.SSOPath(path) || strings.Contains(g.body, "半截") {
			t.Fatalf("sent on to %q", to)
		}
		return cookieNamed(g, "dabiao-kept")
	}
	back := func(kept string, who *mockoidc.MockUser, status int) got {
		t.Helper()
		ticket, to := p.awayFrom(t, page.SSOPath(path), who)
		return o.send(t, request{method: "GET", path: to.RequestURI(), cookie: ticket + "; " + kept,
			header: map[string]string{"Sec-Fetch-Site": "cross-site"}}).want(t, status)
	}
	refused := back(away(hiddenOf(asked.body)), person("nobody"), http.StatusUnprocessableEntity)
	fields := hiddenOf(refused.body)
	if fields.Get("kept.note") != note || fields.Get("next") != path {
		t.Fatalf("a refused sign-in loses the form: %q", fields)
	}
	kept := away(fields)
	again := back(kept, person("staff"), http.StatusUnprocessableEntity)
	for _, want := range []string{"已重新登录", `value="7余"`, `value="2026-11-03"`, "半截", `value="k7"`} {
		if !strings.Contains(again.body, want) {
			t.Errorf("the form does not hold %q: %.2000s", want, again.body)
		}
	}
	back(kept, person("staff"), http.StatusSeeOther) // it comes back once
	late := away(fields)
	o.clock = o.clock.Add(app.KeptFormLife + time.Second)
	back(late, person("staff"), http.StatusSeeOther)
	newClerk(t, o).wantEntries(0)
}
