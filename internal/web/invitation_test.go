package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// oneTime is a one-time link as a page shows it.
var oneTime = regexp.MustCompile(`http://[^<"]+(/invite/[\w-]+)<`)

// invite adds an account without a password through the page and returns where its link leads.
func (o *office) invite(t *testing.T, name string) string {
	t.Helper()
	cookie, csrf := o.browser(t, "admin")
	shown := o.send(t, request{method: "POST", path: "/accounts", cookie: cookie,
		body: "name=" + name + "&full_name=李四&role=leader&csrf=" + csrf}).want(t, http.StatusOK).body
	found := oneTime.FindStringSubmatch(shown)
	if found == nil {
		t.Fatalf("the page shows no link: %.3000s", shown)
	}
	return found[1]
}

func (o *office) accept(t *testing.T, path, password string) got {
	t.Helper()
	return o.send(t, request{method: "POST", path: path, body: "password=" + url.QueryEscape(password)})
}

func TestAPersonChoosesTheirPasswordByAOneTimeLink(t *testing.T) {
	o := smallOffice(t)
	path := o.invite(t, "li")
	o.signIn(t, "li", "", nil).want(t, http.StatusUnprocessableEntity) // an account without a password lets nobody in

	if asked := o.get(t, "", path).want(t, http.StatusOK).body; !strings.Contains(asked, "李四") ||
		!strings.Contains(asked, `value="li"`) {
		t.Errorf("the link does not say whose it is: %.2000s", asked)
	}
	short := o.accept(t, path, "short").want(t, http.StatusUnprocessableEntity).body
	if !strings.Contains(short, "至少") {
		t.Errorf("a password that is too short: %.2000s", short)
	}
	in := o.accept(t, path, goodPassword).want(t, http.StatusSeeOther)
	if in.Header.Get("Set-Cookie") == "" {
		t.Error("whoever chose a password is not signed in")
	}
	o.signIn(t, "li", goodPassword, nil).want(t, http.StatusSeeOther)
	o.accept(t, path, "another good one").want(t, http.StatusNotFound)
	o.get(t, "", path).want(t, http.StatusNotFound)
}

// What ends a link, each by the same sentence.
func TestAOneTimeLinkEnds(t *testing.T) {
	for name, end := range map[string]func(o *office, t *testing.T){
		"after seven days": func(o *office, _ *testing.T) { o.clock = o.clock.AddDate(0, 0, 7).Add(time.Second) },
		"when another is made": func(o *office, t *testing.T) {
			_, err := o.app.Invite(ctx, kpi.Operator, "li")
			must(t, err)
		},
		"when its account is disabled": func(o *office, t *testing.T) {
			must(t, o.app.DisableAccount(ctx, kpi.Operator, "li"))
			must(t, o.app.EnableAccount(ctx, kpi.Operator, "li"))
		},
		"when an administrator sets the password": func(o *office, t *testing.T) {
			must(t, o.app.SetPassword(ctx, kpi.Operator, "li", goodPassword))
		},
		"when its account is over": func(o *office, t *testing.T) {
			must(t, o.app.SetAccountEnd(ctx, kpi.Operator, "li", o.app.Today()))
			o.clock = o.clock.AddDate(0, 0, 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := smallOffice(t)
			path := o.invite(t, "li")
			o.get(t, "", path).want(t, http.StatusOK)
			end(o, t)
			if g := o.get(t, "", path).want(t, http.StatusNotFound); !strings.Contains(g.body, "向管理员要新的链接") {
				t.Errorf("it says %.2000s", g.body)
			}
			o.accept(t, path, goodPassword).want(t, http.StatusNotFound)
		})
	}
}

// A link for who has forgotten the password leaves the old one and its sessions until it is used, and works for
// a day.
func TestAForgottenPasswordIsReplacedByItsOwner(t *testing.T) {
	o := smallOffice(t)
	before, _ := o.browser(t, "staff")
	invited, err := o.app.Invite(ctx, kpi.Operator, "staff")
	must(t, err)
	o.send(t, request{method: "GET", path: "/account", cookie: before}).want(t, http.StatusOK)
	o.accept(t, "/invite/"+invited.Secret, "another good one").want(t, http.StatusSeeOther)
	o.send(t, request{method: "GET", path: "/account", cookie: before}).want(t, http.StatusSeeOther)
	o.signIn(t, "staff", "another good one", nil).want(t, http.StatusSeeOther)

	invited, err = o.app.Invite(ctx, kpi.Operator, "staff")
	must(t, err)
	o.clock = o.clock.Add(24*time.Hour + time.Second)
	o.accept(t, "/invite/"+invited.Secret, goodPassword).want(t, http.StatusNotFound)
}

// Nobody reads a link from the log of requests, and the audit log says who made it and who used it.
func TestALinkIsASecret(t *testing.T) {
	o := smallOffice(t)
	path := o.invite(t, "li")
	o.accept(t, path, goodPassword).want(t, http.StatusSeeOther)
	cookie, _ := o.browser(t, "admin")
	for _, page := range []string{"/audit", "/accounts"} {
		shown := o.send(t, request{method: "GET", path: page, cookie: cookie}).want(t, http.StatusOK).body
		if strings.Contains(shown, strings.TrimPrefix(path, "/invite/")) {
			t.Errorf("%s shows the secret", page)
		}
		if page == "/audit" && (!strings.Contains(shown, "生成一次性链接") || !strings.Contains(shown, "修改密码")) {
			t.Errorf("the audit log does not tell of the link: %.3000s", shown)
		}
	}
}

// An account with a last day lets its owner in on that day and not after it: not by password, by session or
// by token.
func TestAnAccountEndsAfterItsLastDay(t *testing.T) {
	o := smallOffice(t)
	cookie, _ := o.browser(t, "staff")
	_, secret, err := o.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: "staff", Name: "取数"})
	must(t, err)
	bearer := map[string]string{"Authorization": "Bearer " + secret}
	must(t, o.app.SetAccountEnd(ctx, kpi.Operator, "staff", o.app.Today()))
	ask := func(session, token, signIn int) got {
		t.Helper()
		o.send(t, request{method: "GET", path: "/account", cookie: cookie}).want(t, session)
		o.send(t, request{method: "GET", path: "/api/v1/years", header: bearer}).want(t, token)
		return o.signIn(t, "staff", goodPassword, nil).want(t, signIn)
	}
	ask(http.StatusOK, http.StatusOK, http.StatusSeeOther)
	o.clock = o.clock.AddDate(0, 0, 1)
	if g := ask(http.StatusSeeOther, http.StatusUnauthorized, http.StatusUnprocessableEntity); !strings.Contains(g.body,
		"到期") {
		t.Errorf("it says %.2000s", g.body)
	}
	if g := o.signIn(t, "staff", "a guess at it", nil); strings.Contains(g.body, "到期") {
		t.Error("a stranger learns that the account has ended")
	}
	must(t, o.app.SetAccountEnd(ctx, kpi.Operator, "staff", ""))
	o.signIn(t, "staff", goodPassword, nil).want(t, http.StatusSeeOther)
}

func TestALastDayIsOneToCome(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	for day, want := range map[string]int{"2026-11-22": 422, "2026-02-30": 422, "soon": 422, "2026-11-23": 303, "": 303} {
		o.send(t, request{method: "POST", path: "/accounts", cookie: cookie, body: "name=a" + day +
			"&role=auditor&password=" + url.QueryEscape(goodPassword) + "&ends_on=" + day + "&csrf=" + csrf}).want(t, want)
	}
}

// People see where they are signed in, and end it there.
func TestAPersonEndsTheirSessionsElsewhere(t *testing.T) {
	o := smallOffice(t)
	here, csrf := o.browser(t, "staff")
	lost, _ := o.browser(t, "staff")
	old, err := o.app.SignIn(ctx, "staff", goodPassword, app.Browser{Address: "192.0.2.77",
		Agent: "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36"})
	must(t, err)
	page := func(cookie string, want int) string {
		t.Helper()
		return o.send(t, request{method: "GET", path: "/account", cookie: cookie}).want(t, want).body
	}
	shown := page(here, http.StatusOK)
	if !strings.Contains(shown, "Chrome，Windows") || !strings.Contains(shown, "192.0.2.77") ||
		!strings.Contains(shown, "本机") {
		t.Errorf("the sessions are not told apart: %.4000s", shown)
	}
	id := regexp.MustCompile(`name="session" value="(\w+)"><button\s+aria-label="退出 Chrome`).FindStringSubmatch(shown)
	if id == nil {
		t.Fatalf("no button ends the session on Windows: %.4000s", shown)
	}
	end := func(body string) {
		t.Helper()
		o.send(t, request{method: "POST", path: "/account/sessions/end", cookie: here,
			body: body + "&csrf=" + csrf}).want(t, http.StatusSeeOther)
	}
	end("session=" + id[1])
	if _, err := o.app.Session(ctx, app.Stamp{}, old.Secret); err == nil {
		t.Error("the session that was ended still opens")
	}
	page(lost, http.StatusOK)
	end("session=")
	page(lost, http.StatusSeeOther)
	page(here, http.StatusOK)
}

// Nobody ends the session of somebody else by its number; an administrator signs people out everywhere.
func TestSessionsAreEndedByTheirOwnerOrAnAdministrator(t *testing.T) {
	o := smallOffice(t)
	leader, csrf := o.browser(t, "leader")
	staff, _ := o.browser(t, "staff")
	all, err := o.app.SessionsOf(ctx, kpi.Operator, "staff", "")
	must(t, err)
	o.send(t, request{method: "POST", path: "/account/sessions/end", cookie: leader,
		body: "session=" + all[0].ID + "&csrf=" + csrf}).want(t, http.StatusSeeOther)
	o.send(t, request{method: "GET", path: "/account", cookie: staff}).want(t, http.StatusOK)
	must(t, o.app.EndSessionsOf(ctx, kpi.Operator, "staff"))
	o.send(t, request{method: "GET", path: "/account", cookie: staff}).want(t, http.StatusSeeOther)
}
