package app

import (
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

const (
	minute = kpi.UnixMilli(60 * 1000)
	year   = 365 * 24 * 60 * minute
)

// A clock that ran ahead by ten years, and was set again, leaves moments of the future behind. None of them may lock
// anybody out, keep anything from being done, or make anything last.
func TestAMomentInTheFutureCountsAsNever(t *testing.T) {
	const now = 57 * year
	for _, c := range []struct {
		what string
		at   kpi.UnixMilli
		want bool
	}{
		{"just now", now, true},
		{"as long ago as the limit", now - 10*minute, true},
		{"longer ago", now - 10*minute - 1, false},
		{"ahead by another server's clock", now + 5*minute, true},
		{"in the future", now + 5*minute + 1, false},
		{"ten years ahead", now + 10*year, false},
		{"never", 0, false},
	} {
		if got := within(c.at, now, 10*time.Minute); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func TestASessionOfTheFutureHasEnded(t *testing.T) {
	const now = 57 * year
	for _, c := range []struct {
		what          string
		created, seen kpi.UnixMilli
		want          bool
	}{
		{"one of today", now - 60*minute, now, false},
		{"one that was begun ahead", now + 10*year, now, true},
		{"one that was last used ahead", now - 60*minute, now + 10*year, true},
	} {
		if got := expired(store.Session{CreatedAt: c.created, SeenAt: c.seen}, now); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

// The wait that is told is never longer than the wait.
func TestNobodyIsToldToWaitForYears(t *testing.T) {
	const now = 57 * year
	for _, c := range []struct {
		since kpi.UnixMilli
		want  int64
	}{{now, 15}, {now - 14*minute, 1}, {now - 15*minute + 1, 1}, {now + 4*minute, 15}, {now + 10*year, 15}} {
		if got := minutesLeft(c.since, now, failureWait); got != c.want {
			t.Errorf("since %d minutes ahead: %d", (c.since-now)/minute, got)
		}
	}
}
