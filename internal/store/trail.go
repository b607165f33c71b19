package store

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
)

// EntriesOf lists a year's entries for the given indicators at a unit and all below it, standing or
// not, by indicator and then by date.
func (r *Reader) EntriesOf(ctx context.Context, y kpi.Year, unit kpi.UnitID,
	ids []kpi.IndicatorID) ([]kpi.Update, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids)
	where := fmt.Sprintf(`WHERE u.indicator_id IN (%s) AND `+yearOfEntry+` = $%d AND +u.unit_id IN `+subtreeOf+`
		ORDER BY u.indicator_id, u.dated, u.id`, marks, len(args)+1, len(args)+2)
	return all(ctx, r, scanUpdate, updateQuery+where, append(args, y, unit)...)
}

// BelowSeries returns the twelve months of every indicator for each unit directly below parent.
func (r *Reader) BelowSeries(ctx context.Context, y kpi.Year, parent kpi.UnitID) (map[FigureKey]kpi.Series, error) {
	return collect(ctx, r, func(k FigureKey) FigureKey { return k },
		`WHERE unit_id IN (SELECT id FROM units WHERE parent_id = $1) AND year = $2`, parent, y)
}
