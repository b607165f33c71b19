package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
	"dabiao/internal/web/middleware"
)

// twin is one office served by two servers that share a database.
type twin struct {
	*testing.T
	app     *app.App // of the first server
	servers [2]*middleware.Server
}

// eachTwin tells a story on SQLite and on PostgreSQL.
func eachTwin(t *testing.T, story func(w *twin)) {
	t.Run("sqlite", func(t *testing.T) {
		story(newTwin(t, storetest.In(t, t.TempDir())))
	})
	t.Run("postgres", func(t *testing.T) { story(newTwin(t, store.Config{URL: storetest.Migrated(t)})) })
}

func newTwin(t *testing.T, config store.Config) *twin {
	w := &twin{T: t}
	for i := range w.servers {
		db, err := store.Open(t.Context(), config)
		w.must(err)
		t.Cleanup(func() { db.Close() })
		files, err := blob.Open(t.TempDir(), nil)
		w.must(err)
		now := func() time.Time { return time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC) }
		a := app.New(app.Config{DB: db, Files: files, Now: now, Zone: time.UTC, Passwords: app.CheapPasswords})
		if i == 0 {
			w.app = a
		}
		w.servers[i], err = New(middleware.Config{App: a, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		w.must(err)
	}
	ctx := t.Context()
	w.must(w.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局"}, UnitCode: "county", Year: 2026, Name: "admin",
		Password: "correct horse"}))
	_, err := w.app.CreateIndicator(ctx, kpi.Operator,
		app.NewIndicator{Indicator: kpi.Indicator{Code: "screened", Name: "screened", Kind: kpi.Flow, Measure: "人"}})
	w.must(err)
	for _, name := range []string{"ann", "bob"} {
		_, err := w.app.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: name, FullName: name + ` <i>"&`, Role: kpi.Staff,
			Password: "correct horse"})
		w.must(err)
	}
	return w
}

func (w *twin) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *twin) signIn(name string) (cookie string) {
	w.Helper()
	entered, err := w.app.SignIn(w.Context(), name, "correct horse", app.Browser{Address: "192.0.2.1"})
	w.must(err)
	return "dabiao=" + entered.Secret
}

func (w *twin) log(n int64) {
	w.Helper()
	_, err := w.app.LogUpdate(context.Background(), kpi.Operator, kpi.NewUpdate{Indicator: "screened", Dated: "2026-02-01",
		Quantity: kpi.Exactly(kpi.Whole(n)), Origin: kpi.FromForm})
	w.must(err)
}

// get asks one of the servers; headers are pairs.
func (w *twin) get(server int, path, cookie string, headers ...string) (*http.Response, string) {
	w.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.Host = "localhost"
	req.Header.Set("Cookie", cookie)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := w.servers[server].HTTP().Test(req, -1)
	w.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	w.must(err)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		r, err := gzip.NewReader(bytes.NewReader(body))
		w.must(err)
		body, err = io.ReadAll(r)
		w.must(err)
	}
	return resp, string(body)
}

const (
	boardURL = "/years/2026"
	jsonURL  = "/api/v1/years/2026/board"
)

func TestAWriteIsSeenByTheNextReadOnEveryServer(t *testing.T) {
	eachTwin(t, func(w *twin) {
		ann := w.signIn("ann")
		for n := int64(1); n <= 4; n++ {
			w.log(1000)
			want := lang.For(lang.Chinese).Number(kpi.Whole(1000*n), 0)
			for server := range w.servers {
				for range 2 { // made, then kept
					if _, page := w.get(server, boardURL, ann); !strings.Contains(page, want) {
						w.Fatalf("server %d: the board does not show %s", server, want)
					}
					if _, raw := w.get(server, jsonURL, ann); !strings.Contains(raw, fmt.Sprintf(`"achievement":"%d"`, 1000*n)) {
						w.Fatalf("server %d: the API does not show %d: %s", server, 1000*n, raw)
					}
				}
			}
		}
	})
}

// unmasked is the token that a page's form brings under random bytes.
func unmasked(t *testing.T, sent string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(sent)
	must(t, err)
	half := len(raw) / 2
	for i := range half {
		raw[i] ^= raw[half+i]
	}
	return string(raw[:half])
}

func TestNobodySeesAnothersPage(t *testing.T) {
	eachTwin(t, func(w *twin) {
		cookies := map[string]string{"ann": w.signIn("ann"), "bob": w.signIn("bob")}
		for _, path := range []string{boardURL, "/years/2026/updates", "/years/2026/indicators/screened"} {
			csrf, seen := map[string]string{}, map[string]bool{}
			for _, encoding := range []string{"gzip", "identity"} {
				for _, name := range []string{"ann", "bob", "ann"} {
					other := map[string]string{"ann": "bob", "bob": "ann"}[name]
					resp, page := w.get(0, path, cookies[name], "Accept-Encoding", encoding)
					if resp.StatusCode != http.StatusOK || !strings.Contains(page, name+` &lt;i&gt;&#34;&amp;`) ||
						strings.Contains(page, other+" ") {
						w.Errorf("%s: %s got %d, another's or an unescaped name", path, name, resp.StatusCode)
					}
					_, after, _ := strings.Cut(page, `name="csrf" value="`)
					masked, _, _ := strings.Cut(after, `"`)
					token := unmasked(w.T, masked)
					if len(token) != 43 || seen[masked] || csrf[name] != "" && csrf[name] != token || token == csrf[other] {
						w.Errorf("%s: %s got the token %q; %v", path, name, token, csrf)
					}
					csrf[name], seen[masked] = token, true
					if strings.Contains(page, middleware.MarkHead) {
						w.Errorf("%s: a mark was left", path)
					}
				}
			}
		}
	})
}

func TestAFormKeyIsGivenOutOnce(t *testing.T) {
	eachTwin(t, func(w *twin) {
		ann, seen := w.signIn("ann"), map[string]bool{}
		for range 3 {
			resp, page := w.get(0, "/years/2026/indicators/screened", ann)
			_, after, _ := strings.Cut(page, `name="key" value="`)
			key, _, _ := strings.Cut(after, `"`)
			if len(key) != 22 || seen[key] {
				w.Errorf("key %q", key)
			}
			seen[key] = true
			if resp.Header.Get("ETag") != "" || resp.Header.Get("Cache-Control") != "no-store" {
				w.Error("the page may be shown again with its key")
			}
		}
	})
}

func TestAnUnchangedPageIsNotSentAgain(t *testing.T) {
	eachTwin(t, func(w *twin) {
		ann, bob := w.signIn("ann"), w.signIn("bob")
		for _, path := range []string{boardURL, jsonURL} {
			resp, _ := w.get(0, path, ann)
			etag := resp.Header.Get("ETag")
			if resp.Header.Get("Cache-Control") != "private, no-cache" || !strings.Contains(resp.Header.Get("Vary"), "Cookie") {
				w.Error(path, resp.Header)
			}
			for server := range w.servers {
				if resp, body := w.get(server, path, ann, "If-None-Match", etag); resp.StatusCode != http.StatusNotModified ||
					body != "" {
					w.Errorf("%s: server %d answers %d", path, server, resp.StatusCode)
				}
			}
			if resp, _ := w.get(0, path, bob, "If-None-Match", etag); path == boardURL && resp.StatusCode != http.StatusOK {
				w.Errorf("%s: bob is told that ann's page is his", path)
			}
			w.log(1)
			if resp, _ := w.get(1, path, ann, "If-None-Match", etag); resp.StatusCode != http.StatusOK {
				w.Errorf("%s: after a write: %d", path, resp.StatusCode)
			}
			if resp, _ := w.get(1, path, "", "If-None-Match", etag); resp.StatusCode == http.StatusOK ||
				resp.StatusCode == http.StatusNotModified {
				w.Errorf("%s: a stranger gets %d", path, resp.StatusCode)
			}
		}
	})
}

func TestWhoIsDisabledIsOutAtOnceEverywhere(t *testing.T) {
	eachTwin(t, func(w *twin) {
		ann, bob := w.signIn("ann"), w.signIn("bob")
		_, token, err := w.app.AddToken(w.Context(), kpi.Operator, app.NewToken{Account: "ann"})
		w.must(err)
		status := func(server int, path, cookie string, headers ...string) int {
			resp, _ := w.get(server, path, cookie, headers...)
			return resp.StatusCode
		}
		for server := range w.servers {
			if status(server, boardURL, ann) != 200 || status(server, jsonURL, "", "Authorization", "Bearer "+token) != 200 {
				w.Fatal("ann is not let in")
			}
		}
		w.must(w.app.DisableAccount(w.Context(), kpi.Operator, "ann"))
		w.must(w.app.SignOut(w.Context(), strings.TrimPrefix(bob, "dabiao=")))
		for server := range w.servers {
			for name, got := range map[string]int{
				"session": status(server, boardURL, ann), "api": status(server, jsonURL, ann),
				"token": status(server, jsonURL, "", "Authorization", "Bearer "+token), "signed out": status(server, boardURL, bob),
			} {
				if got == 200 || got == 304 {
					w.Errorf("server %d, %s: still in", server, name)
				}
			}
		}
	})
}

// Many readers beside writers: whoever asks after a write was acknowledged sees it.
func TestReadersNeverSeeLessThanWasAcknowledged(t *testing.T) {
	eachTwin(t, func(w *twin) {
		ann := w.signIn("ann")
		var mu sync.Mutex
		sum := 0
		var all sync.WaitGroup
		for reader := range 4 {
			all.Go(func() {
				for range 40 {
					mu.Lock()
					atLeast := sum
					mu.Unlock()
					_, raw := w.get(reader%2, jsonURL, ann)
					_, after, _ := strings.Cut(raw, `"achievement":"`)
					got := 0
					fmt.Sscan(after, &got) //nolint:errcheck // none is 0
					if got < atLeast {
						w.Errorf("got %d, %d were acknowledged before", got, atLeast)
					}
				}
			})
		}
		for range 2 {
			all.Go(func() {
				for range 30 {
					w.log(1)
					mu.Lock()
					sum++
					mu.Unlock()
				}
			})
		}
		all.Wait()
	})
}
