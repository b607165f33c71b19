package middleware

import (
	"context"
	"errors"
	"sync"
	"time"
)

// LiveEvery is how often the records' stamp is polled while any page listens. Polling takes a few
// microseconds and also sees writes by another server or the command line.
const LiveEvery = 500 * time.Millisecond

var errLiveFull = errors.New("as many pages hear of changes as may")

// changeSignal tells listeners that the records have changed. A single goroutine polls for all of them;
// it stops when the last one leaves.
type changeSignal struct {
	ask  func(context.Context) (stamp int64, err error)
	over chan struct{} // closed when the server shuts down

	mu        sync.Mutex
	state     int64
	changed   chan struct{} // closed and replaced when the state changes
	listeners int
	of        map[string]int // listeners by client
	polling   bool
	ended     bool
}

func newChangeSignal(ask func(context.Context) (int64, error)) *changeSignal {
	return &changeSignal{ask: ask, over: make(chan struct{}), changed: make(chan struct{}), of: map[string]int{}}
}

// join adds a listener that last saw the state at. It returns errLiveFull when there are maxLive
// listeners, or maxLiveOne of the same client, and after close.
func (s *changeSignal) join(who string, at int64) (*liveReader, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || s.listeners >= maxLive || s.of[who] >= maxLiveOne {
		return nil, errLiveFull
	}
	s.listeners++
	s.of[who]++
	if !s.polling {
		s.polling, s.state = true, at
		go s.poll()
	}
	return &liveReader{changes: s, who: who, end: time.NewTimer(liveStream)}, nil
}

func (s *changeSignal) leave(who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners--
	if s.of[who]--; s.of[who] <= 0 {
		delete(s.of, who)
	}
}

// now returns the state and a channel that is closed when it changes.
func (s *changeSignal) now() (state int64, changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state, s.changed
}

// poll asks for the state until nobody listens any more.
func (s *changeSignal) poll() {
	tick := time.NewTicker(LiveEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-s.over:
		}
		ctx, cancel := context.WithTimeout(context.Background(), LiveBeat)
		state, err := s.ask(ctx)
		cancel()
		if s.took(state, err) {
			return
		}
	}
}

// took records a polled state and reports whether to stop polling. Errors are ignored and the next tick
// tries again: pages that need the database report by themselves that it is gone.
func (s *changeSignal) took(state int64, err error) (stop bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && state != s.state {
		s.state = state
		close(s.changed)
		s.changed = make(chan struct{})
	}
	s.polling = s.listeners > 0 && !s.ended
	return !s.polling
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
