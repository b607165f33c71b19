package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What turns text around is shown as such wherever it was typed, and stays out of names of files.
func TestWhatTurnsTextAroundIsShown(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	cookie, csrf := o.browser(t, "staff")
	g := o.send(t, request{method: "POST", path: "/years/2026/indicators/screened/updates", cookie: cookie,
		body: "csrf=" + csrf + "&unit=east&date=2026-11-03&value=5&note=" + url.QueryEscape("a\u202Eb")}).
		want(t, http.StatusUnprocessableEntity)
	if strings.Contains(g.body, "\u202E") || !strings.Contains(g.body, "a[U+202E]b") {
		t.Error("the form turns its page around")
	}
	body, media := upload(csrf, "报告\u202Exslx.png", tinyPNG)
	g = o.send(t, request{method: "POST", path: "/updates/" + fmt.Sprint(id) + "/evidence", cookie: cookie, body: body,
		media: media})
	if g.StatusCode < 400 || strings.Contains(g.body, "\u202E") ||
		!strings.Contains(html.UnescapeString(g.body), "[U+202E]xslx.png") {
		t.Errorf("%d: the name of a file is not shown as it is: %s", g.StatusCode, g.body)
	}
}
