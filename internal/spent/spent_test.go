package spent

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// What is measured under a context adds up by what it was spent on; without, nothing is.
func TestTimeAddsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, times := In(t.Context())
		for range 2 {
			end := Begin(ctx, Lock)
			time.Sleep(time.Second)
			end()
		}
		Add(ctx, Database, time.Minute)
		if times.Of(Lock) != 2*time.Second || times.Of(Database) != time.Minute || times.Of(Reading) != 0 {
			t.Errorf("%s, %s, %s", times.Of(Lock), times.Of(Database), times.Of(Reading))
		}
		Begin(context.Background(), Lock)()
	})
}

// So many lines a minute are written, and the first of a later minute says how many were not.
func TestLinesAreBounded(t *testing.T) {
	var l Lines
	minute := time.Unix(600, 0)
	for i := range perMinute + 5 {
		if write, untold := l.Another(minute); write != (i < perMinute) || untold != 0 {
			t.Errorf("line %d: %v, %d", i, write, untold)
		}
	}
	if write, untold := l.Another(minute.Add(time.Minute)); !write || untold != 5 {
		t.Errorf("a minute later: %v, %d", write, untold)
	}
	if l.Slow.Load() != perMinute+6 {
		t.Errorf("%d were counted", l.Slow.Load())
	}
}
