package middleware

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// How an open page hears of changes (docs/adr/0043).
const (
	LiveBeat   = 8 * time.Second  // a line is sent at least this often, so that a dead connection is noticed
	liveStream = 45 * time.Second // then the browser connects anew; well within writeTimeout
	liveRetry  = time.Second      // how long it waits before it does
	maxLive    = 1000             // open streams
	maxLiveOne = 32               // … of one address, or of one account behind a proxy
	eventType  = "text/event-stream; charset=utf-8"
)

// LiveState is what an event says: the name of the state the records are in, and the time of day at
// which that was so. The name says nothing about them.
type LiveState struct {
	State string `json:"state"`
	Time  string `json:"time"`
}

// SendEvents streams events to who asks for a stream, and tells anyone else the state once.
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
	stream, err := s.pulse.join(who, at.Figures)
	if err != nil { // 204 ends a browser's stream for good; the page then asks for itself now and then
		return c.SendStatus(fiber.StatusNoContent)
	}
	stream.event = s.Event
	c.Context().Response.SetBodyStream(stream, -1)
	return nil
}

// Event is one event as it is sent. A day that has begun changes every page as well.
func (s *Server) Event(stamp int64) []byte {
	now := s.App.Now()
	state := strconv.FormatUint(uint64(stamp), 36) + "-" + string(kpi.DateOf(now)) //nolint:gosec // it names a state
	raw, err := json.Marshal(LiveState{State: state, Time: now.Format("15:04")})
	if err != nil {
		panic(err) // two strings always have a JSON form
	}
	return fmt.Appendf(nil, "retry: %d\ndata: %s\n\n", liveRetry.Milliseconds(), raw)
}

// liveReader is a stream of events as the body of an answer: reading waits for the next one. So a
// stream has no goroutine beside its connection's own.
type liveReader struct {
	pulse *pulse
	who   string
	event func(stamp int64) []byte
	end   *time.Timer
	sent  int64 // the state told last
	began bool
	rest  []byte
}

func (l *liveReader) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		if l.rest = l.next(); l.rest == nil {
			return 0, io.EOF
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// next waits for the next event; nil at the stream's end.
func (l *liveReader) next() []byte {
	state, changed := l.pulse.now()
	if l.began && state == l.sent {
		beat := time.NewTimer(LiveBeat)
		defer beat.Stop()
		select {
		case <-changed:
		case <-beat.C:
		case <-l.end.C:
			return nil
		case <-l.pulse.over:
			return nil
		}
		state, _ = l.pulse.now()
	}
	l.began, l.sent = true, state
	return l.event(state)
}

// Close lets the stream's place go.
func (l *liveReader) Close() error {
	l.end.Stop()
	l.pulse.leave(l.who)
	return nil
}

// Listeners is how many pages are told of changes now.
func (s *Server) Listeners() int {
	s.pulse.mu.Lock()
	defer s.pulse.mu.Unlock()
	return s.pulse.listeners
}
