package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

const indicatorColumns = `i.id, i.code, i.area_id, i.name, i.name_en, i.kind, i.measure, i.decimals, i.direction,
	i.category, i.definition, i.source, i.owner, i.numerator_id, i.denominator_id, i.part_of_id, i.starts, i.note, i.sort,
	i.partners, COALESCE(i.archived_at, 0), i.factor, i.units_rule, i.sum_of, i.owner_at`

// Indicators lists all indicators of all years in order.
func (r *Reader) Indicators(ctx context.Context) ([]kpi.Indicator, error) {
	return all(ctx, r, scanIndicator, `SELECT `+indicatorColumns+` FROM indicators i ORDER BY i.sort, i.id`)
}

// YearIndicators lists a year's indicators in order, except those archived while it was open.
func (r *Reader) YearIndicators(ctx context.Context, y kpi.Year) ([]kpi.Indicator, error) {
	return all(ctx, r, scanIndicator, `SELECT `+indicatorColumns+` FROM indicators i
		JOIN year_indicators y ON y.indicator_id = i.id AND y.year = $1 AND y.archived = 0 ORDER BY i.sort, i.id`, y)
}

// Indicator returns the indicator with a code.
func (r *Reader) Indicator(ctx context.Context, code string) (kpi.Indicator, error) {
	return one(ctx, r, kpi.Missing("indicator_not_found", code), scanIndicator,
		`SELECT `+indicatorColumns+` FROM indicators i WHERE i.code = $1`, code)
}

// IndicatorByID returns the indicator with an ID.
func (r *Reader) IndicatorByID(ctx context.Context, id kpi.IndicatorID) (kpi.Indicator, error) {
	return one(ctx, r, kpi.Missing("indicator_not_found", int64(id)), scanIndicator,
		`SELECT `+indicatorColumns+` FROM indicators i WHERE i.id = $1`, id)
}

// FillIndicators sets the values of m to the indicators with its keys as IDs.
func (r *Reader) FillIndicators(ctx context.Context, m map[kpi.IndicatorID]kpi.Indicator) error {
	return fill(ctx, r, m, scanIndicator, func(v kpi.Indicator) (kpi.IndicatorID, kpi.Indicator) { return v.ID, v },
		`SELECT `+indicatorColumns+` FROM indicators i WHERE i.id IN (%s)`)
}

func scanIndicator(s scanner) (i kpi.Indicator, err error) {
	var area, numerator, denominator, partOf sql.NullInt64
	err = s.Scan(&i.ID, &i.Code, &area, &i.Name, &i.NameEn, &i.Kind, &i.Measure, &i.Decimals, &i.Direction,
		&i.Category, &i.Definition, &i.Source, &i.Owner, &numerator, &denominator, &partOf, &i.Starts, &i.Note, &i.Sort,
		&i.Partners, &i.ArchivedAt, &i.Factor, &i.Units, &i.SumOf, &i.OwnerAt)
	i.Area = kpi.AreaID(area.Int64)
	i.Numerator, i.Denominator = kpi.IndicatorID(numerator.Int64), kpi.IndicatorID(denominator.Int64)
	i.PartOf = kpi.IndicatorID(partOf.Int64)
	return i, err
}

// InYear reports whether an indicator is part of a year, archived or not.
func (r *Reader) InYear(ctx context.Context, y kpi.Year, id kpi.IndicatorID) (bool, error) {
	n, err := one(ctx, r, nil, func(s scanner) (n int, err error) { err = s.Scan(&n); return n, err },
		`SELECT COUNT(*) FROM year_indicators WHERE year = $1 AND indicator_id = $2`, y, id)
	return n > 0, err
}

// InsertIndicator adds an indicator and returns its ID.
func (w *Writer) InsertIndicator(ctx context.Context, i kpi.Indicator) (kpi.IndicatorID, error) {
	return insert[kpi.IndicatorID](ctx, w, `INSERT INTO indicators (code, area_id, name, name_en, kind, measure,
		decimals, direction, category, definition, source, owner, numerator_id, denominator_id, part_of_id, starts,
		note, sort, partners, factor,
		units_rule, sum_of)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		i.Code, ref(i.Area), i.Name, i.NameEn, i.Kind, i.Measure, i.Decimals, i.Direction, i.Category, i.Definition,
		i.Source, i.Owner, ref(i.Numerator), ref(i.Denominator), ref(i.PartOf), i.Starts, i.Note, i.Sort, i.Partners,
		i.Factor, i.Units, i.SumOf)
}

// InsertYearIndicator adds an indicator to a year. Calling it again changes nothing.
func (w *Writer) InsertYearIndicator(ctx context.Context, y kpi.Year, id kpi.IndicatorID, at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO year_indicators (year, indicator_id, added_at) VALUES ($1, $2, $3)
		ON CONFLICT (year, indicator_id) DO NOTHING`, y, id, at)
}

// YearAdded returns when each indicator came into a year.
func (r *Reader) YearAdded(ctx context.Context, y kpi.Year) (map[kpi.IndicatorID]kpi.UnixMilli, error) {
	return r.moments(ctx, `SELECT indicator_id, added_at FROM year_indicators WHERE year = $1`, y)
}

// TakenOn returns when each indicator somebody has taken on was first taken on by one of those who still answer for
// it.
func (r *Reader) TakenOn(ctx context.Context) (map[kpi.IndicatorID]kpi.UnixMilli, error) {
	return r.moments(ctx, `SELECT indicator_id, MIN(added_at) FROM owners GROUP BY indicator_id`)
}

func (r *Reader) moments(ctx context.Context, query string,
	args ...any) (map[kpi.IndicatorID]kpi.UnixMilli, error) {
	type moment struct {
		id kpi.IndicatorID
		at kpi.UnixMilli
	}
	found, err := all(ctx, r, func(s scanner) (m moment, err error) { err = s.Scan(&m.id, &m.at); return m, err },
		query, args...)
	out := make(map[kpi.IndicatorID]kpi.UnixMilli, len(found))
	for _, m := range found {
		out[m.id] = m.at
	}
	return out, err
}

// CopyYearIndicators adds the indicators of one year that are still in use to another.
func (w *Writer) CopyYearIndicators(ctx context.Context, from, to kpi.Year, at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO year_indicators (year, indicator_id, added_at)
		SELECT CAST($1 AS INTEGER), indicator_id, CAST($3 AS BIGINT) FROM year_indicators WHERE year = $2
		AND indicator_id IN (SELECT id FROM indicators WHERE archived_at IS NULL)
		ON CONFLICT (year, indicator_id) DO NOTHING`, to, from, at)
}

// SetIndicator replaces an indicator's definition, except its code and its position.
func (w *Writer) SetIndicator(ctx context.Context, i kpi.Indicator) error {
	return w.exec(ctx, `UPDATE indicators SET area_id = $2, name = $3, name_en = $4, kind = $5, measure = $6,
		decimals = $7,
		direction = $8, category = $9, definition = $10, source = $11, owner = $12, numerator_id = $13, denominator_id = $14,
		part_of_id = $15, starts = $16, note = $17, partners = $18, factor = $19,
		units_rule = $20, sum_of = $21, owner_at = $22 WHERE id = $1`,
		i.ID, ref(i.Area), i.Name, i.NameEn, i.Kind, i.Measure, i.Decimals, i.Direction, i.Category, i.Definition,
		i.Source, i.Owner, ref(i.Numerator), ref(i.Denominator), ref(i.PartOf), i.Starts, i.Note, i.Partners,
		i.Factor, i.Units, i.SumOf, i.OwnerAt)
}

// SetIndicatorSort sets an indicator's position.
func (w *Writer) SetIndicatorSort(ctx context.Context, id kpi.IndicatorID, sort int) error {
	return w.exec(ctx, `UPDATE indicators SET sort = $1 WHERE id = $2`, sort, id)
}

// ArchiveIndicator takes an indicator out of use and off the boards of open years.
func (w *Writer) ArchiveIndicator(ctx context.Context, id kpi.IndicatorID, at kpi.UnixMilli) error {
	if err := w.exec(ctx, `UPDATE indicators SET archived_at = $1 WHERE id = $2`, at, id); err != nil {
		return err
	}
	return w.exec(ctx, `UPDATE year_indicators SET archived = 1 WHERE indicator_id = $1
		AND year IN (SELECT year FROM years WHERE state = 'open')`, id)
}

// RestoreIndicator takes an indicator back into use and onto the boards of open years, where it begins anew at the
// given moment; 0: it never was away.
func (w *Writer) RestoreIndicator(ctx context.Context, id kpi.IndicatorID, at kpi.UnixMilli) error {
	if err := w.exec(ctx, `UPDATE indicators SET archived_at = NULL WHERE id = $1`, id); err != nil {
		return err
	}
	return w.exec(ctx, `UPDATE year_indicators SET archived = 0,
		added_at = CASE WHEN CAST($2 AS BIGINT) > 0 THEN CAST($2 AS BIGINT) ELSE added_at END WHERE indicator_id = $1
		AND year IN (SELECT year FROM years WHERE state = 'open')`, id, at)
}

// IsUsed reports whether anything was ever logged for an indicator, and whether it ever had a target.
func (r *Reader) IsUsed(ctx context.Context, id kpi.IndicatorID) (logged, targeted bool, err error) {
	err = r.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM updates WHERE indicator_id = $1),
		EXISTS (SELECT 1 FROM targets WHERE indicator_id = $1)`, id).Scan(&logged, &targeted)
	return logged, targeted, err
}
