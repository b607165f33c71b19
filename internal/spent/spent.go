// Package spent knows what the time of a request went into. It measures; what is slow, and who is told, others decide.
package spent

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// On is what time is spent on.
type On int

const (
	Database  On = iota // statements and commits
	Lock                // waiting for the turn to write
	Reading             // waiting for the turn to read a file
	Rendering           // making the page
	Receiving           // waiting for what the client sends
	kinds
)

// Time is what a request has spent so far.
type Time struct{ of [kinds]atomic.Int64 }

// Of returns how long something took in all.
func (t *Time) Of(on On) time.Duration { return time.Duration(t.of[on].Load()) }

type timeKey struct{}

// In returns a context whose time is measured.
func In(ctx context.Context) (context.Context, *Time) {
	t := new(Time)
	return context.WithValue(ctx, timeKey{}, t), t
}

// Add adds to what was spent under a context, if it is measured.
func Add(ctx context.Context, on On, took time.Duration) {
	if t, ok := ctx.Value(timeKey{}).(*Time); ok {
		t.of[on].Add(int64(took))
	}
}

// Begin measures until the returned function is called.
func Begin(ctx context.Context, on On) (end func()) {
	if ctx.Value(timeKey{}) == nil {
		return func() {}
	}
	begun := time.Now()
	return func() { Add(ctx, on, time.Since(begun)) }
}

// Lines bounds how many lines a minute something may write; the zero value is ready.
type Lines struct {
	mu     sync.Mutex
	minute int64
	said   int
	untold int
	Slow   atomic.Int64 // how many there were, written or not
}

// perMinute is how many lines there are in a minute.
const perMinute = 20

// Another counts one more and reports whether it may be written, and how many were not since the last that was.
func (l *Lines) Another(now time.Time) (write bool, untold int) {
	l.Slow.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if minute := now.Unix() / 60; minute != l.minute {
		l.minute, l.said = minute, 0
	}
	if l.said++; l.said > perMinute {
		l.untold++
		return false, 0
	}
	untold, l.untold = l.untold, 0
	return true, untold
}
