package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

// BudgetLines lists a year's budget in the order of the funds.
func (r *Reader) BudgetLines(ctx context.Context, y kpi.Year) ([]kpi.BudgetLine, error) {
	return all(ctx, r, scanBudgetLine, `SELECT year, fund, nature, opening, initial, full_year, income, spent, closing,
		months
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

// SetBudgetLine stores one line of a year's budget, replacing an earlier one.
func (w *Writer) SetBudgetLine(ctx context.Context, b kpi.BudgetLine) error {
	return w.exec(ctx, `INSERT INTO budget_lines (year, fund, nature, opening, initial, full_year, income, spent,
		closing, months)
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

// BudgetRevisions lists the history of a year's budget, oldest first.
func (r *Reader) BudgetRevisions(ctx context.Context, y kpi.Year) ([]kpi.BudgetRevision, error) {
	return all(ctx, r, func(s scanner) (b kpi.BudgetRevision, err error) {
		var initial, full sql.NullInt64
		err = s.Scan(&b.ID, &b.Year, &b.Fund, &b.Nature, &initial, &full, &b.Dated, &b.Document,
			&b.Reason, &b.SetBy, &b.SetAt)
		b.Initial, b.Full = amountPointer(initial), amountPointer(full)
		return b, err
	}, `SELECT id, year, fund, nature, initial, full_year, dated, document, reason, set_by, set_at
		FROM budget_revisions WHERE year = $1 ORDER BY id`, y)
}

// InsertBudgetRevision adds an entry to the history.
func (w *Writer) InsertBudgetRevision(ctx context.Context, b kpi.BudgetRevision) error {
	return w.exec(ctx, `INSERT INTO budget_revisions (year, fund, nature, initial, full_year, dated, document, reason,
		set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		b.Year, b.Fund, b.Nature, nullAmount(b.Initial), nullAmount(b.Full), b.Dated, b.Document, b.Reason, b.SetBy, b.SetAt)
}

// BudgetSources lists a year's income by source, in no particular order.
func (r *Reader) BudgetSources(ctx context.Context, y kpi.Year) ([]kpi.SourceIncome, error) {
	return all(ctx, r, func(s scanner) (i kpi.SourceIncome, err error) {
		err = s.Scan(&i.Source, &i.Amount)
		return i, err
	}, `SELECT source, amount FROM budget_sources WHERE year = $1 ORDER BY source`, y)
}

// SetBudgetSources replaces a year's income by source.
func (w *Writer) SetBudgetSources(ctx context.Context, y kpi.Year, sources []kpi.SourceIncome) error {
	if err := w.exec(ctx, `DELETE FROM budget_sources WHERE year = $1`, y); err != nil {
		return err
	}
	for _, s := range sources {
		if err := w.exec(ctx, `INSERT INTO budget_sources (year, source, amount) VALUES ($1, $2, $3)`, y,
			s.Source, s.Amount); err != nil {
			return err
		}
	}
	return nil
}

// OtherMoney lists money that no budget line carries, in the order it was entered.
func (r *Reader) OtherMoney(ctx context.Context, y kpi.Year) ([]kpi.OtherMoney, error) {
	return all(ctx, r, func(s scanner) (o kpi.OtherMoney, err error) {
		err = s.Scan(&o.Name, &o.Amount, &o.Note)
		return o, err
	}, `SELECT name, amount, note FROM budget_others WHERE year = $1 ORDER BY id`, y)
}

// SetOtherMoney replaces a year's other money.
func (w *Writer) SetOtherMoney(ctx context.Context, y kpi.Year, others []kpi.OtherMoney) error {
	if err := w.exec(ctx, `DELETE FROM budget_others WHERE year = $1`, y); err != nil {
		return err
	}
	for _, o := range others {
		if err := w.exec(ctx, `INSERT INTO budget_others (year, name, amount, note) VALUES ($1, $2, $3, $4)`, y, o.Name,
			o.Amount, o.Note); err != nil {
			return err
		}
	}
	return nil
}
