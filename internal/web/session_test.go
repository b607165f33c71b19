package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// A page asks who is signed in before it sends a form: it hears the name and the token of that session's
// forms, or is led to the sign-in page, which says that nothing is lost.
func TestAPageHearsWhoIsSignedIn(t *testing.T) {
	o := smallOffice(t)
	c := newClerk(t, o)
	g := o.send(t, request{method: "GET", path: "/session", cookie: c.cookie}).want(t, http.StatusOK)
	var now struct{ Who, CSRF string }
	must(t, json.Unmarshal([]byte(g.body), &now))
	if now.Who != "staff" || now.CSRF == "" || g.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("it hears %s, %s", g.body, g.Header.Get("Cache-Control"))
	}
	body := "csrf=" + now.CSRF + "&indicator=screened&unit=east&date=2026-11-03&value=7&key=k9"
	o.send(t, request{method: "POST", path: "/years/2026/entry", cookie: c.cookie, body: body}).
		want(t, http.StatusSeeOther)
	g = o.send(t, request{method: "GET", path: "/session"}).want(t, http.StatusSeeOther)
	if to := g.Header.Get("Location"); to != "/login?next=%2Fsession" {
		t.Errorf("a stranger is led to %s", to)
	}
	page := o.send(t, request{method: "GET", path: "/login?next=%2Fsession"}).want(t, http.StatusOK).body
	if !strings.Contains(page, "您填写的内容都在本页上") || !strings.Contains(page, `name="next" value="/session"`) {
		t.Errorf("the sign-in page says %.1500s", page)
	}
}
