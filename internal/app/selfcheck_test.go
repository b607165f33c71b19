package app

import (
	"testing"
	"time"

	"dabiao/internal/kpi"
)

func TestTheSelfCheckIsDueOnceANight(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 6, day, hour, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		last, now time.Time
		due       bool
	}{
		{time.UnixMilli(0), at(1, 15), true}, // never: at once
		{at(1, 2), at(1, 3), false},          // this night already
		{at(1, 2), at(1, 23), false},         // not by day
		{at(1, 2), at(2, 0), false},
		{at(1, 2), at(2, 1), true},
		{at(1, 15), at(2, 2), false}, // by day yesterday: the night after
		{at(1, 15), at(3, 2), true},
		{at(1, 2), at(3, 12), true},                    // a night was missed
		{at(30, 2), at(3, 12), true},                   // a clock ran ahead
		{at(3, 12).Add(time.Minute), at(3, 12), false}, // another server's clock does, a little
	} {
		if got := selfCheckDue(SelfCheck{At: kpi.UnixMilli(c.last.UnixMilli())}, c.now); got != c.due {
			t.Errorf("last %s, now %s: %v", c.last, c.now, got)
		}
	}
}

// A check whose result could not be stored counts for who made it: while nothing can be saved it is not made over and
// over.
func TestASelfCheckThatCouldNotBeStoredCounts(t *testing.T) {
	noon := time.Date(2026, 6, 5, 12, 0, 0, 0, time.UTC)
	at := func(t time.Time) SelfCheck { return SelfCheck{At: kpi.UnixMilli(t.UnixMilli())} }
	stored, own := at(noon.AddDate(0, 0, -9)), at(noon.Add(-time.Hour))
	if !selfCheckDue(stored, noon) || selfCheckDue(stored.orLater(own), noon) || own.orLater(stored) != own {
		t.Error("the later one does not count")
	}
}
