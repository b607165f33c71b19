package app

import (
	"cmp"
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

// readHabits reads the habits of every indicator and unit that the given entries are about.
func readHabits(ctx context.Context, r *store.Reader, y kpi.Year, about ...kpi.Update) (habits, error) {
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return nil, err
	}
	logs, err := readLogs(ctx, r, y, about...)
	return habitsOf(logs, rule), err
}

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
		h[key] = kpi.Standing(log, rule)
		slices.SortFunc(h[key], func(a, b kpi.Update) int {
			return cmp.Or(cmp.Compare(a.Dated, b.Dated),
				cmp.Compare(a.ID, b.ID))
		})
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

// ask returns what a person should be asked about an entry's amount; ask is false if it is plausible.
func (h habits) ask(ind kpi.Indicator, u kpi.Update) (question kpi.Text, ask bool) {
	key := store.FigureKey{Unit: u.Unit, Indicator: ind.ID}
	habit, ok := progress.Usual(ind.Kind, h.until(key, u.Dated, u.ID))
	if !ok {
		return question, false
	}
	return doubt(habit, ind.Measure, u.Quantity.Amount)
}

// doubt puts the reason to query an amount into words.
func doubt(h progress.Habit, measure kpi.Measure, a kpi.Amount) (question kpi.Text, ask bool) {
	switch h.Doubt(a) {
	case progress.DoubtLarge:
		return kpi.T("entry_ask_large", a, measure, h.Of, h.Most), true
	case progress.DoubtSmall:
		return kpi.T("entry_ask_small", a, measure, h.Of, h.Least), true
	case progress.DoubtJump:
		return kpi.T("entry_ask_jump", a-h.Last, measure, h.Of, h.Most), true
	case progress.DoubtFall:
		return kpi.T("entry_ask_fall", a, measure, h.Last), true
	}
	return question, false
}

// Doubt returns what a person would have been asked about an entry already logged; ask is false if it
// is plausible.
func (a *App) Doubt(ctx context.Context, e LogEntry) (question kpi.Text, ask bool, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) error {
		h, err := readHabits(ctx, r, e.Dated.Year(), e.Update)
		question, ask = h.ask(e.Indicator, e.Update)
		return err
	})
	return question, ask, err
}
