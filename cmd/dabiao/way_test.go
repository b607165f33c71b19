package main

import (
	"bufio"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"dabiao/internal/web"
	"dabiao/internal/web/middleware"
)

// Pages that nobody asks for are let go and made again for whoever asks next, but not under somebody's hands: a page
// that listens for changes stays.
func TestPagesThatNobodyAsksForAreLetGo(t *testing.T) {
	dir := demoFolder(t)
	a, db, err := records{data: dir, zone: "UTC"}.open(t.Context())
	must(t, err)
	defer db.Close()
	made := 0
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	w := &way{log: log, make: func() (*web.Server, error) {
		made++
		return web.New(web.Config{App: a, Log: log, Base: middleware.Base("/o")})
	}}
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	server := &fasthttp.Server{Handler: w.serve, KeepHijackedConns: true} // as the program does
	go server.Serve(listener)                                             //nolint:errcheck // it ends with the test
	defer server.Shutdown()                                               //nolint:errcheck // likewise
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func(path string) *http.Response {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String()+"/o"+path, nil)
		must(t, err)
		req.Header.Set("Accept", "text/event-stream")
		resp, err := client.Do(req)
		must(t, err)
		return resp
	}
	ask := func(want int) {
		t.Helper()
		resp := get("/healthz")
		must(t, resp.Body.Close())
		if resp.StatusCode != http.StatusOK || made != want {
			t.Errorf("%d; made %d times, want %d", resp.StatusCode, made, want)
		}
	}
	w.rest(0)
	ask(1)
	w.rest(time.Hour) // somebody has since
	ask(1)
	w.rest(0)
	ask(2)

	wall := strings.TrimSpace(dabiao(t, "", "display", "add", "hall", "--data", dir).works("").out)
	_, token, _ := strings.Cut(wall[strings.LastIndex(wall, "/wall/"):], "/wall/")
	open := get("/wall/" + strings.Fields(token)[0] + "/events")
	if line, err := bufio.NewReader(open.Body).ReadString('\n'); open.StatusCode != http.StatusOK || err != nil {
		t.Fatalf("an open page: %d, %q, %v", open.StatusCode, line, err)
	}
	w.rest(0)
	ask(2)
	must(t, open.Body.Close())

	must(t, w.end(time.Second))
	resp := get("/healthz")
	must(t, resp.Body.Close())
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("after its end: %d", resp.StatusCode)
	}
}
