package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

func newOffice(t *testing.T) *office {
	t.Helper()
	o, err := emptyOffice(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, o.db.Close()) })
	return o
}

func (o *office) setUp(t *testing.T, form url.Values) got {
	t.Helper()
	form.Set("token", "the-link")
	return o.send(t, request{method: "POST", path: "/setup", body: form.Encode()})
}

// Whoever comes before the set-up reads what to do, wherever they begin, and is not sent around.
func TestBeforeSetUpAVisitorSeesWhatToDo(t *testing.T) {
	o := newOffice(t)
	for path, want := range map[string]int{"/login": http.StatusOK, "/login?next=/units": http.StatusOK,
		"/setup": http.StatusForbidden, "/setup?token=guess": http.StatusForbidden} {
		g := o.get(t, "", path).want(t, want)
		for _, words := range []string{"系统尚未设置", "set-up:", `href="/"`} {
			if !strings.Contains(g.body, words) {
				t.Errorf("%s does not say %q: %s", path, words, g.body)
			}
		}
		if strings.Contains(g.body, "the-link") {
			t.Errorf("%s gives the link away", path)
		}
	}
	o.send(t, request{method: "POST", path: "/setup", body: "token=guess&office=x"}).want(t, http.StatusForbidden)
	o.get(t, "", "/").want(t, http.StatusSeeOther)
}

func TestSetUpReportsEveryMistakeAtOnce(t *testing.T) {
	o := newOffice(t)
	g := o.setUp(t, url.Values{"office": {" "}, "year": {"今年"}, "name": {""}, "full_name": {"王\u202e芳"},
		"password": {"1234567"}}).want(t, http.StatusUnprocessableEntity)
	for _, field := range []string{"f-office", "f-year", "f-name", "f-full_name", "f-password"} {
		if !strings.Contains(g.body, `id="`+field+`-error"`) {
			t.Errorf("nothing is said at %s: %s", field, g.body)
		}
	}
	g = o.setUp(t, url.Values{"office": {"某县妇联"}, "year": {"3026"}, "name": {"boss"}, "full_name": {"王芳"},
		"password": {"correct horse"}}).want(t, http.StatusUnprocessableEntity)
	for _, words := range []string{`value="某县妇联"`, `value="3026"`, `value="boss"`, `value="王芳"`, "密码未保留"} {
		if !strings.Contains(g.body, words) {
			t.Errorf("the form came back without %q: %s", words, g.body)
		}
	}
	if strings.Contains(g.body, "correct horse") {
		t.Error("the form shows the password")
	}
}

func TestWhoSetsUpIsSignedIn(t *testing.T) {
	o := newOffice(t)
	g := o.setUp(t, url.Values{"office": {"某县妇联"}, "year": {"2026"}, "name": {" boss "}, "full_name": {"王芳"},
		"password": {"correct horse"}}).want(t, http.StatusSeeOther)
	if to := g.Header.Get("Location"); to != "/years/2026" {
		t.Errorf("it leads to %q", to)
	}
	g = o.send(t, request{method: "GET", path: "/years/2026", cookie: cookieOf(g)}).want(t, http.StatusOK)
	if !strings.Contains(g.body, "王芳") {
		t.Errorf("nobody is signed in: %s", g.body)
	}
}

// What a form says of passwords is what is checked, wherever one is set.
func TestThePasswordRuleIsTheOneThatIsSaid(t *testing.T) {
	o := newOffice(t)
	const said = "至少 8 个字符"
	if g := o.get(t, "", "/setup?token=the-link"); !strings.Contains(g.body, said) {
		t.Errorf("the set-up does not say %q", said)
	}
	form := func(password string) url.Values {
		return url.Values{"office": {"某县妇联"}, "year": {"2026"}, "name": {"boss"}, "password": {password}}
	}
	o.setUp(t, form("密码七个字符啊")).want(t, http.StatusUnprocessableEntity)
	g := o.setUp(t, form("密码八个字符啊！")).want(t, http.StatusSeeOther)
	for _, path := range []string{"/accounts", "/accounts/1", "/account"} {
		if g := o.send(t, request{method: "GET", path: path, cookie: cookieOf(g)}); !strings.Contains(g.body, said) {
			t.Errorf("%s does not say %q", path, said)
		}
	}
}

// The administrator's board leads through the first steps; each can be put away.
func TestTheBoardOfANewOfficeLeadsOn(t *testing.T) {
	o := newOffice(t)
	admin := cookieOf(o.setUp(t, url.Values{"office": {"某县妇联"}, "year": {"2026"}, "name": {"boss"}, "full_name": {"王芳"},
		"password": {"correct horse"}}))
	page := func(cookie, path string) string {
		t.Helper()
		return o.send(t, request{method: "GET", path: path, cookie: cookie}).want(t, http.StatusOK).body
	}
	wants := func(what, body string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("%s lacks %q", what, w)
			}
		}
	}
	body := page(admin, "/years/2026")
	wants("the empty board", body, "从这里开始", `href="/years/2026/plan/table"`, `href="/units#import"`,
		`href="/accounts#create"`)
	if strings.Contains(body, "需要关注") {
		t.Error("the empty board still has its empty parts")
	}
	for _, path := range []string{"/years/2026/entry", "/years/2026/mine", "/years/2026/grid"} {
		wants(path, page(admin, path), "暂时无法填报", `href="/years/2026/plan/table"`)
	}
	for _, role := range []kpi.Role{kpi.Leader, kpi.Staff, kpi.Auditor} {
		o.account(t, string(role), role)
		cookie, _ := o.browser(t, string(role))
		body := page(cookie, "/years/2026")
		wants(string(role), body, "指标建好后，这里将显示", "请找管理员：王芳。")
		if logs := strings.Contains(body, "中报送数据"); logs != (role == kpi.Staff) {
			t.Errorf("%s is told to log: %v", role, logs)
		}
		if own := strings.Contains(body, "/plan/table"); own != (role == kpi.Staff) {
			t.Errorf("%s is led to the table: %v", role, own)
		}
	}
	o.account(t, "reviewer", kpi.Reviewer)
	reviewer, _ := o.browser(t, "reviewer")
	wants("a reviewer's entry", page(reviewer, "/years/2026/entry"), "暂时无法填报", "请找管理员：王芳。")
	body = page(admin, "/years/2026")
	wants("a step that is done", body, "已有 5 个账号", `aria-label="不需要：添加下级单位"`)
	_, csrf, _ := strings.Cut(body, `name="csrf" value="`)
	csrf, _, _ = strings.Cut(csrf, `"`)
	o.indicator(t, "one", kpi.Flow, "人")
	put := func(step, token string) got {
		return o.send(t, request{method: "POST", path: "/start", cookie: admin,
			body: "csrf=" + token + "&back=/years/2026&step=" + step})
	}
	if g := put("units", csrf).want(t, http.StatusSeeOther); g.Header.Get("Location") != "/years/2026" {
		t.Errorf("leads to %q", g.Header.Get("Location"))
	}
	body = page(admin, "/years/2026")
	wants("the filled board", body, "从这里开始", "1 项指标中有 0 项设了目标", "需要关注")
	put("all", csrf).want(t, http.StatusSeeOther)
	if strings.Contains(page(admin, "/years/2026"), "从这里开始") {
		t.Error("the steps are put away and still there")
	}
	o.send(t, request{method: "POST", path: "/start", cookie: reviewer, body: "step=all"}).want(t, http.StatusForbidden)
}

// An administrator sees where phones reach the server, or how to let them in.
func TestTheSettingsSayWhereTheServerIsReached(t *testing.T) {
	o := smallOffice(t)
	admin, _ := o.browser(t, "admin")
	for _, c := range []struct {
		name, host string
		reach      func() page.Reach
		want       []string
		not        string
	}{
		{"loopback", "127.0.0.1:8080", func() page.Reach { return page.Reach{Alone: true, Port: 8080} },
			[]string{"仅运行本程序的电脑", "--addr 0.0.0.0:8080 --insecure-http"}, "<path class=\"qr-ink\""},
		{"the network", "127.0.0.1:8080",
			func() page.Reach { return page.Reach{Addresses: []string{"http://10.0.0.5:8080"}} },
			[]string{"二维码：http://10.0.0.5:8080", `href="http://10.0.0.5:8080"`, `<path class="qr-ink" d="M0 0h7v1h-7z`},
			"127.0.0.1"},
		{"as it was opened", "dabiao.local", func() page.Reach { return page.Reach{Alone: true} },
			[]string{"二维码：http://dabiao.local"}, "--addr"},
		{"not known", "localhost", nil, []string{"咨询安装人员"}, "--addr"},
		{"a name too long for a code", strings.Repeat("a", 300), nil, []string{"咨询安装人员"}, "qr-ink"},
	} {
		o.Reach = c.reach
		g := o.send(t, request{method: "GET", path: "/settings", cookie: admin,
			header: map[string]string{"Host": c.host}}).want(t, http.StatusOK)
		for _, w := range c.want {
			if !strings.Contains(g.body, w) {
				t.Errorf("%s: lacks %q", c.name, w)
			}
		}
		if strings.Contains(g.body, c.not) {
			t.Errorf("%s: holds %q", c.name, c.not)
		}
	}
	staff, _ := o.browser(t, "staff")
	o.send(t, request{method: "GET", path: "/settings", cookie: staff}).want(t, http.StatusForbidden)
}
