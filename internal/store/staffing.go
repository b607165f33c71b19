package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

// Staffing lists a year's staff by kind, in no particular order.
func (r *Reader) Staffing(ctx context.Context, y kpi.Year) ([]kpi.StaffCount, error) {
	return all(ctx, r, func(s scanner) (c kpi.StaffCount, err error) {
		var posts, people sql.NullInt64
		err = s.Scan(&c.Kind, &posts, &people)
		c.Posts, c.People = countPointer(posts), countPointer(people)
		return c, err
	}, `SELECT kind, posts, people FROM staffing WHERE year = $1 ORDER BY kind`, y)
}

// SetStaffing stores the staff of a kind, replacing earlier figures.
func (w *Writer) SetStaffing(ctx context.Context, y kpi.Year, c kpi.StaffCount) error {
	return w.exec(ctx, `INSERT INTO staffing (year, kind, posts, people) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year, kind) DO UPDATE SET posts = excluded.posts, people = excluded.people`,
		y, c.Kind, nullCount(c.Posts), nullCount(c.People))
}

// OfficialCosts lists a year's official costs by kind, in no particular order.
func (r *Reader) OfficialCosts(ctx context.Context, y kpi.Year) ([]kpi.OfficialCost, error) {
	return all(ctx, r, func(s scanner) (c kpi.OfficialCost, err error) {
		var last, initial, full, spent sql.NullInt64
		err = s.Scan(&c.Kind, &last, &initial, &full, &spent)
		c.Last, c.Initial, c.Full, c.Spent = amountPointer(last), amountPointer(initial),
			amountPointer(full), amountPointer(spent)
		return c, err
	}, `SELECT kind, last_year, initial, full_year, spent FROM official_costs WHERE year = $1 ORDER BY kind`, y)
}

// SetOfficialCost stores the costs of a kind, replacing earlier figures.
func (w *Writer) SetOfficialCost(ctx context.Context, y kpi.Year, c kpi.OfficialCost) error {
	return w.exec(ctx, `INSERT INTO official_costs (year, kind, last_year, initial, full_year, spent)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (year, kind) DO UPDATE SET last_year = excluded.last_year, initial = excluded.initial,
		full_year = excluded.full_year, spent = excluded.spent`,
		y, c.Kind, nullAmount(c.Last), nullAmount(c.Initial), nullAmount(c.Full), nullAmount(c.Spent))
}

func countPointer(n sql.NullInt64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.Int64
}

func nullCount(n *int64) sql.NullInt64 {
	if n == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: *n, Valid: true}
}
