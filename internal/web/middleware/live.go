package middleware

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// How an open page hears of changes (docs/adr/0043, 0099).
const (
	LiveBeat   = 8 * time.Second        // a line is sent at least this often, so that a dead connection is noticed
	liveLong   = 4 * time.Minute        // then the browser connects anew, as whoever it is by then
	liveWrite  = 250 * time.Millisecond // what a line may wait for its connection: it fits into the system's buffers
	liveRetry  = time.Second            // how long a browser waits before it connects anew
	maxLive    = 2000                   // open streams
	maxLiveOne = 32                     // … of one address, or of one account behind a proxy
	eventType  = "text/event-stream; charset=utf-8"
)

// LiveState is the payload of an event: an opaque name of the records' state, and the time of day (HH:MM)
// at which it was read.
type LiveState struct {
	State string `json:"state"`
	Time  string `json:"time"`
}

// SendEvents streams events to a client that accepts text/event-stream, and sends any other one event.
func (s *Server) SendEvents(c *fiber.Ctx, who string) error {
	at, err := s.App.Stamp(c.UserContext())
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, eventType)
	c.Set("X-Accel-Buffering", "no") // nginx must not hold events back
	if c.Method() != fiber.MethodGet || !strings.Contains(c.Get(fiber.HeaderAccept), "text/event-stream") {
		return c.Send(s.Event(at.Figures))
	}
	if len(s.Proxies) == 0 {
		who = "address " + s.Address(c)
	}
	if err := s.changes.reserve(who); err != nil { // 204 ends a browser's stream for good; the page asks now and then
		return c.SendStatus(fiber.StatusNoContent)
	}
	c.Context().SetConnectionClose() // the answer ends with its connection
	head := bytes.Clone(c.Response().Header.Header())
	c.Context().HijackSetNoResponse(true)
	c.Context().Hijack(func(conn net.Conn) { // without what read the request, which is let go
		if inner, ok := conn.(interface{ UnsafeConn() net.Conn }); ok {
			conn = inner.UnsafeConn()
		}
		s.changes.join(who, conn, head, at.Figures)
	})
	return nil
}

// Event encodes one event. The day is part of the state, since a new day changes every page too.
func (s *Server) Event(stamp int64) []byte {
	now := s.App.Now()
	state := strconv.FormatUint(uint64(stamp), 36) + "-" + string(kpi.DateOf(now)) //nolint:gosec // it names a state
	raw, err := json.Marshal(LiveState{State: state, Time: now.Format("15:04")})
	if err != nil {
		panic(err) // two strings always have a JSON form
	}
	return fmt.Appendf(nil, "retry: %d\ndata: %s\n\n", liveRetry.Milliseconds(), raw)
}

// Listeners returns the number of open streams.
func (s *Server) Listeners() int {
	s.changes.mu.Lock()
	defer s.changes.mu.Unlock()
	return s.changes.all
}
