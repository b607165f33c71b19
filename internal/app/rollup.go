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
	if !ind.Kind.OverUnits() {
		line = line[:1]
	}
	was, is := progress.Tally(ind.Kind, before), progress.Tally(ind.Kind, after)
	for m := range is {
		difference := is[m].Minus(was[m])
		if is[m] == was[m] {
			continue
		}
		p := kpi.Period{Year: y, Month: m + 1}
		for _, unit := range line {
			key := store.FigureKey{Unit: unit, Indicator: ind.ID}
			if err := w.AddTally(ctx, key, p, difference); err != nil {
				return err
			}
			if is[m].LastDate >= was[m].LastDate {
				continue
			}
			last, err := w.LastDated(ctx, unit, ind.ID, p)
			if err != nil {
				return err
			}
			if err := w.SetLastDate(ctx, key, p, last); err != nil {
				return err
			}
		}
	}
	return nil
}
