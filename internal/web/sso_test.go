package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"

	"dabiao/internal/kpi"
	"dabiao/internal/sso"
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
	p.QueueUser(who)
	out := p.o.get(t, "", "/login/sso?next=/years/2026").want(t, http.StatusSeeOther)
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
		{person(""), "没有给出登录名"},
	} {
		if g := p.signIn(t, c.who).want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, c.say) ||
			sessionOf(g) != "" {
			t.Errorf("%v: it does not say %q", c.who, c.say)
		}
	}
	p.signIn(t, person("staff", "clerks", "guests")).want(t, http.StatusSeeOther)
}

func TestAccountsAreMadeOnlyWhereTheOfficeSaysSo(t *testing.T) {
	p := withProvider(t, func(c *sso.Config) {
		c.RoleClaim, c.Roles, c.Create = "groups", map[string]kpi.Role{"clerks": kpi.Staff}, true
	})
	p.signIn(t, person("newcomer", "clerks")).want(t, http.StatusSeeOther)
	accounts, err := p.o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	last := accounts[len(accounts)-1]
	if last.Name != "newcomer" || last.Role != kpi.Staff {
		t.Errorf("made: %+v", last)
	}
	p.o.signIn(t, "newcomer", "", nil).want(t, http.StatusUnprocessableEntity)
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
