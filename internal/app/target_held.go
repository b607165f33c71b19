package app

import (
	"time"

	"dabiao/internal/kpi"
)

// held is a unit's target for one indicator.
type held struct {
	target *kpi.Target   // the one in force; nil: none
	first  kpi.UnixMilli // when the first was set
	then   *kpi.Target   // what was in force at the figure's date; the year's first holds from its beginning
}

// heldBy returns what a history, oldest first, amounts to for each key, and what it amounted to at a date.
func heldBy[K comparable](history []kpi.Target, at kpi.Date, zone *time.Location, key func(kpi.Target) K) map[K]held {
	out := map[K]held{}
	for i, t := range history {
		h := out[key(t)]
		if h.target == nil {
			h.first = t.SetAt
		}
		h.target = &history[i]
		if h.then == nil || t.Since(zone) <= at {
			h.then = h.target
		}
		out[key(t)] = h
	}
	return out
}

// heldIn is heldBy at the scope's date.
func heldIn[K comparable](s scope, history []kpi.Target, key func(kpi.Target) K) map[K]held {
	return heldBy(history, s.asOf.Date(), s.begun.zone, key)
}

// revised returns how the target was changed after the date; nil where it asks for the same.
func (h held) revised(zone *time.Location) *kpi.Revision {
	if h.target == nil || h.then.Asks(*h.target) {
		return nil
	}
	return &kpi.Revision{On: h.target.Since(zone), Was: *h.then}
}
