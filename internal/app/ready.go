package app

import (
	"context"
	"sync"
	"time"
)

// readyFor is how long a result of Writable is reused: anyone may ask, and finding out costs a durable
// write.
const readyFor = 10 * time.Second

// readiness is the last result of Writable.
type readiness struct {
	sync.Mutex
	asked time.Time
	err   error
}

// RecordsGone reports whether the database file is no longer where it was opened.
func (a *App) RecordsGone() bool { return a.db.Gone() }

// Writable returns an error if updates cannot be stored, as of the last few seconds.
func (a *App) Writable(ctx context.Context) error {
	a.ready.Lock()
	defer a.ready.Unlock()
	if now := a.now(); a.ready.asked.IsZero() || now.Sub(a.ready.asked) > readyFor {
		a.ready.asked, a.ready.err = now, a.db.Writable(ctx)
	}
	return a.ready.err
}
