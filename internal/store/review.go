package store

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
)

// LatestReviews returns the last review step of each of the given entries that has any.
func (r *Reader) LatestReviews(ctx context.Context, ids []kpi.UpdateID) (map[kpi.UpdateID]kpi.Review, error) {
	steps, err := r.Reviews(ctx, ids)
	out := map[kpi.UpdateID]kpi.Review{}
	for _, step := range steps {
		out[step.Update] = step
	}
	return out, err
}

// Reviews lists the review steps of the given entries, oldest first.
func (r *Reader) Reviews(ctx context.Context, ids []kpi.UpdateID) ([]kpi.Review, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids)
	return all(ctx, r, func(s scanner) (v kpi.Review, err error) {
		err = s.Scan(&v.Update, &v.Act, &v.State, &v.Reason, &v.By, &v.ByName, &v.At)
		return v, err
	}, `SELECT v.update_id, v.act, v.state, v.reason, v.done_by, COALESCE(NULLIF(a.full_name, ''), v.done_by), v.done_at
		FROM reviews v LEFT JOIN accounts a ON a.name = v.done_by WHERE v.update_id IN (`+marks+`) ORDER BY v.id`, args...)
}

// InsertReview adds a step, sets its entry's state accordingly, and returns the step's ID.
func (w *Writer) InsertReview(ctx context.Context, v kpi.Review) (int64, error) {
	id, err := insert[int64](ctx, w, `INSERT INTO reviews (update_id, act, state, reason, done_by, done_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, v.Update, v.Act, v.State, v.Reason, v.By, v.At)
	if err != nil {
		return 0, err
	}
	return id, w.exec(ctx, `UPDATE updates SET state = $1 WHERE id = $2`, v.State, v.Update)
}

// ReviewedTogether returns up to most entries whose steps were added together with the step first.
func (r *Reader) ReviewedTogether(ctx context.Context, first int64, most int) ([]kpi.UpdateID, error) {
	return all(ctx, r, func(s scanner) (id kpi.UpdateID, err error) { err = s.Scan(&id); return id, err },
		`SELECT v.update_id FROM reviews f JOIN reviews v ON v.id >= f.id AND v.id < f.id + $2 AND v.done_by = f.done_by
		AND v.done_at = f.done_at AND v.act = f.act AND v.reason = f.reason WHERE f.id = $1 ORDER BY v.id`, first, most)
}

// InsertReviews adds the first steps of new entries, which already have the resulting states.
func (w *Writer) InsertReviews(ctx context.Context, steps []kpi.Review) error {
	for _, v := range steps {
		id, err := w.number(ctx, func(n *lastIDs) *int64 { return &n.reviews })
		if err != nil {
			return err
		}
		row := []any{id, int64(v.Update), string(v.Act), string(v.State), v.Reason, v.By, int64(v.At)}
		w.tx.work.own.reviews = append(w.tx.work.own.reviews, row)
		w.hold("reviews", row)
	}
	return nil
}

// inReview selects the entries of year $1 in state $2, which must not be approved, that no later entry
// answers. The first condition is that of the partial index.
const inReview = `u.state <> 'approved' AND ` + yearOfEntry + ` = $1 AND u.state = $2 AND later.id IS NULL `

// reviewLog reads the log of entries not approved.
func (r *Reader) reviewLog(ctx context.Context, f LogFilter) ([]kpi.Update, error) {
	where, args := `WHERE `+inReview+`AND u.id < $3`, []any{f.Year, f.State, f.Before}
	narrow := func(condition string, arg any) {
		args = append(args, arg)
		where += fmt.Sprintf(condition, len(args))
	}
	if f.Indicator != 0 {
		narrow(` AND u.indicator_id = $%d`, f.Indicator)
	}
	if f.Unit != 0 {
		narrow(` AND +u.unit_id IN `+subtreeOf, f.Unit)
	}
	if f.Author != "" {
		narrow(` AND u.author = $%d`, f.Author)
	}
	narrow(` ORDER BY u.id DESC LIMIT $%d`, f.Limit)
	return all(ctx, r, scanUpdate, updateQuery+where, args...)
}

// CountInReview returns the number of a year's entries in a state other than approved, in a unit and
// all below it; unit 0 means everywhere.
func (r *Reader) CountInReview(ctx context.Context, y kpi.Year, s kpi.State, unit kpi.UnitID) (n int, err error) {
	from := `SELECT COUNT(*) FROM updates u LEFT JOIN updates later ON later.answers_id = u.id WHERE ` + inReview
	args := []any{y, s}
	if unit != 0 {
		from += `AND +u.unit_id IN ` + fmt.Sprintf(subtreeOf, 3)
		args = append(args, unit)
	}
	err = r.tx.QueryRowContext(ctx, from, args...).Scan(&n)
	return n, err
}

// IndicatorsInReview returns the indicators with submitted entries in a year, answered or not.
func (r *Reader) IndicatorsInReview(ctx context.Context, y kpi.Year) ([]kpi.IndicatorID, error) {
	return all(ctx, r, func(s scanner) (id kpi.IndicatorID, err error) { err = s.Scan(&id); return id, err },
		`SELECT DISTINCT u.indicator_id FROM updates u WHERE u.state <> 'approved' AND `+yearOfEntry+
			` = $1 AND u.state = 'submitted'`, y)
}

// chainFrom is a table (id) of some entries and all that answer them.
const chainFrom = `WITH RECURSIVE chain (id) AS (
	SELECT id FROM updates WHERE id IN (%s) UNION SELECT u.id FROM updates u JOIN chain c ON u.answers_id = c.id) `

// ChainsFrom lists the given entries and all that answer them, oldest first.
func (r *Reader) ChainsFrom(ctx context.Context, ids []kpi.UpdateID) ([]kpi.Update, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids)
	return all(ctx, r, scanUpdate, fmt.Sprintf(chainFrom, marks)+updateQuery+
		`JOIN chain ON chain.id = u.id ORDER BY u.id`, args...)
}

// Fact lists all entries about the same fact as the given one, oldest first.
func (r *Reader) Fact(ctx context.Context, id kpi.UpdateID) ([]kpi.Update, error) {
	return all(ctx, r, scanUpdate, `WITH RECURSIVE up (id, answers_id) AS (
		SELECT id, answers_id FROM updates WHERE id = $1
		UNION ALL SELECT u.id, u.answers_id FROM updates u JOIN up ON u.id = up.answers_id),
		chain (id) AS (SELECT id FROM up UNION SELECT u.id FROM updates u JOIN chain c ON u.answers_id = c.id) `+
		updateQuery+`JOIN chain ON chain.id = u.id ORDER BY u.id`, id)
}

// StatesAstray lists entries whose state differs from the latest step of their review.
func (r *Reader) StatesAstray(ctx context.Context) ([]kpi.Update, error) {
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.state <> COALESCE(
		(SELECT v.state FROM reviews v WHERE v.update_id = u.id ORDER BY v.id DESC LIMIT 1), 'approved') ORDER BY u.id`)
}
