package web

import (
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/web/api"
)

// Every JSON answer names itself, is not sent again to whoever holds it, and is named otherwise once something
// it holds changes.
func TestEveryJSONAnswerIsNamedAndNotSentTwice(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	tried := 0
	for path, item := range description(t).Paths.Map() {
		if item.Get == nil || strings.Contains(path, "openapi.json") || strings.Contains(path, "{format}") {
			continue
		}
		at := api.Path + queryFill.Replace(path)
		switch {
		case strings.HasSuffix(path, "/wording"):
			at += "?indicator=screened&text=5"
		case strings.HasSuffix(path, "/targets/split"):
			at += "?indicator=screened"
		}
		g := o.get(t, "admin", at)
		if g.StatusCode != http.StatusOK || g.Header.Get("Content-Type") != "application/json" {
			continue
		}
		tried++
		tag := g.Header.Get("ETag")
		for held, want := range map[string]int{tag: 304, `"other", ` + tag: 304, "W/" + strings.TrimPrefix(tag, "W/"): 304,
			`"other"`: 200, "": 200} {
			again := o.send(t, request{method: "GET", path: at, as: "admin", header: map[string]string{"If-None-Match": held}})
			if tag == "" || again.StatusCode != want || want == 304 && again.body != "" || again.Header.Get("ETag") != tag {
				t.Errorf("%s holding %s: %d %s, want %d", at, held, again.StatusCode, again.Header.Get("ETag"), want)
			}
		}
	}
	if tried < 25 {
		t.Errorf("only %d answers were tried", tried)
	}
}

// A text whose figures changed is not the same answer, though its version is, and is written over by either name.
func TestATextsNameSaysItsFiguresToo(t *testing.T) {
	o := smallOffice(t)
	at := api.Path + "/years/2026/report/sections/problems"
	put := func(text, match string) got {
		return o.send(t, request{method: "PUT", path: at, as: "admin", media: "application/json",
			body:   `{"text":"` + text + `"}`,
			header: map[string]string{"If-Match": match}})
	}
	put("⟦screened·value⟧", `"0"`).want(t, http.StatusOK)
	tag := o.get(t, "admin", at).Header.Get("ETag")
	o.log(t, "east")
	after := o.send(t, request{method: "GET", path: at, as: "admin",
		header: map[string]string{"If-None-Match": tag}}).want(t, http.StatusOK)
	if now := after.Header.Get("ETag"); now == tag || strings.Split(now, "-")[0] != strings.Split(tag, "-")[0] {
		t.Errorf("%s became %s", tag, now)
	}
	put("a", `"0"`).want(t, http.StatusConflict)
	put("a", `"0-`+strings.SplitN(tag, "-", 2)[1]).want(t, http.StatusConflict)
	put("a", `"x"`).want(t, http.StatusUnprocessableEntity)
	put("a", tag).want(t, http.StatusOK) // the version is still the one it was written over
	version, _, _ := strings.Cut(o.get(t, "admin", at).Header.Get("ETag"), "-")
	put("b", version+`"`).want(t, http.StatusOK)
	put("c", tag).want(t, http.StatusConflict)
}

// A condition that nobody looks at protects nothing: every other call that writes refuses it.
func TestCallsWithoutIfMatchSupportRefuseIt(t *testing.T) {
	o := smallOffice(t)
	fill := strings.NewReplacer(":year", "2026", ":month", "2", ":id", "1", ":code", "screened", ":key", "problems")
	tried := 0
	for _, r := range routesOf(o) {
		if !strings.HasPrefix(r.Path, api.Path) || r.Method == http.MethodGet || r.Method == http.MethodHead ||
			r.Method == http.MethodPut {
			continue
		}
		tried++
		g := o.send(t, request{method: r.Method, path: fill.Replace(r.Path), as: "admin", media: "application/json",
			body:   "{}",
			header: map[string]string{"If-Match": `"1"`}})
		if g.StatusCode != http.StatusUnprocessableEntity || g.problem(t).Code != "if_match_unused" {
			t.Errorf("%s %s with If-Match: %d %s", r.Method, r.Path, g.StatusCode, g.body)
		}
	}
	if tried < 35 {
		t.Errorf("only %d calls were tried", tried)
	}
}
