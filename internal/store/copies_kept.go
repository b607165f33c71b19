package store

import (
	"fmt"
	"time"
)

// How many copies are kept: the newest of each of the last days, weeks and months that have any, so that weeks
// without the computer cost none, and the newest from before upgrades.
const (
	keptDays     = 7
	keptWeeks    = 5
	keptMonths   = 12
	keptUpgrades = 3
)

// copiesToKeep returns the names of the copies to be kept, of a list with the newest first. Those of a moment that has
// not come yet, from when a clock ran ahead, take the place of none and stay until it comes.
func copiesToKeep(all []Copy, now time.Time) map[string]bool {
	kept, upgrades := map[string]bool{}, 0
	var past []Copy
	for _, c := range all {
		switch {
		case c.At.After(now):
			kept[c.Name] = true
		case !c.Upgrade:
			past = append(past, c)
		case upgrades < keptUpgrades:
			kept[c.Name] = true
			upgrades++
		}
	}
	for _, span := range []struct {
		most int
		of   func(time.Time) string
	}{
		{keptDays, func(t time.Time) string { return t.Format(time.DateOnly) }},
		{keptWeeks, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, w) }},
		{keptMonths, func(t time.Time) string { return t.Format("2006-01") }},
	} {
		seen := map[string]bool{}
		for _, c := range past {
			if key := span.of(c.At.In(now.Location())); !seen[key] && len(seen) < span.most {
				seen[key], kept[c.Name] = true, true
			}
		}
	}
	return kept
}
