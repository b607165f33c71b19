package web

import (
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

var (
	hiddenSecret = regexp.MustCompile(`name="secret" value="([A-Z2-7]{32})"`)
	recoveryCode = regexp.MustCompile(`<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})</code>`)
)

// phone is somebody's authenticator app.
type phone struct {
	o      *office
	secret string
}

func (p phone) code(t *testing.T) string {
	t.Helper()
	code, err := totp.GenerateCode(p.secret, p.o.clock)
	must(t, err)
	return code
}

// begin signs in by password and returns the cookie of what was begun, and its form's token.
func (o *office) begin(t *testing.T, name string) (cookie, csrf string) {
	t.Helper()
	in := o.signIn(t, name, goodPassword, nil).want(t, http.StatusSeeOther)
	if to := in.Header.Get("Location"); !strings.HasPrefix(to, "/login/step?next=") {
		t.Fatalf("sent to %s", to)
	}
	cookie = sessionOf(in)
	shown := o.send(t, request{method: "GET", path: "/login/step", cookie: cookie}).want(t, http.StatusOK)
	return cookie, csrfOf(t, shown.body)
}

func sessionOf(g got) string {
	for _, c := range g.Cookies() {
		if c.Name == "dabiao" {
			return "dabiao=" + c.Value
		}
	}
	return ""
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

func csrfOf(t *testing.T, body string) string {
	t.Helper()
	found := csrfField.FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("no form: %.2000s", body)
	}
	return found[1]
}

func (o *office) step(t *testing.T, cookie, csrf, body string) got {
	t.Helper()
	return o.send(t, request{method: "POST", path: "/login/step", cookie: cookie, body: body + "&csrf=" +
		url.QueryEscape(csrf)})
}

// withFactor sets a second factor up through the account's page.
func (o *office) withFactor(t *testing.T, name string) (p phone, codes []string) {
	t.Helper()
	cookie, csrf := o.browser(t, name)
	shown := o.send(t, request{method: "GET", path: "/account/second-factor", cookie: cookie}).want(t, http.StatusOK).body
	p = phone{o, hiddenSecret.FindStringSubmatch(shown)[1]}
	set := o.send(t, request{method: "POST", path: "/account/second-factor", cookie: cookie, body: "act=set&old=" +
		url.QueryEscape(goodPassword) + "&secret=" + p.secret + "&code=" + p.code(t) + "&csrf=" + csrf}).
		want(t, http.StatusOK).body
	for _, m := range recoveryCode.FindAllStringSubmatch(set, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes: %.2000s", len(codes), set)
	}
	o.clock = o.clock.Add(time.Minute)
	return p, codes
}

// Whoever has a second factor is in when its code was right, and nothing is open to them before.
func TestASecondFactorIsAskedBeforeAnythingElse(t *testing.T) {
	o := smallOffice(t)
	p, _ := o.withFactor(t, "admin")
	cookie, csrf := o.begin(t, "admin")
	for _, r := range routesOf(o) {
		if isOpen(r) || strings.HasPrefix(r.Path, "/login/step") {
			continue
		}
		g := o.send(t, request{method: r.Method, path: filled(r), cookie: cookie, body: map[bool]string{true: "csrf=" +
			url.QueryEscape(csrf)}[isUnsafe(r)]})
		onward := g.StatusCode == http.StatusSeeOther && strings.HasPrefix(g.Header.Get("Location"), "/login/step?next=")
		if g.StatusCode != http.StatusForbidden && !onward {
			t.Errorf("%s %s: %d to %q", r.Method, r.Path, g.StatusCode, g.Header.Get("Location"))
		}
		wantNoSecret(t, g)
	}
	wrong := o.step(t, cookie, csrf, "code=000000").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(wrong.body, "验证码不对") {
		t.Errorf("it says %.2000s", wrong.body)
	}
	in := o.step(t, cookie, csrf, "next=/years/2026&code="+p.code(t)).want(t, http.StatusSeeOther)
	if in.Header.Get("Location") != "/years/2026" {
		t.Errorf("sent to %s", in.Header.Get("Location"))
	}
	o.send(t, request{method: "GET", path: "/accounts", cookie: sessionOf(in)}).want(t, http.StatusOK)
	o.send(t, request{method: "GET", path: "/accounts", cookie: cookie}).want(t, http.StatusSeeOther)
	o.get(t, "admin", "/api/v1/years").want(t, http.StatusOK) // tokens are not asked
}

// A code is good once, half a minute early or late, and a recovery code once.
func TestACodeIsGoodOnce(t *testing.T) {
	o := smallOffice(t)
	p, recovery := o.withFactor(t, "staff")
	enter := func(code string, want int) {
		t.Helper()
		cookie, csrf := o.begin(t, "staff")
		o.step(t, cookie, csrf, "code="+url.QueryEscape(code)).want(t, want)
	}
	code := p.code(t)
	enter(code[:3]+" "+code[3:], http.StatusSeeOther)
	enter(code, http.StatusUnprocessableEntity)
	o.clock = o.clock.Add(30 * time.Second)
	enter(code, http.StatusUnprocessableEntity) // still within its window, and used
	enter(p.code(t), http.StatusSeeOther)
	o.clock = o.clock.Add(2 * time.Minute)
	old := p.code(t)
	o.clock = o.clock.Add(30 * time.Second)
	enter(old, http.StatusSeeOther)
	o.clock = o.clock.Add(2 * time.Minute)
	old = p.code(t)
	o.clock = o.clock.Add(time.Minute)
	enter(old, http.StatusUnprocessableEntity)

	enter(strings.ToUpper(recovery[3]), http.StatusSeeOther)
	enter(recovery[3], http.StatusUnprocessableEntity)
	enter(strings.ReplaceAll(recovery[4], "-", " "), http.StatusSeeOther)
	audit, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "account.recovery_used"}, 0, 10)
	must(t, err)
	if len(audit) != 2 {
		t.Errorf("%d sign-ins by recovery code are in the log", len(audit))
	}
}

// Whoever knows a password guesses eight codes in a quarter of an hour, however often they sign in between.
func TestCodesAreNotGuessed(t *testing.T) {
	o := smallOffice(t)
	p, _ := o.withFactor(t, "staff")
	tried := 0
	for range 12 {
		in := o.signIn(t, "staff", goodPassword, nil)
		if in.StatusCode != http.StatusSeeOther {
			in.want(t, http.StatusTooManyRequests)
			break
		}
		cookie := sessionOf(in)
		shown := o.send(t, request{method: "GET", path: "/login/step", cookie: cookie}).want(t, http.StatusOK)
		if g := o.step(t, cookie, csrfOf(t, shown.body), "code=123456"); g.StatusCode == http.StatusTooManyRequests {
			break
		}
		tried++
	}
	if tried != 8 {
		t.Errorf("%d codes were tried", tried)
	}
	o.clock = o.clock.Add(16 * time.Minute)
	cookie, csrf := o.begin(t, "staff")
	o.step(t, cookie, csrf, "code="+p.code(t)).want(t, http.StatusSeeOther)
}

// What was begun lasts a quarter of an hour.
func TestABegunSignInEnds(t *testing.T) {
	o := smallOffice(t)
	p, _ := o.withFactor(t, "staff")
	cookie, csrf := o.begin(t, "staff")
	o.clock = o.clock.Add(16 * time.Minute)
	o.step(t, cookie, csrf, "code="+p.code(t)).want(t, http.StatusUnauthorized)
	cookie, csrf = o.begin(t, "staff")
	o.step(t, cookie, csrf, "leave=1").want(t, http.StatusSeeOther)
	o.send(t, request{method: "GET", path: "/login/step", cookie: cookie}).want(t, http.StatusSeeOther)
}

// A role that must have a second factor sets it up at the next sign-in before anything else.
func TestARoleMustSetASecondFactorUp(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	o.send(t, request{method: "POST", path: "/sign-in", cookie: cookie,
		body: "factor_leader=1&factor_admin=1&policy=modern&days=90&csrf=" + csrf}).want(t, http.StatusSeeOther)
	rules, err := o.app.SignInRules(ctx, kpi.Operator)
	must(t, err)
	if !slices.Equal(rules.SecondFactor, []kpi.Role{kpi.Leader, kpi.Admin}) {
		t.Fatalf("set: %+v", rules)
	}
	if to := o.signIn(t, "staff", goodPassword, nil).want(t, http.StatusSeeOther).Header.Get("Location"); to != "/" {
		t.Errorf("staff is sent to %s", to)
	}
	begun, token := o.begin(t, "leader")
	shown := o.send(t, request{method: "GET", path: "/login/step", cookie: begun}).want(t, http.StatusOK).body
	p := phone{o, hiddenSecret.FindStringSubmatch(shown)[1]}
	o.send(t, request{method: "GET", path: "/years/2026", cookie: begun}).want(t, http.StatusSeeOther)
	again := o.step(t, begun, token, "secret="+p.secret+"&code=1").want(t, http.StatusUnprocessableEntity).body
	if !strings.Contains(again, p.secret) {
		t.Error("another second factor is offered after a mistake, which the phone does not know")
	}
	codes := o.step(t, begun, token, "secret="+p.secret+"&code="+p.code(t)+"&next=/years/2026").want(t, http.StatusOK)
	if !recoveryCode.MatchString(codes.body) || !strings.Contains(codes.body, `href="/years/2026"`) {
		t.Errorf("no codes: %.2000s", codes.body)
	}
	in := sessionOf(codes)
	o.send(t, request{method: "GET", path: "/years/2026", cookie: in}).want(t, http.StatusOK)
	mine := o.send(t, request{method: "GET", path: "/account/second-factor", cookie: in}).want(t, http.StatusOK).body
	refused := o.send(t, request{method: "POST", path: "/account/second-factor", cookie: in, body: "act=drop&old=" +
		url.QueryEscape(goodPassword) + "&csrf=" + csrfOf(t, mine)}).want(t, http.StatusConflict)
	if !strings.Contains(refused.body, "不能关闭") {
		t.Errorf("it says %.2000s", refused.body)
	}
}

// An administrator takes the second factor off who has lost it, and the log says so.
func TestALostSecondFactorIsReset(t *testing.T) {
	o := smallOffice(t)
	o.withFactor(t, "staff")
	cookie, csrf := o.browser(t, "admin")
	accounts, err := o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	at := slices.IndexFunc(accounts, func(a kpi.Account) bool { return a.Name == "staff" })
	path := "/accounts/" + string(rune('0'+accounts[at].ID))
	if shown := o.send(t, request{method: "GET", path: path, cookie: cookie}).body; !strings.Contains(shown, "重置两步验证") {
		t.Errorf("the page offers nothing: %.2000s", shown)
	}
	o.send(t, request{method: "POST", path: path + "/second-factor/reset", cookie: cookie, body: "csrf=" + csrf}).
		want(t, http.StatusSeeOther)
	if to := o.signIn(t, "staff", goodPassword, nil).want(t, http.StatusSeeOther).Header.Get("Location"); to != "/" {
		t.Errorf("sent to %s", to)
	}
	audit, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "account.factor_reset"}, 0, 2)
	must(t, err)
	if len(audit) != 1 || audit[0].Actor != "admin" {
		t.Errorf("the log: %+v", audit)
	}
	if err := o.app.ResetSecondFactor(ctx, kpi.Operator, "staff"); err == nil {
		t.Error("what is not there is reset")
	}
}

// A one-time link and a new password do not get past the second factor; changing one's own leaves one in.
func TestANewPasswordLeavesTheSecondFactor(t *testing.T) {
	o := smallOffice(t)
	p, _ := o.withFactor(t, "staff")
	invited, err := o.app.Invite(ctx, kpi.Operator, "staff")
	must(t, err)
	to := o.accept(t, "/invite/"+invited.Secret, goodPassword).want(t, http.StatusSeeOther).Header.Get("Location")
	if !strings.HasPrefix(to, "/login/step") {
		t.Errorf("sent to %s", to)
	}
	cookie, csrf := o.begin(t, "staff")
	in := sessionOf(o.step(t, cookie, csrf, "code="+p.code(t)).want(t, http.StatusSeeOther))
	mine := o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusOK).body
	changed := o.send(t, request{method: "POST", path: "/account/password", cookie: in, body: "old=" +
		url.QueryEscape(goodPassword) + "&password=another+good+one&csrf=" + csrfOf(t, mine)}).want(t, http.StatusSeeOther)
	o.send(t, request{method: "GET", path: "/account", cookie: sessionOf(changed)}).want(t, http.StatusOK)
}

// A form that was typed before the session ended waits through all steps of signing in.
func TestATypedFormWaitsForTheSecondFactor(t *testing.T) {
	o := smallOffice(t)
	p, _ := o.withFactor(t, "staff")
	shown := o.send(t, request{method: "POST", path: "/login", body: "name=staff&password=" +
		url.QueryEscape(goodPassword) + "&next=/years/2026/entry&kept.note=typed+words&kept.indicator=screened&kept.unit=east"}).want(t, http.StatusOK)
	if !strings.Contains(shown.body, "typed words") {
		t.Errorf("the form is gone: %.2000s", shown.body)
	}
	back := o.step(t, sessionOf(shown), csrfOf(t, shown.body), "code="+p.code(t)+
		"&next=/years/2026/entry&kept.note=typed+words&kept.indicator=screened&kept.unit=east")
	if !strings.Contains(back.body, "typed words") {
		t.Errorf("%d, and the form is gone: %.2000s", back.StatusCode, back.body)
	}
}

// By level 2, a password is of several kinds of characters, is changed in time, and is none of the last.
func TestPasswordsByLevel2(t *testing.T) {
	o := smallOffice(t)
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsLevel2, Days: 30})
	begun, token := o.begin(t, "staff") // an administrator chose it
	for _, wrong := range []string{"", "x", "x" + token} {
		o.step(t, begun, wrong, "password=whatever").want(t, http.StatusForbidden)
	}
	asked := o.send(t, request{method: "GET", path: "/login/step", cookie: begun}).want(t, http.StatusOK).body
	for _, want := range []string{"别人设的", "至少 3 种", "最近 5 次", "30 天内"} {
		if !strings.Contains(asked, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	choose := func(password string, want int, say string) got {
		t.Helper()
		g := o.step(t, begun, token, "password="+url.QueryEscape(password)).want(t, want)
		if !strings.Contains(g.body, say) {
			t.Errorf("%s: it does not say %q", password, say)
		}
		return g
	}
	choose("another good one", 422, "至少 3 种")
	choose("Grove-5504-mist", 303, "")
	next := func(old, password string, want string) {
		t.Helper()
		o.clock = o.clock.Add(time.Minute)
		err := o.app.SetPassword(ctx, kpi.Operator, "staff", password)
		wantKey(t, old+" → "+password, err, want)
	}
	next("", "Grove-5504-mist", "password_used")
	for _, p := range []string{"Cloud-7781-tea", "River-9032-oak", "Stone-1147-ink", "Maple-6620-jar"} {
		next("", p, "")
	}
	next("the fifth back", "Grove-5504-mist", "password_used")
	next("", "Amber-3391-sky", "")
	next("the sixth back", "Grove-5504-mist", "")

	in := o.signIn(t, "staff", "Grove-5504-mist", nil).want(t, http.StatusSeeOther)
	begun = sessionOf(in)
	token = csrfOf(t, o.send(t, request{method: "GET", path: "/login/step", cookie: begun}).want(t, http.StatusOK).body)
	choose("Basil-4410-fog", 303, "")
	sign := func(want string) {
		t.Helper()
		to := o.signIn(t, "staff", "Basil-4410-fog", nil).want(t, http.StatusSeeOther).Header.Get("Location")
		if !strings.HasPrefix(to, want) {
			t.Errorf("sent to %s, not %s", to, want)
		}
	}
	o.clock = o.clock.AddDate(0, 0, 29)
	sign("/")
	o.clock = o.clock.AddDate(0, 0, 2)
	sign("/login/step")
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsModern, Days: 30})
	sign("/")
}

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	if key == "" {
		must(t, err)
		return
	}
	if err == nil || !strings.Contains(sayFields(err), key) {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func sayFields(err error) (said string) {
	var e *kpi.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			said += f.Text.Key + " "
		}
	}
	return said
}

// Verify finds nothing after all this, and a second factor that was put in by hand.
func TestSecondFactorsAreHeldByTheLog(t *testing.T) {
	o := smallOffice(t)
	_, codes := o.withFactor(t, "staff")
	cookie, csrf := o.begin(t, "staff")
	o.step(t, cookie, csrf, "code="+codes[0]).want(t, http.StatusSeeOther)
	differences, err := o.app.Verify(ctx)
	must(t, err)
	if len(differences) > 0 {
		t.Errorf("verify: %q", differences)
	}
}

func (o *office) setSignIn(t *testing.T, rules kpi.SignInRules) {
	t.Helper()
	_, err := o.app.SetSignInRules(ctx, kpi.Operator, rules)
	must(t, err)
}

// Whoever is signed in and does not meet what is asked from now on is signed out; others are not.
func TestNewRulesSignOutWhoDoesNotMeetThem(t *testing.T) {
	p := withProvider(t, nil)
	o := p.o
	vouched := sessionOf(p.signIn(t, person("leader")))
	in := map[string]string{}
	for _, name := range []string{"staff", "auditor", "admin"} {
		in[name], _ = o.browser(t, name)
	}
	with, _ := o.withFactor(t, "reviewer")
	begun, csrf := o.begin(t, "reviewer")
	in["reviewer"] = sessionOf(o.step(t, begun, csrf, "code="+with.code(t)).want(t, http.StatusSeeOther))
	in["leader"] = vouched
	wantIn := func(when string, names ...string) {
		t.Helper()
		for name, cookie := range in {
			g := o.send(t, request{method: "GET", path: "/account", cookie: cookie})
			if (g.StatusCode == http.StatusOK) != slices.Contains(names, name) {
				t.Errorf("%s: %s: %d", when, name, g.StatusCode)
			}
		}
	}
	modern := kpi.SignInRules{Policy: kpi.PasswordsModern, Days: 90}
	o.setSignIn(t, modern)
	wantIn("nothing is asked", "staff", "auditor", "admin", "reviewer", "leader")
	modern.SecondFactor = []kpi.Role{kpi.Auditor, kpi.Reviewer, kpi.Leader} // whom the provider asks, or not
	o.setSignIn(t, modern)
	wantIn("a second factor of three roles", "staff", "admin", "reviewer", "leader")
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsLevel2, Days: 90})
	wantIn("passwords by level 2", "leader")
	entries, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "session.set_rules"}, 0, 1)
	must(t, err)
	if d := entries[0].Detail; !strings.Contains(d, `"signed_out":["admin","staff","reviewer"]`) {
		t.Errorf("the log says %s", d)
	}
	o.get(t, "staff", "/api/v1/years").want(t, http.StatusOK) // a token
}

// A password that its owner chose before level 2 came may not be by it: it has to be changed, and the page says why.
func TestAPasswordFromBeforeTheRulesIsChanged(t *testing.T) {
	o := smallOffice(t)
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsLevel2, Days: 90})
	cookie, csrf := o.begin(t, "staff")
	in := sessionOf(o.step(t, cookie, csrf, "password=Grove-5504-mist").want(t, http.StatusSeeOther))
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsLevel2, Days: 60}) // which asks nothing new
	o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusOK)
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsModern, Days: 60})
	o.clock = o.clock.Add(time.Minute)
	o.setSignIn(t, kpi.SignInRules{Policy: kpi.PasswordsLevel2, Days: 60})
	o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusSeeOther)
	begun := sessionOf(o.signIn(t, "staff", "Grove-5504-mist", nil).want(t, http.StatusSeeOther))
	shown := o.send(t, request{method: "GET", path: "/login/step", cookie: begun}).want(t, http.StatusOK).body
	if !strings.Contains(shown, "密码要求已改") {
		t.Errorf("the page does not say why: %.2000s", shown)
	}
	o.step(t, begun, csrfOf(t, shown), "password=Stone-1147-ink").want(t, http.StatusSeeOther)
}

// A form that waits while a second factor is set up comes back after the recovery codes.
func TestATypedFormWaitsBehindTheRecoveryCodes(t *testing.T) {
	o := smallOffice(t)
	o.setSignIn(t, kpi.SignInRules{SecondFactor: []kpi.Role{kpi.Staff}, Policy: kpi.PasswordsModern, Days: 90})
	const waits = "&next=/years/2026/entry&kept.note=typed+words&kept.indicator=screened&kept.unit=east&kept.key=k" +
		"&kept.date=2026-11-03&kept.value=7"
	shown := o.send(t, request{method: "POST", path: "/login", body: "name=staff&password=" +
		url.QueryEscape(goodPassword) + waits}).want(t, http.StatusOK)
	secret := hiddenOf(shown.body).Get("secret")
	p := phone{o, secret}
	codes := o.step(t, sessionOf(shown), csrfOf(t, shown.body), "secret="+secret+"&code="+p.code(t)+waits).
		want(t, http.StatusOK)
	fields := hiddenOf(codes.body)
	if fields.Get("note") != "typed words" || !strings.Contains(codes.body, `action="/years/2026/entry"`) {
		t.Fatalf("the form is gone: %.3000s", codes.body)
	}
	back := o.send(t, request{method: "POST", path: "/years/2026/entry", cookie: sessionOf(codes), body: fields.Encode(),
		header: map[string]string{"Sec-Fetch-Site": "same-origin"}}).want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(back.body, "typed words") || !strings.Contains(back.body, "已重新登录") {
		t.Errorf("the form does not come back: %.2000s", back.body)
	}
}

// A backup that is put back without the key that sealed the second factors: their codes cannot be checked, and the page
// says so and which ways are left; recovery codes open, an administrator's reset lets in by password, and a second
// factor set up anew works with the new key.
func TestSecondFactorsOutliveALostKey(t *testing.T) {
	keyed := func(config store.Config) *office {
		config.KeyFile = filepath.Join(config.Dir, store.KeyFileName)
		o, err := emptyOfficeOver(config, config.Dir, morning)
		must(t, err)
		return o
	}
	where, err := storetest.Put(t.TempDir())
	must(t, err)
	before := keyed(where)
	before.furnish(t)
	lost, codes := before.withFactor(t, "staff")
	other, _ := before.withFactor(t, "leader")
	files, err := blob.Open(filepath.Join(before.dir, "evidence"), nil)
	must(t, err)
	name := filepath.Join(t.TempDir(), "b.zip")
	_, err = before.db.Backup(ctx, files, name, "test", before.clock)
	must(t, err)
	dir := filepath.Join(t.TempDir(), "back")
	_, err = store.Restore(name, dir)
	must(t, err)
	o := keyed(store.Config{Dir: dir, Commits: store.NoSync})
	o.clock = before.clock
	t.Cleanup(func() { must(t, o.db.Close()) })
	lost.o, other.o = o, o

	cookie, csrf := o.begin(t, "staff")
	said := o.step(t, cookie, csrf, "code="+lost.code(t)).want(t, http.StatusConflict).body
	for _, want := range []string{"密钥已更换", "备用码", "管理员重置", `name="code"`} {
		if !strings.Contains(said, want) {
			t.Errorf("the page does not say %q: %.2000s", want, said)
		}
	}
	in := sessionOf(o.step(t, cookie, csrf, "code="+codes[0]).want(t, http.StatusSeeOther))
	o.send(t, request{method: "GET", path: "/account", cookie: in}).want(t, http.StatusOK)

	begun, token := o.begin(t, "leader")
	o.step(t, begun, token, "code="+other.code(t)).want(t, http.StatusConflict)
	must(t, o.app.ResetSecondFactor(ctx, kpi.Operator, "leader"))
	if to := o.signIn(t, "leader", goodPassword, nil).want(t, http.StatusSeeOther).Header.Get("Location"); to != "/" {
		t.Errorf("sent to %s", to)
	}
	anew, _ := o.withFactor(t, "leader")
	o.clock = o.clock.Add(time.Minute) // a code is good once
	begun, token = o.begin(t, "leader")
	o.step(t, begun, token, "code="+anew.code(t)).want(t, http.StatusSeeOther)
	failed, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "session.fail"}, 0, 9)
	must(t, err)
	if len(failed) != 2 || !strings.Contains(failed[1].Detail, "seal_key_lost") {
		t.Errorf("the log says %+v", failed)
	}
}
