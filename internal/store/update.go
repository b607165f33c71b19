package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

const updateQuery = `SELECT u.id, u.indicator_id, u.unit_id, u.dated, u.amount, u.prec, u.wording, u.level, u.note, u.act,
	u.answers_id, u.reason, u.origin, u.author, u.logged_at, later.id
	FROM updates u LEFT JOIN updates later ON later.answers_id = u.id `

// subtree is the units from unit $1 downwards, as a list for IN.
const subtree = `(WITH RECURSIVE below (id) AS (
	SELECT id FROM units WHERE id = $1 UNION ALL SELECT u.id FROM units u JOIN below b ON u.parent_id = b.id)
	SELECT id FROM below)`

// Update is one entry of the log.
func (r *Reader) Update(ctx context.Context, id kpi.UpdateID) (kpi.Update, error) {
	return one(ctx, r, kpi.Missing("update_not_found", int64(id)), scanUpdate, updateQuery+`WHERE u.id = $1`, id)
}

// FigureUpdates lists a year's entries of one unit alone in one indicator, standing or not.
func (r *Reader) FigureUpdates(ctx context.Context, y kpi.Year, id kpi.IndicatorID, unit kpi.UnitID) ([]kpi.Update, error) {
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.indicator_id = $1 AND u.unit_id = $2 AND u.dated BETWEEN $3 AND $4
		ORDER BY u.dated, u.id`, id, unit, kpi.Period{Year: y, Month: 1}.Start(), y.End())
}

// IndicatorUpdates lists a year's entries of all units in one indicator, standing or not.
func (r *Reader) IndicatorUpdates(ctx context.Context, y kpi.Year, id kpi.IndicatorID) ([]kpi.Update, error) {
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.indicator_id = $1 AND u.dated BETWEEN $2 AND $3
		ORDER BY u.dated, u.id`, id, kpi.Period{Year: y, Month: 1}.Start(), y.End())
}

// LogFilter narrows the log of a year.
type LogFilter struct {
	Year       kpi.Year
	Unit       kpi.UnitID         // with everything below it
	Indicators [2]kpi.IndicatorID // one, or the two of a ratio; zero: all
	Before     kpi.UpdateID       // only entries with a smaller ID; 0: from the newest
	Limit      int
}

// Log lists entries in the order they were logged, newest first.
func (r *Reader) Log(ctx context.Context, f LogFilter) ([]kpi.Update, error) {
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.unit_id IN `+subtree+`
		AND u.dated BETWEEN $2 AND $3
		AND (CAST($4 AS BIGINT) = 0 OR u.indicator_id IN ($4, $5))
		AND (CAST($6 AS BIGINT) = 0 OR u.id < $6)
		ORDER BY u.id DESC LIMIT $7`,
		f.Unit, kpi.Period{Year: f.Year, Month: 1}.Start(), f.Year.End(), f.Indicators[0], f.Indicators[1], f.Before, f.Limit)
}

// UpdatesByID gives the named entries.
func (r *Reader) UpdatesByID(ctx context.Context, ids []kpi.UpdateID) (map[kpi.UpdateID]kpi.Update, error) {
	out := map[kpi.UpdateID]kpi.Update{}
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := list(ids)
	rows, err := all(ctx, r, scanUpdate, updateQuery+`WHERE u.id IN (`+marks+`)`, args...)
	for _, u := range rows {
		out[u.ID] = u
	}
	return out, err
}

// LastDated is the latest date among the standing entries of a month in a unit and below it; ""
// without any.
func (r *Reader) LastDated(ctx context.Context, unit kpi.UnitID, id kpi.IndicatorID, p kpi.Period) (kpi.Date, error) {
	var last sql.NullString
	err := r.tx.QueryRowContext(ctx, `SELECT MAX(u.dated) FROM updates u LEFT JOIN updates later ON later.answers_id = u.id
		WHERE u.unit_id IN `+subtree+` AND u.indicator_id = $2 AND u.dated BETWEEN $3 AND $4
		AND later.id IS NULL AND u.act <> 'withdraw'`, unit, id, p.Start(), p.End()).Scan(&last)
	return kpi.Date(last.String), err
}

func scanUpdate(s scanner) (u kpi.Update, err error) {
	var answers, later sql.NullInt64
	err = s.Scan(&u.ID, &u.Indicator, &u.Unit, &u.Dated, &u.Quantity.Amount, &u.Quantity.Precision, &u.Quantity.Wording,
		&u.Level, &u.Note, &u.Act, &answers, &u.Reason, &u.Origin, &u.Author, &u.LoggedAt, &later)
	u.Answers, u.AnsweredBy = kpi.UpdateID(answers.Int64), kpi.UpdateID(later.Int64)
	return u, err
}

// InsertUpdate adds to the log and gives the entry its ID.
func (w *Writer) InsertUpdate(ctx context.Context, u kpi.Update) (kpi.UpdateID, error) {
	return insert[kpi.UpdateID](ctx, w, `INSERT INTO updates (indicator_id, unit_id, dated, amount, prec, wording, level,
		note, act, answers_id, reason, origin, author, logged_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
		u.Indicator, u.Unit, u.Dated, u.Quantity.Amount, u.Quantity.Precision, u.Quantity.Wording, u.Level, u.Note,
		u.Act, ref(u.Answers), u.Reason, u.Origin, u.Author, u.LoggedAt)
}
