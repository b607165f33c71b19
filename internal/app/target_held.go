package app

import "dabiao/internal/kpi"

// held is a unit's target for one indicator.
type held struct {
	target *kpi.Target   // the one in force; nil: none
	first  kpi.UnixMilli // when the first was set
}

// heldBy returns what a history, oldest first, amounts to for each key.
func heldBy[K comparable](history []kpi.Target, key func(kpi.Target) K) map[K]held {
	out := map[K]held{}
	for i, t := range history {
		h := out[key(t)]
		if h.target == nil {
			h.first = t.SetAt
		}
		h.target = &history[i]
		out[key(t)] = h
	}
	return out
}
