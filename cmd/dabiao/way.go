package main

import (
	"log/slog"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"dabiao/internal/web"
)

// A way is the pages and the API of an office as it is reached in one way. They are made when somebody asks for one,
// and let go when nobody has for a while: the addresses of an office take more memory than all the rest of it. Its
// records stay open, and what is done without anybody asking (checks, backups, notices, the daily head of the log) goes
// on.
type way struct {
	make func() (*web.Server, error)
	log  *slog.Logger

	mu     sync.Mutex
	server *web.Server // nil: nobody asks
	answer fasthttp.RequestHandler
	inside int
	last   time.Time // when somebody asked
	ended  bool
}

// restsAfter is how long after the last request the pages of an office are let go.
const restsAfter = 10 * time.Minute

// serve answers a request.
func (w *way) serve(ctx *fasthttp.RequestCtx) {
	answer := w.begin()
	if answer == nil {
		closed(ctx)
		return
	}
	defer w.done()
	answer(ctx)
}

// begin returns what answers, nil if nothing does.
func (w *way) begin() fasthttp.RequestHandler {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return nil
	}
	if w.server == nil {
		server, err := w.make()
		if err != nil {
			w.log.Error("not served", "error", err.Error())
			return nil
		}
		w.server, w.answer = server, server.Handler()
	}
	w.inside++
	return w.answer
}

func (w *way) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inside--
	w.last = time.Now()
}

// rest lets the pages go if nobody has asked for any for so long, and nothing of them is open.
func (w *way) rest(unused time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.server == nil || w.inside > 0 || time.Since(w.last) < unused || !w.server.Quiet() {
		return
	}
	w.server.Release(0) //nolint:errcheck // nothing is inside
	w.server, w.answer = nil, nil
}

// end answers nobody any more, and waits for what is answered.
func (w *way) end(within time.Duration) error {
	w.mu.Lock()
	w.ended = true
	server := w.server
	w.mu.Unlock()
	if server == nil {
		return nil
	}
	return server.Release(within)
}
