package app

import (
	"time"

	"dabiao/internal/kpi"
)

// clockSlip is by how much the clocks of two servers, or of one before and after it was set, may differ without
// mattering.
const clockSlip = 5 * time.Minute

// A server that runs writes into the audit log each day. clockLeap is how far the clock may be ahead of the last
// entries before people are asked whether it is right, leapTidied before nothing is removed by its age: a key that is
// forgotten lets what was sent under it count twice.
const (
	clockLeap  = 340 * 24 * time.Hour
	leapTidied = 30 * 24 * time.Hour
)

// within reports whether a stored moment was at most so long ago. One in the future was not: it was written while a
// clock ran ahead, and whatever waits for it, or lasts because of it, would do so for years.
func within(at, now kpi.UnixMilli, limit time.Duration) bool {
	return at <= now+ms(clockSlip) && now-at <= ms(limit)
}

func ms(d time.Duration) kpi.UnixMilli { return kpi.UnixMilli(d.Milliseconds()) }
