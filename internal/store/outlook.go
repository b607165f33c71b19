package store

import (
	"context"
	"strings"

	"dabiao/internal/kpi"
)

// Outlooks lists the outlooks given for a month.
func (r *Reader) Outlooks(ctx context.Context, p kpi.Period) ([]kpi.Outlook, error) {
	return all(ctx, r, scanOutlook, `SELECT year, month, indicator_id, possibility, causes, reason, remark, set_by, set_at
		FROM outlooks WHERE year = $1 AND month = $2 ORDER BY indicator_id`, p.Year, p.Month)
}

func scanOutlook(s scanner) (o kpi.Outlook, err error) {
	var causes string
	err = s.Scan(&o.Year, &o.Month, &o.Indicator, &o.Possibility, &causes, &o.Reason, &o.Remark, &o.SetBy, &o.SetAt)
	for cause := range strings.SplitSeq(causes, ",") {
		if cause != "" {
			o.Causes = append(o.Causes, kpi.Cause(cause))
		}
	}
	return o, err
}

// SetOutlook stores an indicator's outlook for a month, replacing an earlier one.
func (w *Writer) SetOutlook(ctx context.Context, o kpi.Outlook) error {
	causes := make([]string, len(o.Causes))
	for i, c := range o.Causes {
		causes[i] = string(c)
	}
	return w.exec(ctx, `INSERT INTO outlooks (year, month, indicator_id, possibility, causes, reason, remark,
		set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (year, month, indicator_id) DO UPDATE SET
		possibility = excluded.possibility, causes = excluded.causes, reason = excluded.reason, remark = excluded.remark,
		set_by = excluded.set_by, set_at = excluded.set_at`,
		o.Year, o.Month, o.Indicator, o.Possibility, strings.Join(causes, ","), o.Reason, o.Remark, o.SetBy, o.SetAt)
}

// Expectations lists a unit's estimates for the year given in a month.
func (r *Reader) Expectations(ctx context.Context, unit kpi.UnitID, p kpi.Period) ([]kpi.Expectation, error) {
	return all(ctx, r, scanExpectation, `SELECT year, month, indicator_id, unit_id, amount, precision, wording,
		set_by, set_at
		FROM expectations WHERE year = $1 AND month = $2 AND unit_id = $3 ORDER BY indicator_id`, p.Year, p.Month, unit)
}

func scanExpectation(s scanner) (e kpi.Expectation, err error) {
	err = s.Scan(&e.Year, &e.Month, &e.Indicator, &e.Unit, &e.Quantity.Amount, &e.Quantity.Precision,
		&e.Quantity.Wording, &e.SetBy, &e.SetAt)
	return e, err
}

// SetExpectation stores a unit's estimate for the year, replacing an earlier one given in the same
// month.
func (w *Writer) SetExpectation(ctx context.Context, e kpi.Expectation) error {
	return w.exec(ctx, `INSERT INTO expectations (year, month, indicator_id, unit_id, amount, precision, wording,
		set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (year, month, indicator_id, unit_id) DO UPDATE SET
		amount = excluded.amount, precision = excluded.precision, wording = excluded.wording,
		set_by = excluded.set_by, set_at = excluded.set_at`,
		e.Year, e.Month, e.Indicator, e.Unit, e.Quantity.Amount, e.Quantity.Precision, e.Quantity.Wording, e.SetBy, e.SetAt)
}
