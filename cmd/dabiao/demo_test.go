package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// demoOn serves a demo as of a day, until the test ends.
func demoOn(t *testing.T, args ...string) demoReady {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out := &lines{said: make(chan string, 10)}
	var errs bytes.Buffer
	ended, data := make(chan int, 1), t.TempDir() // the folder goes after the program
	go func() {
		ended <- run(ctx, streams{strings.NewReader(""), out, &errs},
			append([]string{"demo", "--json", "--addr", "127.0.0.1:0", "--data", data}, args...))
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("exit %d: %s", code, &errs)
		}
	})
	select {
	case line := <-out.said:
		var ready demoReady
		must(t, json.Unmarshal([]byte(line), &ready))
		return ready
	case code := <-ended:
		ended <- code
		t.Fatalf("exit %d: %s", code, &errs)
	}
	return demoReady{}
}

// ask sends one request with an account's token and follows no redirects.
func (d demoReady) ask(t *testing.T, method, path, body string, to any) (status int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, d.URL+path, strings.NewReader(body))
	must(t, err)
	for _, a := range d.Accounts {
		if a.Name == "admin" && method == http.MethodGet || a.Name == "staff" && method == http.MethodPost {
			req.Header.Set("Authorization", "Bearer "+a.Token)
		}
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	must(t, err)
	defer resp.Body.Close()
	if to != nil {
		must(t, json.NewDecoder(resp.Body).Decode(to))
	}
	return resp.StatusCode
}

// The whole program goes by the demo's clock: what may be logged, what is shown, what is recorded and
// how long a sign-in lasts.
func TestADemoIsMadeAsOfADay(t *testing.T) {
	for _, c := range []struct {
		today, tomorrow, zone string
		nine                  string // in the morning there, in UTC
	}{
		{"2028-02-29", "2028-03-01", "Pacific/Kiritimati", "2028-02-28T19:0"},
		{"2023-12-31", "2024-01-01", "America/Los_Angeles", "2023-12-31T17:0"},
		{"2031-01-01", "2031-01-02", "Asia/Shanghai", "2031-01-01T01:0"},
	} {
		t.Run(c.today, func(t *testing.T) {
			d := demoOn(t, "--today", c.today, "--zone", c.zone)
			if fmt.Sprint(d.Year) != c.today[:4] {
				t.Errorf("the year %d", d.Year)
			}
			var board struct {
				AsOf string `json:"as_of"`
			}
			if status := d.ask(t, "GET", fmt.Sprintf("/api/v1/years/%d/board", d.Year), "", &board); status != 200 ||
				board.AsOf != c.today[:7] {
				t.Errorf("%d, the board is as of %q", status, board.AsOf)
			}
			entry := `{"indicator": "new-media-posts", "unit": "wugang", "date": "%s", "value": "1"}`
			if status := d.ask(t, "POST", "/api/v1/updates", fmt.Sprintf(entry, c.today), nil); status != 201 {
				t.Errorf("an entry of the day: %d", status)
			}
			if status := d.ask(t, "POST", "/api/v1/updates", fmt.Sprintf(entry, c.tomorrow), nil); status != 422 {
				t.Errorf("an entry of the next day: %d", status)
			}
			var audit struct{ Items []struct{ At string } }
			d.ask(t, "GET", "/api/v1/audit?limit=1", "", &audit)
			if len(audit.Items) != 1 || !strings.HasPrefix(audit.Items[0].At, c.nine) {
				t.Errorf("noted %+v, want at %s…", audit.Items, c.nine)
			}
			d.wantSignIn(t)
		})
	}
}

// wantSignIn signs in as a browser does whose clock differs, and opens the first page.
func (d demoReady) wantSignIn(t *testing.T) {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	a := d.Accounts[0]
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL+"/login",
		strings.NewReader(url.Values{"name": {a.Name}, "password": {a.Password}}.Encode()))
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", d.URL)
	resp, err := client.Do(req)
	must(t, err)
	resp.Body.Close()
	if resp.StatusCode != 303 {
		t.Fatalf("sign-in: %d", resp.StatusCode)
	}
	page, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("%s/years/%d", d.URL, d.Year), nil)
	must(t, err)
	for _, cookie := range resp.Cookies() {
		if !cookie.Expires.IsZero() || cookie.MaxAge < 3600 {
			t.Errorf("%s: the browser's clock is another, and the cookie ends by it", cookie)
		}
		page.AddCookie(cookie)
	}
	resp, err = client.Do(page)
	must(t, err)
	resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("signed in, the board is %d", resp.StatusCode)
	}
}

// The demo's clock starts at the given day and runs on.
func TestTheDemosClockGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := clockFrom("2028-02-29", time.FixedZone("office", -7*60*60))
		for _, want := range []string{"2028-02-29 09:00 -0700", "2028-03-01 00:30 -0700"} {
			if got := now().Format("2006-01-02 15:04 -0700"); got != want {
				t.Errorf("it says %s, not %s", got, want)
			}
			time.Sleep(15*time.Hour + 30*time.Minute) // of the bubble's clock
		}
	})
}

func TestOnlyADemoHasADayOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	for _, day := range []string{"2026-02-30", "2027-02-29", "today", "", "2026-2-3", "20260203", "2026-02-03 ",
		"2026/02/03", "2026-02", "３", "2022-12-31", "1999-01-01", "9999-01-01", "-1"} {
		dabiao(t, "", "demo", "--data", dir, "--today", day).fails(2, "write a day from 2023-01-01 on as YYYY-MM-DD")
		t.Setenv("DABIAO_TODAY", day)
		dabiao(t, "", "demo", "--data", dir).fails(2, "DABIAO_TODAY=")
	}
	t.Setenv("DABIAO_TODAY", "2031-05-01")
	for _, command := range []string{"serve", "verify", "report", "check", "import", "backup"} {
		dabiao(t, "", command, "--data", dir, "--today", "2026-06-30").fails(2, "flag provided but not defined: -today")
	}
	dabiao(t, "", "demo", "--help").works("[DABIAO_TODAY]")
}
