package app

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// rollUp applies a change of one unit's own log to the figures of the unit and, if the kind adds up
// over units, of all its ancestors: the difference of the two tallies, month by month. lineage begins with
// the unit. The sums that the indicator is a part of follow.
func rollUp(ctx context.Context, w *store.Writer, ind kpi.Indicator, lineage []kpi.UnitID, y kpi.Year, before,
	after []kpi.Update) error {
	if err := rollUpOne(ctx, w, ind, ind, lineage, y, before, after); err != nil {
		return err
	}
	sums, err := sumsOf(ctx, &w.Reader, ind.ID)
	if err != nil {
		return err
	}
	for _, s := range sums {
		if err := rollUpOne(ctx, w, s, ind, lineage, y, before, after); err != nil {
			return err
		}
	}
	return nil
}

// rollUpOne is rollUp for one figure: that of the indicator itself (ind equals part), or of a sum that
// contains part.
func rollUpOne(ctx context.Context, w *store.Writer, ind, part kpi.Indicator, lineage []kpi.UnitID, y kpi.Year, before,
	after []kpi.Update) error {
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return err
	}
	was, is := tally(ind, part, rule, before), tally(ind, part, rule, after)
	if was == is {
		return nil
	}
	if !ind.Reaches() {
		lineage = lineage[:1]
	}
	if ind.Units.Extreme() { // differences do not tell the next highest reading
		tree, err := w.Tree(ctx)
		if err != nil {
			return err
		}
		return rebuild(ctx, w, y, ind, tree)
	}
	if past, err := cachedMoves(ctx, &w.Reader); err != nil {
		return err
	} else if len(past) > 0 && ind.Reaches() {
		return rollUpMoved(ctx, w, ind, lineage[0], y, was, is)
	}
	kept, err := w.FiguresSeries(ctx, y, lineage, []kpi.IndicatorID{ind.ID})
	if err != nil {
		return err
	}
	for _, unit := range lineage {
		key := store.FigureKey{Unit: unit, Indicator: ind.ID}
		series := kept.Of(key)
		for m := range series {
			gone := is[m].LastDate < was[m].LastDate && series[m].LastDate == was[m].LastDate
			series[m] = series[m].Plus(is[m].Minus(was[m]))
			if !gone {
				continue
			}
			p := kpi.Period{Year: y, Month: m + 1}
			if series[m].LastDate, err = lastDated(ctx, w, unit, ind, p); err != nil {
				return err
			}
		}
		if err := w.SetSeries(ctx, key, y, series); err != nil {
			return err
		}
	}
	return nil
}

// lastDated returns the latest date behind one month of a figure: of the unit's own entries and of the
// stored figures of the units directly below, which must be up to date.
func lastDated(ctx context.Context, w *store.Writer, unit kpi.UnitID, ind kpi.Indicator,
	p kpi.Period) (kpi.Date, error) {
	own, err := ownTally(ctx, w, ind, p.Year, unit)
	last := own[p.Month-1].LastDate
	if err != nil || !ind.Reaches() {
		return last, err
	}
	below, err := w.ChildSeries(ctx, p.Year, ind.ID, unit)
	for _, series := range below {
		last = max(last, series[p.Month-1].LastDate)
	}
	return last, err
}

// ownLastDates returns the latest dates among the standing entries of exactly one unit, by indicator
// and month.
func ownLastDates(ctx context.Context, w *store.Writer, y kpi.Year,
	unit kpi.UnitID) (map[kpi.IndicatorID][12]kpi.Date, error) {
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return nil, err
	}
	updates, err := w.UnitUpdates(ctx, y, unit)
	logs := map[kpi.IndicatorID][]kpi.Update{}
	for _, u := range updates {
		logs[u.Indicator] = append(logs[u.Indicator], u)
	}
	out := map[kpi.IndicatorID][12]kpi.Date{}
	for id, log := range logs {
		var months [12]kpi.Date
		for m, t := range progress.Tally(kpi.Flow, rule, log, nil) { // the kind does not matter for dates
			months[m] = t.LastDate
		}
		out[id] = months
	}
	byID, sumErr := cachedIndicatorsByID(ctx, &w.Reader)
	for _, i := range byID {
		months := out[i.ID]
		for _, part := range i.Summands(byID) {
			for m, date := range out[part.ID] {
				months[m] = max(months[m], date)
			}
		}
		if i.SumOf != "" {
			out[i.ID] = months
		}
	}
	return out, errors.Join(err, sumErr)
}

// rebuild recomputes the figures of one indicator and year from its log.
func rebuild(ctx context.Context, w *store.Writer, y kpi.Year, ind kpi.Indicator, tree kpi.Tree) error {
	want, err := recompute(ctx, &w.Reader, y, ind, tree, nil)
	if err != nil {
		return err
	}
	have, err := w.IndicatorSeries(ctx, y, ind.ID)
	if err != nil {
		return err
	}
	for unit := range union(want, have) {
		if want[unit] == have[unit] {
			continue
		}
		if err := w.SetSeries(ctx, store.FigureKey{Unit: unit, Indicator: ind.ID}, y, want[unit]); err != nil {
			return err
		}
	}
	return nil
}
