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
	stream, err := s.changes.join(who, at.Figures)
	if err != nil { // 204 ends a browser's stream for good; the page then asks for itself now and then
		return c.SendStatus(fiber.StatusNoContent)
	}
	stream.event = s.Event
	c.Context().Response.SetBodyStream(stream, -1)
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

// liveReader is a stream of events as a response body. Read blocks until the next event, so that a
// stream needs no goroutine of its own.
type liveReader struct {
	changes *changeSignal
	who     string
	event   func(stamp int64) []byte
	end     *time.Timer
	sent    int64 // the last state sent
	began   bool
	rest    []byte
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

// next waits for the next event and returns nil at the end of the stream.
func (l *liveReader) next() []byte {
	state, changed := l.changes.now()
	if l.began && state == l.sent {
		beat := time.NewTimer(LiveBeat)
		defer beat.Stop()
		select {
		case <-changed:
		case <-beat.C:
		case <-l.end.C:
			return nil
		case <-l.changes.over:
			return nil
		}
		state, _ = l.changes.now()
	}
	l.began, l.sent = true, state
	return l.event(state)
}

// Close makes room for another stream.
func (l *liveReader) Close() error {
	l.end.Stop()
	l.changes.leave(l.who)
	return nil
}

// Listeners returns the number of open streams.
func (s *Server) Listeners() int {
	s.changes.mu.Lock()
	defer s.changes.mu.Unlock()
	return s.changes.listeners
}
