package app

import (
	"context"
	"errors"
	"sync"
	"time"
)

// readyFor is how long a result of Writable is reused: anyone may ask, and finding out costs a durable write.
// readyWithin is how long whoever asks waits.
const (
	readyFor    = 10 * time.Second
	readyWithin = 1500 * time.Millisecond
)

var errNotAnswered = errors.New("the database does not answer")

// readiness is the last result of Writable.
type readiness struct {
	sync.Mutex
	asked time.Time
	err   error
	probe chan struct{} // closed when the probe that runs has ended; nil: none runs
}

// RecordsGone reports whether the database file is no longer where it was opened.
func (a *App) RecordsGone() bool { return a.db.Gone() }

// Writable returns an error if updates cannot be stored, as of the last few seconds. It answers within two seconds,
// whatever the database does: one that is silent is not ready.
func (a *App) Writable(ctx context.Context) error {
	if trouble := a.db.Trouble(); trouble != nil {
		return trouble
	}
	ended, err := a.probing()
	if ended == nil {
		return err
	}
	select {
	case <-ended:
		a.ready.Lock()
		defer a.ready.Unlock()
		return a.ready.err
	case <-time.After(readyWithin):
	case <-ctx.Done():
	}
	return errNotAnswered
}

// probing returns the result of the last probe if it is young enough, or else has one running and returns what is
// closed at its end.
func (a *App) probing() (ended chan struct{}, err error) {
	a.ready.Lock()
	defer a.ready.Unlock()
	if a.ready.probe != nil {
		return a.ready.probe, nil
	}
	now := a.now()
	if past := now.Sub(a.ready.asked); past >= 0 && past <= readyFor {
		return nil, a.ready.err
	}
	ended = make(chan struct{})
	a.ready.probe = ended
	go func() {
		err := Aside(func() error { return a.db.Writable(context.Background()) })
		a.ready.Lock()
		defer a.ready.Unlock()
		a.ready.asked, a.ready.err, a.ready.probe = a.now(), err, nil
		close(ended)
	}()
	return ended, nil
}
