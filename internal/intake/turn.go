package intake

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
)

// turns is the one place in which files are read: what many people hand in at once takes the memory of one file, and
// the others wait.
var turns = make(chan struct{}, 1)

// Turn waits for a place to read a file in and returns how it is given back, once all that was read is used up. Who
// has one must not ask for another. Refusal: Conflict reading_busy where the context's time is up first; if it is
// cancelled, its error.
func Turn(ctx context.Context) (done func(), err error) {
	if ctx.Err() != nil { // a select would take either
		return nil, ctx.Err()
	}
	select {
	case turns <- struct{}{}:
		return func() { <-turns }, nil
	case <-ctx.Done():
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, kpi.Refuse(kpi.Conflict, "reading_busy")
	}
	return nil, ctx.Err()
}
