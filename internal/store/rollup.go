package store

import (
	"context"
	"fmt"
	"strings"

	"dabiao/internal/kpi"
)

// UnitSeries are the twelve months of every indicator of a unit and all below it.
func (r *Reader) UnitSeries(ctx context.Context, y kpi.Year, unit kpi.UnitID) (map[kpi.IndicatorID]kpi.Series, error) {
	return collect(ctx, r, func(row rollupRow) kpi.IndicatorID { return row.indicator },
		`WHERE unit_id = $1 AND year = $2`, unit, y)
}

// ChildSeries are the twelve months of one indicator of each unit directly below parent.
func (r *Reader) ChildSeries(ctx context.Context, y kpi.Year, id kpi.IndicatorID, parent kpi.UnitID) (map[kpi.UnitID]kpi.Series, error) {
	return collect(ctx, r, func(row rollupRow) kpi.UnitID { return row.unit },
		`WHERE indicator_id = $1 AND year = $2 AND unit_id IN (SELECT id FROM units WHERE parent_id = $3)`, id, y, parent)
}

// YearSeries are the twelve months of every unit and indicator of a year, for comparing the
// roll-up with the log.
func (r *Reader) YearSeries(ctx context.Context, y kpi.Year) (map[FigureKey]kpi.Series, error) {
	return collect(ctx, r, func(row rollupRow) FigureKey { return FigureKey{row.unit, row.indicator} }, `WHERE year = $1`, y)
}

// FigureKey names one unit's figure in one indicator.
type FigureKey struct {
	Unit      kpi.UnitID
	Indicator kpi.IndicatorID
}

type rollupRow struct {
	unit      kpi.UnitID
	indicator kpi.IndicatorID
	month     int
	tally     kpi.Tally
}

func collect[K comparable](ctx context.Context, r *Reader, key func(rollupRow) K, where string, args ...any) (map[K]kpi.Series, error) {
	rows, err := all(ctx, r, scanRollup, `SELECT unit_id, indicator_id, month, amount, entries, at_least, below, about,
		entry_sum, last_date FROM rollups `+where, args...)
	out := map[K]kpi.Series{}
	for _, row := range rows {
		s := out[key(row)]
		s[row.month-1] = row.tally
		out[key(row)] = s
	}
	return out, err
}

func scanRollup(s scanner) (row rollupRow, err error) {
	t := &row.tally
	err = s.Scan(&row.unit, &row.indicator, &row.month, &t.Amount, &t.Entries, &t.AtLeast, &t.Below, &t.About,
		&t.EntrySum, &t.LastDate)
	return row, err
}

// AddTally adds a difference to one month of a figure. d.LastDate replaces the stored date when it
// is later; use [Writer.SetLastDate] when it became earlier.
func (w *Writer) AddTally(ctx context.Context, key FigureKey, p kpi.Period, d kpi.Tally) error {
	return w.exec(ctx, `INSERT INTO rollups (unit_id, year, indicator_id, month, amount, entries, at_least, below, about, entry_sum, last_date)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (unit_id, year, indicator_id, month) DO UPDATE SET
		amount = rollups.amount + excluded.amount, entries = rollups.entries + excluded.entries,
		at_least = rollups.at_least + excluded.at_least, below = rollups.below + excluded.below,
		about = rollups.about + excluded.about, entry_sum = rollups.entry_sum + excluded.entry_sum,
		last_date = CASE WHEN excluded.last_date > rollups.last_date THEN excluded.last_date ELSE rollups.last_date END`,
		key.Unit, p.Year, key.Indicator, p.Month, d.Amount, d.Entries, d.AtLeast, d.Below, d.About, d.EntrySum, d.LastDate)
}

// SetLastDate replaces the date of one month of a figure.
func (w *Writer) SetLastDate(ctx context.Context, key FigureKey, p kpi.Period, last kpi.Date) error {
	return w.exec(ctx, `UPDATE rollups SET last_date = $1 WHERE unit_id = $2 AND year = $3 AND indicator_id = $4 AND month = $5`,
		last, key.Unit, p.Year, key.Indicator, p.Month)
}

// list makes "$1, $2, …" and its arguments.
func list[T any](values []T) (marks string, args []any) {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
		args = append(args, v)
	}
	return b.String(), args
}
