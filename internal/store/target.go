package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

const targetColumns = `id, year, indicator_id, unit_id, sign, amount, level, weight, document, issuer, dated, reason,
	curve, set_by, set_at`

// UnitTargets lists the history of a unit's targets in a year, oldest first.
func (r *Reader) UnitTargets(ctx context.Context, y kpi.Year, unit kpi.UnitID) ([]kpi.Target, error) {
	return all(ctx, r, scanTarget, `SELECT `+targetColumns+
		` FROM targets WHERE year = $1 AND unit_id = $2 ORDER BY id`, y, unit)
}

// IndicatorTargets lists the history of all units' targets for one indicator, oldest first.
func (r *Reader) IndicatorTargets(ctx context.Context, y kpi.Year, id kpi.IndicatorID) ([]kpi.Target, error) {
	return all(ctx, r, scanTarget, `SELECT `+targetColumns+
		` FROM targets WHERE year = $1 AND indicator_id = $2 ORDER BY id`, y, id)
}

// ChildTargets lists the history of the targets of the units directly below parent for one indicator,
// oldest first.
func (r *Reader) ChildTargets(ctx context.Context, y kpi.Year, id kpi.IndicatorID,
	parent kpi.UnitID) ([]kpi.Target, error) {
	return all(ctx, r, scanTarget, `SELECT `+targetColumns+` FROM targets
		WHERE year = $1 AND indicator_id = $2 AND unit_id IN (SELECT id FROM units WHERE parent_id = $3)
		ORDER BY id`, y, id, parent)
}

// FiguresTargets lists the history of the given units' targets for the given indicators, oldest first.
func (r *Reader) FiguresTargets(ctx context.Context, y kpi.Year, units []kpi.UnitID,
	indicators []kpi.IndicatorID) ([]kpi.Target, error) {
	ask := func() ([]kpi.Target, error) {
		where, args := figuresOf(y, units, indicators)
		return all(ctx, r, scanTarget, `SELECT `+targetColumns+` FROM targets `+where+` ORDER BY id`, args...)
	}
	if d := r.wanted(len(units) * len(indicators)); d != nil {
		return r.targetsOf(d, figureYears(y, units, indicators), ask)
	}
	return ask()
}

// Target returns one entry of a target's history.
func (r *Reader) Target(ctx context.Context, id kpi.TargetID) (kpi.Target, error) {
	return one(ctx, r, kpi.Missing("target_not_found", int64(id)), scanTarget,
		`SELECT `+targetColumns+` FROM targets WHERE id = $1`, id)
}

// YearTargets lists the history of all units' targets for all indicators in a year, oldest first.
func (r *Reader) YearTargets(ctx context.Context, y kpi.Year) ([]kpi.Target, error) {
	return all(ctx, r, scanTarget, `SELECT `+targetColumns+` FROM targets WHERE year = $1 ORDER BY id`, y)
}

func scanTarget(s scanner) (t kpi.Target, err error) {
	var curve string
	err = s.Scan(&t.ID, &t.Year, &t.Indicator, &t.Unit, &t.Sign, &t.Amount, &t.Level, &t.Weight, &t.Document,
		&t.Issuer, &t.Dated, &t.Reason, &curve, &t.SetBy, &t.SetAt)
	if err != nil || curve == "" {
		return t, err
	}
	months, err := parseMonths(curve)
	t.Curve = new(kpi.Curve)
	for m, n := range months {
		t.Curve[m] = kpi.Percent(n)
	}
	return t, err
}

// InsertTarget adds a target to the history and returns its ID.
func (w *Writer) InsertTarget(ctx context.Context, t kpi.Target) (kpi.TargetID, error) {
	curve := ""
	if t.Curve != nil {
		curve = formatMonths(*t.Curve)
	}
	return insert[kpi.TargetID](ctx, w, `INSERT INTO targets (year, indicator_id, unit_id, sign, amount, level, weight,
		document, issuer, dated, reason, curve, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		t.Year, t.Indicator, t.Unit, t.Sign, t.Amount, t.Level, t.Weight, t.Document, t.Issuer, t.Dated, t.Reason,
		curve, t.SetBy, t.SetAt)
}

// formatMonths encodes twelve numbers as text; parseMonths decodes it.
func formatMonths[T ~int64](months [12]T) string {
	parts := make([]string, len(months))
	for i, n := range months {
		parts[i] = strconv.FormatInt(int64(n), 10)
	}
	return strings.Join(parts, ",")
}

func parseMonths(s string) (months [12]int64, err error) {
	parts := strings.Split(s, ",")
	if len(parts) != len(months) {
		return months, fmt.Errorf("stored months %q: not twelve", s)
	}
	for i, part := range parts {
		if months[i], err = strconv.ParseInt(part, 10, 64); err != nil {
			return months, fmt.Errorf("stored months %q: %w", s, err)
		}
	}
	return months, nil
}
