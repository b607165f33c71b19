package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
)

// doubtsAtOnce is how many entries a query names: databases bound how many arguments it has.
const doubtsAtOnce = 5_000

// Doubts returns what was asked about those of the given entries that were saved all the same.
func (r *Reader) Doubts(ctx context.Context, ids []kpi.UpdateID) (map[kpi.UpdateID]kpi.Text, error) {
	out := map[kpi.UpdateID]kpi.Text{}
	for some := range slices.Chunk(ids, doubtsAtOnce) {
		marks, args := list(some)
		found, err := all(ctx, r, scanDoubt, `SELECT update_id, question FROM doubts WHERE update_id IN (`+marks+`)`, args...)
		if err != nil {
			return out, err
		}
		for _, d := range found {
			out[d.Update] = d.Question
		}
	}
	return out, nil
}

func scanDoubt(s scanner) (d kpi.Doubt, err error) {
	var question string
	if err := s.Scan(&d.Update, &question); err != nil {
		return d, err
	}
	if err := json.Unmarshal([]byte(question), &d.Question); err != nil {
		return d, fmt.Errorf("question about entry %d: %w", d.Update, err)
	}
	return d, nil
}

// InsertDoubts adds what was asked about new entries.
func (w *Writer) InsertDoubts(_ context.Context, doubts ...kpi.Doubt) error {
	for _, d := range doubts {
		question, err := json.Marshal(d.Question)
		if err != nil {
			return fmt.Errorf("question about entry %d: %w", d.Update, err)
		}
		row := []any{int64(d.Update), string(question)}
		w.tx.work.own.doubts = append(w.tx.work.own.doubts, row)
		w.hold("doubts", row)
	}
	return nil
}

// DayUpdates lists the entries of the given days, standing or not, of the units directly below any of
// the given ones.
func (r *Reader) DayUpdates(ctx context.Context, y kpi.Year, days []kpi.Date, indicators []kpi.IndicatorID,
	parents []kpi.UnitID) ([]kpi.Update, error) {
	if len(days) == 0 || len(indicators) == 0 || len(parents) == 0 {
		return nil, nil
	}
	ask := func() ([]kpi.Update, error) { return r.storedDays(ctx, y, days, indicators, parents) }
	if d := r.tx.work; d != nil && len(days)*len(indicators)*len(parents) == 1 {
		return r.dayBelow(d, dayBelow{days[0], indicators[0], parents[0]}, ask)
	}
	return ask()
}

func (r *Reader) storedDays(ctx context.Context, y kpi.Year, days []kpi.Date, indicators []kpi.IndicatorID,
	parents []kpi.UnitID) ([]kpi.Update, error) {
	on, args := list(days)
	of, more := listFrom(len(args)+1, indicators)
	args = append(args, more...)
	under, more := listFrom(len(args)+1, parents)
	args = append(append(args, more...), y)
	return all(ctx, r, scanUpdate, fmt.Sprintf(updateQuery+`WHERE u.dated IN (%s) AND u.indicator_id IN (%s)
		AND u.unit_id IN (SELECT id FROM units WHERE parent_id IN (%s)) AND `+yearOfEntry+` = $%d
		ORDER BY u.id`, on, of, under, len(args)), args...)
}
