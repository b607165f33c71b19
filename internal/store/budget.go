package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

// BudgetLines lists a year's budget.
func (r *Reader) BudgetLines(ctx context.Context, y kpi.Year) ([]kpi.BudgetLine, error) {
	return all(ctx, r, scanBudgetLine, `SELECT year, fund, nature, opening, initial, full_year, income, spent, closing, months
		FROM budget_lines WHERE year = $1 ORDER BY
		CASE fund WHEN 'general' THEN 1 WHEN 'government_funds' THEN 2 WHEN 'state_capital' THEN 3 ELSE 4 END, nature`, y)
}

func scanBudgetLine(s scanner) (b kpi.BudgetLine, err error) {
	var initial, full sql.NullInt64
	var months string
	err = s.Scan(&b.Year, &b.Fund, &b.Nature, &b.Opening, &initial, &full, &b.Income, &b.Spent, &b.Closing, &months)
	if err != nil {
		return b, err
	}
	b.Initial, b.Full = amountPointer(initial), amountPointer(full)
	numbers, err := parseMonths(months)
	for m, n := range numbers {
		b.Months[m] = kpi.Amount(n)
	}
	return b, err
}

// SetBudgetLine keeps one line of a year's budget in place of an earlier one.
func (w *Writer) SetBudgetLine(ctx context.Context, b kpi.BudgetLine) error {
	return w.exec(ctx, `INSERT INTO budget_lines (year, fund, nature, opening, initial, full_year, income, spent, closing, months)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (year, fund, nature) DO UPDATE SET opening = excluded.opening, initial = excluded.initial,
		full_year = excluded.full_year, income = excluded.income, spent = excluded.spent, closing = excluded.closing,
		months = excluded.months`,
		b.Year, b.Fund, b.Nature, b.Opening, nullAmount(b.Initial), nullAmount(b.Full), b.Income, b.Spent, b.Closing,
		formatMonths(b.Months))
}

func amountPointer(n sql.NullInt64) *kpi.Amount {
	if !n.Valid {
		return nil
	}
	a := kpi.Amount(n.Int64)
	return &a
}

func nullAmount(a *kpi.Amount) sql.NullInt64 {
	if a == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: int64(*a), Valid: true}
}
