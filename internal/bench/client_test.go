package bench

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"dabiao/internal/app"
	"dabiao/internal/web"
)

// line prints a figure in the format of the contract.
func line(name string, value float64, unit string, ratio float64) {
	fmt.Fprintf(os.Stdout, "%s %s %s %s\n", name, short(value), unit, short(ratio))
}

func short(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.4f", v)
}

// host is a server that listens on this machine.
type host struct {
	addr   string
	client *fasthttp.HostClient
	token  string
}

// serve starts the program's server over an application.
func serve(t *testing.T, a *app.App, token string) *host {
	t.Helper()
	w, err := web.New(web.Config{App: a, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Proxies: []string{"127.0.0.1"}})
	must(t, err)
	return listen(t, w.HTTP(), token)
}

// ceiling starts a server that answers with one body from memory, and does nothing else.
func ceiling(t *testing.T, body []byte, contentType, encoding string) *host {
	t.Helper()
	f := fiber.New(fiber.Config{DisableStartupMessage: true})
	f.Get("/*", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, contentType)
		if encoding != "" {
			c.Set(fiber.HeaderContentEncoding, encoding)
		}
		return c.Send(body)
	})
	return listen(t, f, "")
}

func listen(t *testing.T, f *fiber.App, token string) *host {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go f.Listener(l) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { f.ShutdownWithTimeout(time.Second) })
	h := &host{addr: l.Addr().String(), token: token}
	h.client = &fasthttp.HostClient{Addr: h.addr, MaxConns: 256, MaxResponseBodySize: 64 << 20}
	return h
}

// ask sends a request and returns the answer's body.
func (h *host) ask(t *testing.T, method, path, key string, body []byte, gzip bool) []byte {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI("http://" + h.addr + path)
	req.Header.SetMethod(method)
	if h.token != "" {
		req.Header.Set("Authorization", "Bearer "+h.token)
	}
	if gzip {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	if body != nil {
		req.Header.SetContentType("application/json")
		req.Header.Set("Idempotency-Key", key)
		req.SetBodyRaw(body)
	}
	if err := h.client.Do(req, resp); err != nil {
		t.Error(err)
		return nil
	}
	if resp.StatusCode() >= 300 {
		t.Errorf("%s: %d %s", path, resp.StatusCode(), resp.Body())
	}
	return slices.Clone(resp.Body())
}

func (h *host) get(t *testing.T, path string, gzip bool) []byte {
	return h.ask(t, "GET", path, "", nil, gzip)
}

// each runs fn again and again for as long as a figure is measured, and returns the times taken.
func each(d time.Duration, fn func()) (times []time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		start := time.Now()
		fn()
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	return times
}

func at(times []time.Duration, share float64) time.Duration {
	return times[min(len(times)-1, int(share*float64(len(times))))]
}

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// rate returns how often per second fn completes with so many clients.
func rate(clients int, d time.Duration, fn func(client, n int)) float64 {
	var all sync.WaitGroup
	var mu sync.Mutex
	total := 0
	start := time.Now()
	for client := range clients {
		all.Go(func() {
			n := 0
			for time.Since(start) < d {
				fn(client, n)
				n++
			}
			mu.Lock()
			total += n
			mu.Unlock()
		})
	}
	all.Wait()
	return float64(total) / time.Since(start).Seconds()
}

func sorted(times []time.Duration) []time.Duration {
	slices.Sort(times)
	return times
}
