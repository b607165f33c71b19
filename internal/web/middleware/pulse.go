package middleware

import (
	"context"
	"errors"
	"sync"
	"time"
)

// LiveEvery is how often the state of the records is asked for while somebody listens: one read of
// a few microseconds, which sees a write by another server or the command line as well.
const LiveEvery = 500 * time.Millisecond

var errLiveFull = errors.New("as many pages hear of changes as may")

// pulse tells all who listen that the records have changed. One goroutine asks for all of them, and
// none while nobody listens.
type pulse struct {
	ask  func(context.Context) (stamp int64, err error)
	over chan struct{} // closed at the server's end

	mu        sync.Mutex
	state     int64
	changed   chan struct{} // closed when the state becomes another
	listeners int
	of        map[string]int // listeners by who they are
	beating   bool
	ended     bool
}

func newPulse(ask func(context.Context) (int64, error)) *pulse {
	return &pulse{ask: ask, over: make(chan struct{}), changed: make(chan struct{}), of: map[string]int{}}
}

// join adds a listener who knows the state at; errLiveFull when there are too many, of all or of the
// same.
func (p *pulse) join(who string, at int64) (*liveReader, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended || p.listeners >= maxLive || p.of[who] >= maxLiveOne {
		return nil, errLiveFull
	}
	p.listeners++
	p.of[who]++
	if !p.beating {
		p.beating, p.state = true, at
		go p.beat()
	}
	return &liveReader{pulse: p, who: who, end: time.NewTimer(liveStream)}, nil
}

func (p *pulse) leave(who string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listeners--
	if p.of[who]--; p.of[who] <= 0 {
		delete(p.of, who)
	}
}

// now is the state and a channel that is closed when it becomes another.
func (p *pulse) now() (state int64, changed <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state, p.changed
}

// beat asks for the state until nobody listens any more.
func (p *pulse) beat() {
	tick := time.NewTicker(LiveEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-p.over:
		}
		ctx, cancel := context.WithTimeout(context.Background(), LiveBeat)
		state, err := p.ask(ctx)
		cancel()
		if p.took(state, err) {
			return
		}
	}
}

// took takes the state in and reports whether to stop asking. Who asked in vain asks again: pages
// that need the database say by themselves that it is gone.
func (p *pulse) took(state int64, err error) (stop bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil && state != p.state {
		p.state = state
		close(p.changed)
		p.changed = make(chan struct{})
	}
	p.beating = p.listeners > 0 && !p.ended
	return !p.beating
}

// close ends all streams and admits no more.
func (p *pulse) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.ended = true
		close(p.over)
	}
}
