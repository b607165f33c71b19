package middleware

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Base is the path below which an office is reached, such as "/gov/wugang"; "" for one that has a server or a host of
// its own. Inside, every address is written as if there were none: what comes in loses it here, and what goes out gets
// it here, so that no page, link or form can forget it.
type Base string

// addressed are the attributes whose values are addresses of this program when they begin with a slash. In a page a
// quotation mark that somebody typed is written as an entity, so nothing else looks like one of them.
var addressed = regexp.MustCompile(
	` (?:href|src|action|formaction|data-live|data-echarts|data-noted|data-source|data-watch|data-wording)="/`)

// pageBelow puts the addresses of a page below the base.
func (b Base) pageBelow(page []byte) []byte {
	if b == "" {
		return page
	}
	page = bytes.Replace(page, []byte("<html "), []byte(`<html data-base="`+string(b)+`" `), 1) // for scripts
	at := addressed.FindAllIndex(page, -1)
	out := bytes.NewBuffer(make([]byte, 0, len(page)+len(at)*len(b)))
	from := 0
	for _, i := range at {
		out.Write(page[from : i[1]-1])
		out.WriteString(string(b))
		from = i[1] - 1
	}
	out.Write(page[from:])
	return out.Bytes()
}

// leadBelow puts the address that a header sends the browser to below the base.
func (b Base) leadBelow(h *fasthttp.ResponseHeader) {
	if b == "" {
		return
	}
	for name, before := range map[string]string{fiber.HeaderLocation: "", "Refresh": "url="} {
		lead, to, leads := strings.Cut(string(h.Peek(name)), before+"/")
		if leads && (before != "" || lead == "") {
			h.Set(name, lead+before+string(b)+"/"+to)
		}
	}
}

// Below returns whether a path is below the base, and the rest of it.
func (b Base) Below(path []byte) (rest []byte, below bool) {
	rest, below = bytes.CutPrefix(path, []byte(b))
	return rest, below && (b == "" || len(rest) == 0 || rest[0] == '/')
}

// Handler answers requests for this server's office alone, on the listener of another server, whose limits of
// connections hold. A request that is not below the base is not for it.
func (s *Server) Handler() fasthttp.RequestHandler {
	inner := knownMethods(s.Http.Handler())
	return func(ctx *fasthttp.RequestCtx) {
		s.inside.Add(1)
		defer s.inside.Add(-1)
		rest, below := s.Base.Below(ctx.URI().PathOriginal())
		if !below {
			ctx.Error("", fasthttp.StatusNotFound)
			return
		}
		if s.Base != "" {
			to := append([]byte("/"), bytes.TrimPrefix(rest, []byte("/"))...)
			if query := ctx.URI().QueryString(); len(query) > 0 {
				to = append(append(to, '?'), query...)
			}
			ctx.Request.SetRequestURIBytes(to)
		}
		inner(ctx)
		s.Base.leadBelow(&ctx.Response.Header)
	}
}

// Release ends what Handler began: open event streams, and requests, for which it waits at most the given time. ErrCut
// says that some were not finished. Downloads that are still being read break off.
func (s *Server) Release(within time.Duration) error {
	s.Stop()
	s.changes.close()
	late := time.NewTimer(within)
	defer late.Stop()
	for s.inside.Load() > 0 {
		select {
		case <-late.C:
			return fmt.Errorf("%w: %d", ErrCut, s.inside.Load())
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// Quiet reports whether nothing that Handler began goes on: no request, no open page, no file that is written.
func (s *Server) Quiet() bool {
	s.Writing.mu.Lock()
	writing := len(s.Writing.of)
	s.Writing.mu.Unlock()
	return s.inside.Load() == 0 && s.Listeners() == 0 && writing == 0
}

// Here returns where the visitor reaches this office: scheme, host and base.
func (s *Server) Here(c *fiber.Ctx) string {
	scheme := "http://"
	if s.Encrypted(c) {
		scheme = "https://"
	}
	return scheme + c.Hostname() + string(s.Base)
}
