package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// rollUp carries a change of one unit's own log into the figures of the unit and, where the kind
// adds up over units, of all its ancestors: the difference of the two tallies, month by month.
// line begins with the unit.
func rollUp(ctx context.Context, w *store.Writer, ind kpi.Indicator, line []kpi.UnitID, y kpi.Year, before, after []kpi.Update) error {
	was, is := progress.Tally(ind.Kind, before), progress.Tally(ind.Kind, after)
	if was == is {
		return nil
	}
	if !ind.Kind.OverUnits() {
		line = line[:1]
	}
	if past, err := knownMoves(ctx, &w.Reader); err != nil {
		return err
	} else if len(past) > 0 && ind.Kind.OverUnits() {
		return rollUpMoved(ctx, w, ind, line[0], y, was, is)
	}
	kept, err := w.LineSeries(ctx, y, ind.ID, line)
	if err != nil {
		return err
	}
	for _, unit := range line {
		series := kept[unit]
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
		if err := w.SetSeries(ctx, store.FigureKey{Unit: unit, Indicator: ind.ID}, y, series); err != nil {
			return err
		}
	}
	return nil
}

// lastDated is the latest date behind one month of a figure: of the unit's own entries and of what
// is kept for the units directly below, which must be up to date.
func lastDated(ctx context.Context, w *store.Writer, unit kpi.UnitID, ind kpi.Indicator, p kpi.Period) (kpi.Date, error) {
	last, err := w.LastDated(ctx, unit, ind.ID, p)
	if err != nil || !ind.Kind.OverUnits() {
		return last, err
	}
	below, err := w.ChildSeries(ctx, p.Year, ind.ID, unit)
	for _, series := range below {
		last = max(last, series[p.Month-1].LastDate)
	}
	return last, err
}
