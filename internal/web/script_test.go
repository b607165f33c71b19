package web_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
	"dabiao/internal/web"
)

// script is a program that talks to the server as an administrator, and a browser of the same person.
type script struct {
	*testing.T
	app                 *app.App
	server              *web.Server
	token, cookie, csrf string
}

func eachScript(t *testing.T, story func(s *script)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		files, err := blob.Open(t.TempDir(), nil)
		s := &script{T: t}
		s.must(err)
		now := time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)
		s.app = app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return now }, Zone: time.UTC,
			Passwords: app.CheapPasswords})
		s.must(s.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某市文旅局"}, UnitCode: "bureau", Year: 2025, Name: "admin",
			Password: "correct horse"}))
		_, s.token, err = s.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: "admin", Name: "script"})
		s.must(err)
		s.server, err = web.New(web.Config{App: s.app, Log: slog.New(slog.DiscardHandler)})
		s.must(err)
		entered, err := s.app.SignIn(ctx, "admin", "correct horse", app.Browser{Address: "192.0.2.1"})
		s.must(err)
		stamp, err := s.app.Stamp(ctx)
		s.must(err)
		session, err := s.app.Session(ctx, stamp, entered.Secret)
		s.must(err)
		s.cookie, s.csrf = "dabiao="+entered.Secret, session.CSRF
		story(s)
	})
}

func (s *script) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *script) do(req *http.Request) (status int, body string, header http.Header) {
	s.Helper()
	req.Header.Set("Accept-Language", "zh-CN")
	resp, err := s.server.HTTP().Test(req, -1)
	s.must(err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	s.must(err)
	return resp.StatusCode, string(raw), resp.Header
}

// api sends JSON and wants a status; the answer is put into out unless that is nil.
func (s *script) api(method, path, body string, want int, out any) {
	s.Helper()
	req, err := http.NewRequest(method, "http://localhost/api/v1"+path, strings.NewReader(body))
	s.must(err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.token)
	status, answer, _ := s.do(req)
	if status != want {
		s.Fatalf("%s %s %s: %d, want %d: %s", method, path, body, status, want, answer)
	}
	if out != nil {
		s.must(json.Unmarshal([]byte(answer), out))
	}
}

// get opens a page.
func (s *script) get(path string) (status int, body string) {
	s.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://localhost"+path, nil)
	s.must(err)
	req.Header.Set("Cookie", s.cookie)
	status, body, _ = s.do(req)
	return status, body
}

// post sends a form; location is where the answer leads.
func (s *script) post(path string, form url.Values) (status int, body, location string) {
	s.Helper()
	form.Set("csrf", s.csrf)
	req, err := http.NewRequest(http.MethodPost, "http://localhost"+path, strings.NewReader(form.Encode()))
	s.must(err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", s.cookie)
	status, body, header := s.do(req)
	return status, body, header.Get("Location")
}

func (s *script) wantVerified() {
	s.Helper()
	differences, err := s.app.Verify(context.Background())
	s.must(err)
	for _, d := range differences {
		s.Errorf("verify: %s", d)
	}
}

func jsonNumber(n int64) string {
	raw, _ := json.Marshal(n) //nolint:errcheck // a number
	return string(raw)
}

func (s *script) wantBoard(query string, want map[string]string) {
	s.Helper()
	var board struct {
		Areas []struct {
			Indicators []struct {
				Code        string
				Achievement *string
			}
		}
	}
	s.api("GET", "/years/2026/board"+query, "", 200, &board)
	have := map[string]string{}
	for _, a := range board.Areas {
		for _, i := range a.Indicators {
			if i.Achievement != nil {
				have[i.Code] = *i.Achievement
			}
		}
	}
	for code, value := range want {
		if have[code] != value {
			s.Errorf("board%s: %s is %q, want %q", query, code, have[code], value)
		}
	}
	if query != "" && len(have) != len(want) {
		s.Errorf("board%s: %v, want %v", query, have, want)
	}
}

// wantPage checks what a page holds.
func (s *script) wantPage(what, body string, status, wantStatus int, parts ...string) {
	s.Helper()
	if status != wantStatus {
		s.Errorf("%s: status %d, want %d", what, status, wantStatus)
	}
	for _, part := range parts {
		if !strings.Contains(body, part) {
			s.Errorf("%s: the page lacks %s", what, part)
		}
	}
}
