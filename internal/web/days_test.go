package web

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/daytest"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/api"
)

// Whatever day it is and wherever the office lies, a demo loaded then is sound: every page is there for
// everyone, all papers say one number, nothing is dated after the day, and work goes on that day and the next.
func TestTheDemoHoldsOnAnyDay(t *testing.T) {
	daytest.Each(t, func(t *testing.T, d daytest.Day) {
		o, err := demoAt(t.TempDir(), d.Clock(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { must(t, o.db.Close()) })
		o.wantNothingAfter(t, d.Date)
		for _, role := range strings.Fields(everyone) {
			o.wantEveryPage(t, role, 1)
		}
		o.wantEveryPage(t, "staff", 4)
		figures := 0
		for _, tag := range lang.Tags {
			figures += o.papersReadBack(t, tag, d.Date.Period().String(), 0)
		}
		if figures < 300 {
			t.Errorf("%d figures were compared", figures)
		}
		o.wantWork(t, d.Date)
		o.clock = o.clock.AddDate(0, 0, 1)
		for _, role := range []string{"staff", "reporter"} {
			o.wantEveryPage(t, role, 1)
		}
		o.wantVerified(t)
	})
}

// wantNothingAfter looks for dates after the day in all that the API lists.
func (o *office) wantNothingAfter(t *testing.T, today kpi.Date) {
	t.Helper()
	for q := (app.LogQuery{Year: today.Year()}); ; {
		page, more, err := o.app.Log(ctx, kpi.Operator, q)
		must(t, err)
		for _, e := range page {
			if e.Dated > today || e.Dated.Year() != today.Year() {
				t.Errorf("entry %d is dated %s", e.ID, e.Dated)
			}
			q.Before = e.ID
		}
		if !more {
			break
		}
	}
	var board api.BoardJSON
	must(t, json.Unmarshal([]byte(o.get(t, "leader", fmt.Sprintf("/api/v1/years/%d/board", today.Year())).want(t,
		200).body), &board))
	if board.AsOfDate == nil || *board.AsOfDate != today {
		t.Errorf("the board is as of %v", board.AsOfDate)
	}
	stamp := regexp.MustCompile(`"(?:at|created_at|logged_at)":"([^"]+)"`)
	for _, m := range stamp.FindAllStringSubmatch(o.get(t, "admin", "/api/v1/audit?limit=100").want(t, 200).body, -1) {
		at, err := time.Parse(time.RFC3339, m[1])
		must(t, err)
		if !at.Equal(o.clock) {
			t.Errorf("noted at %s, and it is %s", m[1], o.clock)
		}
	}
}

var (
	link      = regexp.MustCompile(`(?:href|src)="(/[^"#?]*)(\?[^"#]*)?`)
	differing = regexp.MustCompile(`(indicators|areas|units|edit)/[^/]+|\d+`) // what addresses of one kind differ in
)

// wantEveryPage follows what a role's first page leads to, each kind of address once, and what those lead
// to in turn for as many clicks.
func (o *office) wantEveryPage(t *testing.T, role string, clicks int) {
	t.Helper()
	pages, seen := []string{"/"}, map[string]bool{}
	for range clicks + 1 {
		var next []string
		for _, at := range pages {
			g := o.get(t, role, at)
			if g.StatusCode == http.StatusSeeOther {
				g = o.get(t, role, g.Header.Get("Location"))
			}
			if g.StatusCode != http.StatusOK {
				t.Errorf("%s on %s: %s brings %d: %.300s", role, o.clock.Format(time.DateOnly), at, g.StatusCode, g.body)
			}
			if !strings.HasPrefix(g.Header.Get("Content-Type"), fiber.MIMETextHTML) {
				continue
			}
			for _, m := range link.FindAllStringSubmatch(g.body, -1) {
				kind := differing.ReplaceAllString(m[1], "$1")
				if !seen[kind] && !strings.HasPrefix(kind, "/assets/") {
					seen[kind] = true
					next = append(next, html.UnescapeString(m[1]+m[2]))
				}
			}
		}
		pages = next
	}
	t.Logf("%s: %d kinds of page", role, len(seen))
	if len(seen) < 10*clicks {
		t.Errorf("%s sees %d kinds of page: %v", role, len(seen), seen)
	}
}

// wantWork logs, corrects and imports today, and is refused tomorrow.
func (o *office) wantWork(t *testing.T, today kpi.Date) {
	t.Helper()
	tomorrow := kpi.DateOf(today.Time().AddDate(0, 0, 1))
	entry := func(day kpi.Date) request {
		return request{method: "POST", path: "/api/v1/updates", as: "staff",
			body: fmt.Sprintf(`{"indicator":"new-media-posts","unit":"wugang","date":%q,"value":"3"}`, day)}
	}
	before := o.achieved(t, today, "new-media-posts")
	var made struct{ ID int }
	must(t, json.Unmarshal([]byte(o.send(t, entry(today)).want(t, 201).body), &made))
	o.send(t, entry(tomorrow)).want(t, 422)
	o.send(t, request{method: "POST", path: fmt.Sprintf("/api/v1/updates/%d/correction", made.ID), as: "staff",
		body: fmt.Sprintf(`{"date":%q,"value":"4","reason":"少算一篇"}`, today)}).want(t, 201)
	if after := o.achieved(t, today, "new-media-posts"); after != before+4 {
		t.Errorf("%d and 4 make %d", before, after)
	}
}

// achieved is an indicator's figure.
func (o *office) achieved(t *testing.T, today kpi.Date, code string) int {
	t.Helper()
	f, err := o.app.Indicator(ctx, kpi.Operator, app.Query{Year: today.Year()}, code)
	must(t, err)
	return int(f.Figure.Achievement.Value.Amount / kpi.One)
}

func (o *office) wantVerified(t *testing.T) {
	t.Helper()
	differences, err := o.app.Verify(ctx)
	must(t, err)
	if len(differences) > 0 {
		t.Errorf("verify: %q", differences)
	}
}
