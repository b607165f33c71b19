package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"dabiao/assets"
	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/store/storetest"
)

// farOffice is the small office with its records behind a line that can be disturbed.
func farOffice(t *testing.T) (*office, *pgtest.Line) {
	t.Helper()
	line := pgtest.Disturbable(t, storetest.Migrated(t))
	o, err := emptyOfficeOver(store.Config{URL: line.URL}, t.TempDir(), morning)
	must(t, err)
	o.furnish(t)
	t.Cleanup(line.Mend) // before the database is closed
	return o, line
}

func (o *office) entries(t *testing.T) int {
	t.Helper()
	return strings.Count(o.get(t, "admin", "/api/v1/updates").want(t, 200).body, `"author"`)
}

// fieldsOf returns the fields of the form that a page sends again, as a browser would send them.
func fieldsOf(page string) url.Values {
	out := url.Values{}
	_, page, _ = strings.Cut(page, `<form method="post" action="/years/2026/entry"`)
	page, _, _ = strings.Cut(page, "</form>")
	for _, m := range sentField.FindAllStringSubmatch(page, -1) {
		out.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return out
}

var sentField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// Nobody is told that nothing was saved while nobody can know: the page sends the form again under its key, and it
// counts once.
func TestAFormWhoseFateIsUnknownIsSentAgainAndCountsOnce(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	cookie, csrf := o.browser(t, "staff")
	form := url.Values{"csrf": {csrf}, "key": {"form-1"}, "indicator": {"screened"}, "unit": {"east"},
		"date": {"2026-11-02"}, "value": {"7"}, "note": {"两场 <b>"}}
	send := func(f url.Values) got {
		return o.send(t, request{method: "POST", path: "/years/2026/entry", cookie: cookie, body: f.Encode()})
	}
	line.LoseAnswer(true)
	told := send(form)
	if told.StatusCode != 503 || told.Header.Get("Retry-After") == "" {
		t.Fatalf("status %d: %s", told.StatusCode, told.body)
	}
	line.Mend()
	for _, want := range []string{"还不能确定是否已保存", "data-send-again", "再发送一次"} {
		if !strings.Contains(told.body, want) {
			t.Errorf("%q is not on the page: %s", want, told.body)
		}
	}
	if strings.Contains(told.body, "未保存") {
		t.Errorf("it is said not to be saved: %s", told.body)
	}
	again := fieldsOf(told.body)
	for name := range form {
		if again.Get(name) != form.Get(name) {
			t.Errorf("%s is sent again as %q", name, again.Get(name))
		}
	}
	send(again).want(t, 303)
	send(again).want(t, 303)
	if n := o.entries(t); n != 1 {
		t.Errorf("it counts %d times", n)
	}
}

func TestAnAPICallWhoseFateIsUnknownHasACodeOfItsOwn(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	call := request{method: "POST", path: "/api/v1/updates", as: "staff",
		header: map[string]string{"Idempotency-Key": "k1"},
		body:   `{"indicator":"screened","unit":"east","date":"2026-11-02","value":"7"}`}
	o.get(t, "staff", "/api/v1/years").want(t, 200) // a token's first use is noted
	line.LoseAnswer(true)
	if g := o.send(t, call); g.StatusCode != 503 || !strings.Contains(g.body, `"code":"outcome_unknown"`) ||
		g.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s", g.StatusCode, g.body)
	}
	line.Mend()
	first := o.send(t, call).want(t, 201).body
	if second := o.send(t, call).want(t, 201).body; second != first {
		t.Errorf("sent again it is %s, was %s", second, first)
	}
	if n := o.entries(t); n != 1 {
		t.Errorf("it counts %d times", n)
	}
}

// Without the database a form is not saved, is said not to be, and can be sent again as it is.
func TestAFormWithoutADatabaseIsNotSavedAndKept(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	cookie, csrf := o.browser(t, "staff")
	form := url.Values{"csrf": {csrf}, "key": {"form-2"}, "indicator": {"screened"}, "unit": {"east"},
		"date": {"2026-11-02"}, "value": {"7"}}
	send := func(f url.Values) got {
		return o.send(t, request{method: "POST", path: "/years/2026/entry", cookie: cookie, body: f.Encode()})
	}
	line.Cut()
	told := send(form)
	if told.StatusCode != 503 || !strings.Contains(told.body, "您的内容未保存") ||
		!strings.Contains(told.body, "data-send-again") {
		t.Fatalf("status %d: %s", told.StatusCode, told.body)
	}
	if g := o.send(t, request{method: "GET", path: "/years/2026", cookie: cookie}); g.StatusCode != 503 ||
		!strings.Contains(g.body, "暂时连不上数据库") || strings.Contains(g.body, "未保存") {
		t.Errorf("a page is answered with %d: %s", g.StatusCode, g.body)
	}
	line.Mend()
	if n := o.entries(t); n != 0 {
		t.Errorf("it counts %d times", n)
	}
	send(fieldsOf(told.body)).want(t, 303)
	if n := o.entries(t); n != 1 {
		t.Errorf("sent again it counts %d times", n)
	}
}

// A watcher is answered within two seconds, and a page finds what it looks like, whoever asks: nobody's credential is
// looked up for what is the same for all.
func TestWhatAsksNobodyWhoTheyAreWaitsForNoDatabase(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	cookie, _ := o.browser(t, "admin")
	o.get(t, "", "/readyz").want(t, 200)
	line.Cut()
	for path, status := range map[string]int{"/healthz": 200, "/readyz": 200, assets.URL("favicon.svg"): 200,
		"/favicon.ico": 303} {
		for what, asked := range map[string]request{"a token": {as: "admin"}, "a session": {cookie: cookie}} {
			asked.method, asked.path = "GET", path
			if g := o.send(t, asked); g.StatusCode != status {
				t.Errorf("%s with %s: %d %s", path, what, g.StatusCode, g.body)
			}
		}
	}
}
