package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

// NoticeStates returns the states of a year's figures at the last check for notices, by indicator; 0 is
// the budget.
func (r *Reader) NoticeStates(ctx context.Context, y kpi.Year) (map[kpi.IndicatorID]string, error) {
	type row struct {
		subject kpi.IndicatorID
		state   string
	}
	rows, err := all(ctx, r, func(s scanner) (v row, err error) { err = s.Scan(&v.subject, &v.state); return v, err },
		`SELECT subject, state FROM notice_states WHERE year = $1`, y)
	out := map[kpi.IndicatorID]string{}
	for _, v := range rows {
		out[v.subject] = v.state
	}
	return out, err
}

// SetNoticeState stores the state of a figure.
func (w *Writer) SetNoticeState(ctx context.Context, y kpi.Year, subject kpi.IndicatorID, state string) error {
	return w.exec(ctx, `INSERT INTO notice_states (year, subject, state) VALUES ($1, $2, $3)
		ON CONFLICT (year, subject) DO UPDATE SET state = excluded.state`, y, subject, state)
}

// InsertNotice adds a notice; ok is false if there is already one of its kind for the same subject and
// day.
func (w *Writer) InsertNotice(ctx context.Context, n kpi.Notice) (id kpi.NoticeID, ok bool, err error) {
	amount, target, rate := frozenColumns(n.Frozen)
	known, err := all(ctx, &w.Reader, func(s scanner) (id kpi.NoticeID, err error) { err = s.Scan(&id); return id, err },
		`SELECT id FROM notices WHERE year = $1 AND kind = $2 AND subject = $3 AND dated = $4`, n.Year,
		n.Kind, n.Indicator.ID, n.Dated)
	if err != nil || len(known) > 0 {
		return 0, false, err
	}
	id, err = insert[kpi.NoticeID](ctx, w, `INSERT INTO notices
		(kind, year, subject, dated, light, month, amount, prec, wording, target, rate, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		n.Kind, n.Year, n.Indicator.ID, n.Dated, n.Light, n.Month,
		amount, n.Quantity.Precision, n.Quantity.Wording, target, rate, n.At)
	return id, err == nil, err
}

func frozenColumns(f kpi.Frozen) (amount, target, rate sql.NullInt64) {
	if f.HasAmount {
		amount = sql.NullInt64{Int64: int64(f.Quantity.Amount), Valid: true}
	}
	if f.Target != nil {
		target = sql.NullInt64{Int64: int64(*f.Target), Valid: true}
	}
	if f.Rate != nil {
		rate = sql.NullInt64{Int64: int64(*f.Rate), Valid: true}
	}
	return amount, target, rate
}

// setFrozen sets the amounts of a frozen figure from its columns.
func setFrozen(f *kpi.Frozen, amount, target, rate sql.NullInt64) {
	f.HasAmount, f.Quantity.Amount = amount.Valid, kpi.Amount(amount.Int64)
	if target.Valid {
		t := kpi.Amount(target.Int64)
		f.Target = &t
	}
	if rate.Valid {
		p := kpi.Percent(rate.Int64)
		f.Rate = &p
	}
}

const noticeQuery = `SELECT n.id, n.kind, n.year, n.subject, n.dated, n.light, n.month, n.amount, n.prec, n.wording,
	n.target, n.rate, n.at
	FROM notices n `

func scanNotice(s scanner) (n kpi.Notice, err error) {
	var amount, target, rate sql.NullInt64
	err = s.Scan(&n.ID, &n.Kind, &n.Year, &n.Indicator.ID, &n.Dated, &n.Light, &n.Month, &amount, &n.Quantity.Precision,
		&n.Quantity.Wording, &target, &rate, &n.At)
	setFrozen(&n.Frozen, amount, target, rate)
	return n, err
}

// Notices lists up to limit notices with IDs below before (0: from the newest), newest first.
func (r *Reader) Notices(ctx context.Context, before kpi.NoticeID, limit int) ([]kpi.Notice, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	notices, err := all(ctx, r, scanNotice, noticeQuery+`WHERE n.id < $1 ORDER BY n.id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, err
	}
	return notices, r.fillNoticeIndicators(ctx, notices)
}

// fillNoticeIndicators fills in the indicators of notices, and the word that each year's rules have for their
// lights.
func (r *Reader) fillNoticeIndicators(ctx context.Context, notices []kpi.Notice) error {
	names := map[kpi.IndicatorID]kpi.Indicator{}
	for _, n := range notices {
		if n.Indicator.ID != 0 {
			names[n.Indicator.ID] = kpi.Indicator{}
		}
	}
	if err := r.FillIndicators(ctx, names); err != nil {
		return err
	}
	rules := map[kpi.Year]kpi.RuleSet{}
	for i := range notices {
		n := &notices[i]
		n.Indicator = names[n.Indicator.ID]
		if _, ok := rules[n.Year]; !ok {
			of, err := r.Rules(ctx, n.Year)
			if err != nil {
				return err
			}
			rules[n.Year] = of.RuleSet
		}
		n.Stands = n.Standing(rules[n.Year])
	}
	if len(notices) == 0 {
		return nil
	}
	root, err := r.Root(ctx)
	if err != nil {
		return err
	}
	frozen := make([]frozenAt, len(notices))
	for i := range notices {
		n := &notices[i]
		frozen[i] = frozenAt{&n.Frozen, n.Year, FigureKey{root.ID, n.Indicator.ID}, n.At}
	}
	return r.fillSigns(ctx, frozen)
}

// CountNoticesSince returns the number of notices from a moment on.
func (r *Reader) CountNoticesSince(ctx context.Context, at kpi.UnixMilli) (int, error) {
	return one(ctx, r, nil, scanCount, `SELECT COUNT(*) FROM notices WHERE at >= $1`, at)
}

func scanCount(s scanner) (n int, err error) {
	err = s.Scan(&n)
	return n, err
}
