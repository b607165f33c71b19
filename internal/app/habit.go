package app

import (
	"context"
	"maps"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// habits are the standing entries that define what is usual, by figure and oldest first, for a year and
// the one before, with which the habits of a year begin.
type habits map[store.FigureKey][]kpi.Update

// readLogs reads the entries, standing or not, of every indicator and unit that the given entries are
// about.
func readLogs(ctx context.Context, r *store.Reader, y kpi.Year,
	about ...kpi.Update) (map[store.FigureKey][]kpi.Update, error) {
	indicators, units := map[kpi.IndicatorID]bool{}, map[kpi.UnitID]bool{}
	for _, u := range about {
		indicators[u.Indicator], units[u.Unit] = true, true
	}
	return r.FigureLogs(ctx, y, slices.Collect(maps.Keys(indicators)), slices.Collect(maps.Keys(units)))
}

func habitsOf(logs map[store.FigureKey][]kpi.Update, rule kpi.ReviewRule) habits {
	h := habits{}
	for key, log := range logs {
		h[key] = progress.InOrderOfDate(kpi.Standing(log, rule))
	}
	return h
}

// until returns a figure's entries up to a day, except the given one; 0 excepts none.
func (h habits) until(key store.FigureKey, day kpi.Date, without kpi.UpdateID) (out []kpi.Update) {
	for _, u := range h[key] {
		if u.Dated <= day && u.ID != without {
			out = append(out, u)
		}
	}
	return out
}
