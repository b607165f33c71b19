package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dabiao/internal/intake"
)

// Who hands in a table while others are read is told how many come first: by a page that comes back by itself and keeps
// the place, by the lines that the script reads, and by the API.
func TestWhoWaitsForATableToBeReadIsToldTheirPlace(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	others, err := intake.Turn(t.Context())
	must(t, err)
	body, media := upload(csrf, "表.csv", "指标,乡镇,日期,本次新增\nscreened,east,2026-03-01,4\n")
	g := o.send(t, request{method: "POST", path: "/years/2026/import", cookie: cookie, body: body, media: media}).want(t,
		http.StatusSeeOther)
	at, _, _ := strings.Cut(g.Header.Get("Location"), "?")
	page := o.send(t, request{method: "GET", path: at + "?name=a.csv", cookie: cookie}).want(t,
		http.StatusServiceUnavailable)
	if page.Header.Get("Refresh") != "3" || !strings.Contains(page.body, "前面还有 1 个文件正在读取。本页每 3 秒自动刷新") {
		t.Errorf("the page that waits: %v %.900s", page.Header, page.body)
	}
	if got := o.get(t, "staff", "/api/v1/reading").want(t, http.StatusOK).body; got != `{"files":2,"ahead":null}`+"\n" {
		t.Errorf("the queue: %s", got)
	}
	answered := make(chan string)
	go func() {
		answered <- o.send(t, request{method: "POST", path: "/api/v1/imports?year=2026&dry_run=true", as: "staff",
			media: "text/csv", body: "指标,乡镇,日期,本次新增\nscreened,west,2026-03-02,4\n",
			header: map[string]string{"Idempotency-Key": "mine"}}).body
	}()
	for ahead, n := "", 0; ahead != `"ahead":2}`+"\n" && n < 300; n++ {
		time.Sleep(10 * time.Millisecond)
		_, ahead, _ = strings.Cut(o.get(t, "staff", "/api/v1/reading?key=mine").want(t, http.StatusOK).body, ",")
	}
	if got := o.get(t, "admin", "/api/v1/reading?key=mine").body; got != `{"files":3,"ahead":null}`+"\n" {
		t.Errorf("another account's place: %s", got)
	}
	time.AfterFunc(time.Second, others)
	lines := o.told(t, cookie, at, url.Values{"csrf": {csrf}, "name": {"a.csv"}})
	waited := false
	for _, l := range lines {
		waited = waited || l.Stage == "waiting" && l.Done > 0 && l.Of == 0
	}
	if last := lines[len(lines)-1]; !waited || last.Error != "" {
		t.Errorf("told: %+v", lines)
	}
	if got := <-answered; !strings.Contains(got, `"rows":1`) {
		t.Errorf("the API's answer: %s", got)
	}
	o.send(t, request{method: "GET", path: at + "?name=a.csv", cookie: cookie}).want(t, http.StatusOK)
}
