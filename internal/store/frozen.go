package store

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
)

// frozenAt is a figure as it was kept at one moment.
type frozenAt struct {
	*kpi.Frozen
	year kpi.Year
	key  FigureKey
	at   kpi.UnixMilli
}

// fillSigns fills in the signs of the targets that figures had when they were kept, which the history of targets
// knows: without its sign a limit reads as something to be reached.
func (r *Reader) fillSigns(ctx context.Context, frozen []frozenAt) error {
	years := map[kpi.Year][]frozenAt{}
	for _, f := range frozen {
		if f.Target != nil && f.key.Indicator != 0 {
			years[f.year] = append(years[f.year], f)
		}
	}
	for y, of := range years {
		var units []kpi.UnitID
		var indicators []kpi.IndicatorID
		for _, f := range of {
			units, indicators = append(units, f.key.Unit), append(indicators, f.key.Indicator)
		}
		slices.Sort(units)
		slices.Sort(indicators)
		history, err := r.FiguresTargets(ctx, y, slices.Compact(units), slices.Compact(indicators))
		if err != nil {
			return err
		}
		for _, t := range history {
			for _, f := range of {
				if f.key == (FigureKey{t.Unit, t.Indicator}) && t.SetAt <= f.at && t.Amount == *f.Target {
					f.Sign = t.Sign
				}
			}
		}
	}
	return nil
}
