package middleware

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// LiveEvery is how often the records' stamp is polled while any page listens. Polling takes a few
// microseconds and also sees writes by another server or the command line.
const LiveEvery = 500 * time.Millisecond

var errLiveFull = errors.New("as many pages hear of changes as may")

// changeSignal tells listeners that the records have changed. One goroutine polls and writes to all of their
// connections; it ends when the last one leaves. A listener is a connection and nothing else.
type changeSignal struct {
	ask   func(context.Context) (stamp int64, err error)
	event func(stamp int64) []byte
	over  chan struct{} // closed when the server shuts down

	mu      sync.Mutex
	of      map[string]int // listeners by client, those among them whose connection is not here yet
	all     int
	streams []*liveStream
	running bool
	ended   bool
}

// liveStream is the connection of one listener.
type liveStream struct {
	who   string
	conn  net.Conn
	sent  int64     // the last state sent
	spoke time.Time // when
	end   time.Time
}

func newChangeSignal(ask func(context.Context) (int64, error), event func(int64) []byte) *changeSignal {
	return &changeSignal{ask: ask, event: event, over: make(chan struct{}), of: map[string]int{}}
}

// reserve takes a place for a listener. It returns errLiveFull when there are maxLive listeners, or maxLiveOne of the
// same client, and after close.
func (s *changeSignal) reserve(who string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || s.all >= maxLive || s.of[who] >= maxLiveOne {
		return errLiveFull
	}
	s.all++
	s.of[who]++
	return nil
}

// join sends the head of an answer and the state to a listener who has a place, and from then on whatever changes.
func (s *changeSignal) join(who string, conn net.Conn, head []byte, at int64) {
	now := time.Now()
	l := &liveStream{who: who, conn: conn, sent: at, spoke: now, end: now.Add(liveLong)}
	if !l.say(append(head, s.event(at)...), now) || !s.take(l) {
		s.leave(l)
	}
}

// take has the goroutine tell a listener too, unless the server shuts down.
func (s *changeSignal) take(l *liveStream) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return false
	}
	s.streams = append(s.streams, l)
	if !s.running {
		s.running = true
		go s.run(l.sent)
	}
	return true
}

// say writes what fits into the buffers of a connection: whoever has not read what was said before is let go.
func (l *liveStream) say(event []byte, now time.Time) bool {
	if err := l.conn.SetWriteDeadline(now.Add(liveWrite)); err != nil {
		return false
	}
	_, err := l.conn.Write(event)
	return err == nil
}

// leave gives a listener's place back.
func (s *changeSignal) leave(l *liveStream) {
	l.conn.Close() //nolint:errcheck // it is over either way
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.of[l.who]--; s.of[l.who] <= 0 {
		delete(s.of, l.who)
	}
}

// run polls and tells until nobody listens any more. Errors are ignored and the next tick tries again: pages that need
// the database report by themselves that it is gone.
func (s *changeSignal) run(state int64) {
	tick := time.NewTicker(LiveEvery)
	defer tick.Stop()
	for over := false; !over; {
		asked := time.Now()
		select {
		case <-tick.C:
			asked = time.Now()
			ctx, cancel := context.WithTimeout(context.Background(), LiveBeat/2)
			if now, err := s.ask(ctx); err == nil {
				state = now
			}
			cancel()
		case <-s.over:
		}
		over = s.tell(state, asked)
	}
}

// tell sends a state to those who came before it was asked for and do not know it, or have heard nothing for a while,
// and lets go whose time is over or whose connection is gone. It reports that nobody is left.
func (s *changeSignal) tell(state int64, asked time.Time) (over bool) {
	s.mu.Lock()
	streams, ended := s.streams, s.ended
	s.streams = nil
	s.mu.Unlock()
	event := s.event(state)
	stay := streams[:0]
	for _, l := range streams {
		now := time.Now()
		ok := !ended && now.Before(l.end)
		if ok && l.spoke.Before(asked) && (l.sent != state || now.Sub(l.spoke) >= LiveBeat) {
			l.sent, l.spoke = state, now
			ok = l.say(event, now)
		}
		if ok {
			stay = append(stay, l)
		} else {
			s.leave(l)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.streams = append(stay, s.streams...)
	s.running = len(s.streams) > 0
	return !s.running
}

// close ends all streams and admits no more.
func (s *changeSignal) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.ended = true
		close(s.over)
	}
}
