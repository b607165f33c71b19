package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// made makes a token of the small office.
func (o *office) made(t *testing.T, n app.NewToken) (kpi.Token, func(method, path, body string) got) {
	t.Helper()
	made, secret, err := o.app.AddToken(ctx, kpi.Operator, n)
	must(t, err)
	return made, func(method, path, body string) got {
		t.Helper()
		return o.send(t, request{method: method, path: path, body: body,
			header: map[string]string{"Authorization": "Bearer " + secret}})
	}
}

// What a token may do at most, whatever its account may.
func TestATokenKeepsToItsScope(t *testing.T) {
	for scope, want := range map[kpi.TokenScope]struct{ entry, withdrawal, target, account int }{
		kpi.TokenReads: {403, 403, 403, 403},
		kpi.TokenLogs:  {201, 201, 403, 403},
		kpi.TokenAll:   {201, 201, 201, 201},
	} {
		t.Run(string(scope), func(t *testing.T) {
			o := smallOffice(t)
			_, ask := o.made(t, app.NewToken{Account: "admin", Scope: scope})
			ask("GET", "/api/v1/years/2026/board", "").want(t, http.StatusOK)
			ask("GET", "/api/v1/audit", "").want(t, http.StatusOK)
			refused := ask("POST", "/api/v1/updates",
				`{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5"}`).want(t, want.entry)
			if want.entry == 403 && !strings.Contains(refused.body, "只能读") {
				t.Errorf("it says %s", refused.body)
			}
			ask("POST", fmt.Sprintf("/api/v1/updates/%d/withdrawal", o.log(t, "east")), `{"reason":"r"}`).
				want(t, want.withdrawal)
			ask("POST", "/api/v1/years/2026/targets", `{"indicator":"screened","value":"9"}`).want(t, want.target)
			ask("POST", "/api/v1/accounts/staff/tokens", `{}`).want(t, want.account)
			ask("POST", "/accounts/1/invite", "").want(t, map[bool]int{true: 403, false: 415}[scope != kpi.TokenAll])
		})
	}
}

// No route that changes something forgets to ask a token how far it goes.
func TestATokenThatReadsChangesNothingAnywhere(t *testing.T) {
	o := smallOffice(t)
	_, ask := o.made(t, app.NewToken{Account: "admin", Scope: kpi.TokenReads})
	before, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 1)
	must(t, err)
	for _, r := range routesOf(o) {
		if isUnsafe(r) && !isOpen(r) {
			ask(r.Method, filled(r), "").want(t, http.StatusForbidden)
		}
	}
	after, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 1)
	must(t, err)
	if before[0].ID != after[0].ID {
		t.Errorf("it did %s", after[0].Action)
	}
}

// With a unit, the token of an account of the whole office is like an account of that unit.
func TestATokenOfAUnitKeepsToIt(t *testing.T) {
	o := smallOffice(t)
	_, ask := o.made(t, app.NewToken{Account: "admin", Unit: "east"})
	ask("GET", "/api/v1/years/2026/board?unit=east", "").want(t, http.StatusOK)
	ask("GET", "/api/v1/years/2026/board?unit=west", "").want(t, http.StatusForbidden)
	ask("GET", "/api/v1/audit", "").want(t, http.StatusForbidden)
	ask("POST", "/api/v1/updates", `{"indicator":"screened","unit":"west","date":"2026-11-03","value":"5"}`).
		want(t, http.StatusForbidden)
	ask("POST", "/api/v1/updates", `{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5"}`).
		want(t, http.StatusCreated)
}

// What ends a token, and what the program that sends it hears.
func TestATokenEnds(t *testing.T) {
	for name, c := range map[string]struct {
		end func(o *office, t *testing.T, of kpi.Token)
		say string
	}{
		"after its last day": {func(o *office, _ *testing.T, _ kpi.Token) { o.clock = o.clock.AddDate(1, 0, 1) }, "到期"},
		"by an administrator": {func(o *office, t *testing.T, of kpi.Token) {
			must(t, o.app.EndToken(ctx, kpi.Operator, "staff", of.ID()))
		}, "作废"},
		"when the password is set": {func(o *office, t *testing.T, _ kpi.Token) {
			must(t, o.app.SetPassword(ctx, kpi.Operator, "staff", "another good one"))
		}, "作废"},
		"when a one-time link is used": {func(o *office, t *testing.T, _ kpi.Token) {
			i, err := o.app.Invite(ctx, kpi.Operator, "staff")
			must(t, err)
			_, err = o.app.AcceptInvitation(ctx, i.Secret, "another good one")
			must(t, err)
		}, "作废"},
		"when its account is disabled, for good": {func(o *office, t *testing.T, _ kpi.Token) {
			must(t, o.app.DisableAccount(ctx, kpi.Operator, "staff"))
			must(t, o.app.EnableAccount(ctx, kpi.Operator, "staff"))
		}, "作废"},
		"with its account, for good": {func(o *office, t *testing.T, _ kpi.Token) {
			must(t, o.app.SetAccountEnd(ctx, kpi.Operator, "staff", o.app.Today()))
			o.clock = o.clock.AddDate(0, 0, 1)
			must(t, o.app.SetAccountEnd(ctx, kpi.Operator, "staff", ""))
		}, "到期"},
	} {
		t.Run(name, func(t *testing.T) {
			o := smallOffice(t)
			token, ask := o.made(t, app.NewToken{Account: "staff", Name: "取数"})
			ask("GET", "/api/v1/years", "").want(t, http.StatusOK)
			c.end(o, t, token)
			g := ask("GET", "/api/v1/years", "").want(t, http.StatusUnauthorized)
			if !strings.Contains(g.body, c.say) || !strings.Contains(g.body, "管理员") {
				t.Errorf("it says %s", g.body)
			}
		})
	}
}

// A person who changes their own password keeps the programs that work for them.
func TestAnOwnNewPasswordLeavesTokens(t *testing.T) {
	o := smallOffice(t)
	_, ask := o.made(t, app.NewToken{Account: "staff"})
	account, err := o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	for _, a := range account {
		if a.Name == "staff" {
			_, err := o.app.ChangePassword(ctx, a.Actor(), goodPassword, "another good one", app.Browser{})
			must(t, err)
		}
	}
	ask("GET", "/api/v1/years", "").want(t, http.StatusOK)
}

// The page of an account says what its tokens may do, until when, and when and whence they were used.
func TestThePageTellsOfTokens(t *testing.T) {
	o := smallOffice(t)
	_, ask := o.made(t, app.NewToken{Account: "admin", Name: "县平台", Scope: kpi.TokenReads, EndsOn: "2027-03-01",
		Unit: "east"})
	ask("GET", "/api/v1/years", "").want(t, http.StatusOK)
	cookie, csrf := o.browser(t, "admin")
	shown := o.send(t, request{method: "GET", path: "/accounts/1", cookie: cookie}).want(t, http.StatusOK).body
	for _, want := range []string{"县平台", "只读，限east", "至 2027年3月1日", "最近使用 2026年11月23日，来自 0.0.0.0"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q on the page: %s", want, shown)
		}
	}
	for form, want := range map[string]string{
		"name=x&scope=read&ends_on=2028-01-01&unit=": "令牌最长一年", "name=x&scope=read&ends_on=2026-02-30&unit=": "不是有效日期",
		"name=x&scope=much&ends_on=2027-01-01&unit=": "没有“much”", "name=x&scope=log&ends_on=2026-01-01&unit=": "已经过去"} {
		g := o.send(t, request{method: "POST", path: "/accounts/1/tokens", cookie: cookie, body: form + "&csrf=" + csrf}).
			want(t, http.StatusUnprocessableEntity)
		if !strings.Contains(g.body, want) || !strings.Contains(g.body, `value="x"`) {
			t.Errorf("%s: no %q, or what was typed is gone", form, want)
		}
	}
	o.send(t, request{method: "POST", path: "/accounts/1/tokens", cookie: cookie,
		body: "name=填报&scope=log&ends_on=2027-01-01&unit=&csrf=" + csrf}).want(t, http.StatusOK)
	tokens, err := o.app.Tokens(ctx, kpi.Operator, "admin")
	must(t, err)
	made := slices.ContainsFunc(tokens, func(t kpi.Token) bool {
		return t.Name == "填报" && t.Scope == kpi.TokenLogs && t.EndsOn == "2027-01-01"
	})
	if !made {
		t.Errorf("made: %+v", tokens)
	}
}
