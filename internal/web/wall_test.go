package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

// wall makes a display of the office and gives out where it opens.
func (o *office) wall(t *testing.T, unit string) (path string, id kpi.DisplayID) {
	t.Helper()
	d, secret, err := o.app.AddDisplay(ctx, kpi.Operator, app.NewDisplay{Name: "大厅", Unit: unit})
	must(t, err)
	return page.WallPath(secret), d.ID
}

func TestAWallOpensByItsLinkAndByNothingElse(t *testing.T) {
	o := smallOffice(t)
	o.attach(t, o.log(t, "west"))
	path, id := o.wall(t, "")
	g := o.get(t, "", path).want(t, http.StatusOK)
	for _, want := range []string{"secret screened", ">7<", `data-live="` + path + `/events"`,
		"<time>09:00</time>", "某县某局"} {
		if !strings.Contains(g.body, want) {
			t.Errorf("the wall lacks %q", want)
		}
	}
	for _, never := range []string{"照片", "admin", "console", "/years/", "/login", "href=\"/updates", "csrf"} {
		if strings.Contains(g.body, never) {
			t.Errorf("the wall reveals %q", never)
		}
	}
	if g.Header.Get("X-Robots-Tag") != "noindex" || len(g.Cookies()) > 0 {
		t.Errorf("headers: %v", g.Header)
	}
	o.get(t, "", path+"/events").want(t, http.StatusOK)
	o.get(t, "", path+"x").want(t, http.StatusNotFound)
	must(t, o.app.EndDisplay(ctx, kpi.Operator, id))
	g = o.get(t, "", path).want(t, http.StatusNotFound)
	if !strings.Contains(g.body, "大屏链接已停用") || strings.Contains(g.body, "password") {
		t.Errorf("an ended link says %.400s", g.body)
	}
	o.get(t, "", path+"/events").want(t, http.StatusNotFound)
}

func TestAWallShowsItsUnitOnly(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "west")
	path, _ := o.wall(t, "east")
	if g := o.get(t, "", path).want(t, http.StatusOK); strings.Contains(g.body, "west") ||
		strings.Contains(g.body, ">7<") {
		t.Error("the wall of one unit shows another's")
	}
	if g := o.get(t, "", path+"?unit=west").want(t, http.StatusOK); strings.Contains(g.body, "west") {
		t.Error("the address chooses another unit")
	}
}

// Guessing links is slow, for all who guess from one address; the wall beside them goes on: no number of guesses finds
// its link.
func TestGuessingLinksIsThrottled(t *testing.T) {
	o := smallOffice(t)
	path, _ := o.wall(t, "")
	for i := range 40 {
		o.get(t, "", fmt.Sprintf("/wall/guess-%d", i)).want(t, http.StatusNotFound)
	}
	o.get(t, "", "/wall/guess").want(t, http.StatusTooManyRequests)
	o.get(t, "", path).want(t, http.StatusOK)
	o.clock = o.clock.Add(16 * time.Minute)
	o.get(t, "", path).want(t, http.StatusOK)
	o.get(t, "", "/wall/guess").want(t, http.StatusNotFound)
}

// A link is a secret: no log holds it.
func TestTheLogDoesNotHoldALink(t *testing.T) {
	o := smallOffice(t)
	var log strings.Builder
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	path, _ := o.wall(t, "")
	o.get(t, "", path).want(t, http.StatusOK)
	o.get(t, "", path+"/events").want(t, http.StatusOK)
	if !strings.Contains(log.String(), "/wall/…") || strings.Contains(log.String(), strings.TrimPrefix(path, "/wall/")) {
		t.Errorf("the log: %s", log.String())
	}
}

func TestAnAdministratorMakesAWallAndEndsIt(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	post := func(path, body string, want int) got {
		t.Helper()
		return o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf}).want(t, want)
	}
	post("/displays", "name=&unit=nowhere", http.StatusUnprocessableEntity)
	g := post("/displays", "name=大厅", http.StatusOK)
	_, rest, ok := strings.Cut(g.body, "http://localhost/wall/")
	secret, _, _ := strings.Cut(rest, "<")
	if !ok || o.get(t, "", "/wall/"+secret).StatusCode != http.StatusOK {
		t.Fatalf("the page shows no link that opens: %.200s", rest)
	}
	if g := o.send(t, request{method: "GET", path: "/displays", cookie: cookie}).want(t,
		200); strings.Contains(g.body, secret) {
		t.Error("the link is shown again")
	}
	post("/displays/1/end", "", http.StatusSeeOther)
	o.get(t, "", "/wall/"+secret).want(t, http.StatusNotFound)
	post("/displays/1/end", "", http.StatusSeeOther)
	post("/displays/99/end", "", http.StatusNotFound)
}

// A wall speaks the language it was given, whatever its browser asks for, and changes it at the same link.
func TestAWallSpeaksItsOwnLanguage(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	path, id := o.wall(t, "")
	for _, c := range []struct{ set, asks, want string }{
		{"", "zh-CN", "zh-CN"}, {"", "en", "en"}, {"en", "zh-CN", "en"}, {"zh-CN", "en", "zh-CN"},
	} {
		o.send(t, request{method: "POST", path: fmt.Sprintf("/displays/%d/language", id), cookie: cookie,
			body: "language=" + c.set + "&csrf=" + csrf}).want(t, http.StatusSeeOther)
		g := o.send(t, request{method: "GET", path: path, header: map[string]string{"Accept-Language": c.asks}}).want(t, 200)
		if !strings.Contains(g.body, `<html lang="`+c.want+`"`) {
			t.Errorf("set to %q, asked for %q: %.60s", c.set, c.asks, g.body)
		}
	}
	o.send(t, request{method: "POST", path: "/displays/1/language", cookie: cookie,
		body: "language=fr&csrf=" + csrf}).want(t, http.StatusUnprocessableEntity)
	g := o.send(t, request{method: "POST", path: "/displays", cookie: cookie,
		body: "name=四楼&language=fr&csrf=" + csrf}).want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(g.body, "四楼") {
		t.Error("what was typed is gone")
	}
}

func TestAPublicYearIsClosedAndChosen(t *testing.T) {
	o := smallOffice(t)
	o.attach(t, o.log(t, "west"))
	cookie, csrf := o.browser(t, "admin")
	post := func(path, body string, want int) {
		t.Helper()
		o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf}).want(t, want)
	}
	o.get(t, "", "/public/2026").want(t, http.StatusNotFound)
	post("/years/2026/public", "public=1", http.StatusConflict)
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
	o.get(t, "", "/public/2026").want(t, http.StatusNotFound)
	post("/years/2026/public", "public=1", http.StatusSeeOther)
	for _, as := range []request{{}, {cookie: cookie}} {
		as.method, as.path = "GET", "/public/2026"
		g := o.send(t, as).want(t, http.StatusOK)
		if !strings.Contains(g.body, "secret screened") || !strings.Contains(g.body, `content="noindex"`) {
			t.Errorf("the public page: %.600s", g.body)
		}
		for _, never := range []string{"照片", "console", "/indicators/", "owner", "/evidence/"} {
			if strings.Contains(g.body, never) {
				t.Errorf("the public page reveals %q", never)
			}
		}
	}
	post("/years/2026/public", "public=1&indexed=1", http.StatusSeeOther)
	if g := o.get(t, "", "/public/2026"); strings.Contains(g.body, "noindex") {
		t.Error("a page that may be listed asks not to be")
	}
	must(t, o.app.ReopenYear(ctx, kpi.Operator, 2026, "again"))
	o.get(t, "", "/public/2026").want(t, http.StatusNotFound)
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
	o.get(t, "", "/public/2026").want(t, http.StatusOK)
	post("/years/2026/public", "public=", http.StatusSeeOther)
	o.get(t, "", "/public/2026").want(t, http.StatusNotFound)
}
