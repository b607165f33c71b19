package store

import (
	"context"

	"dabiao/internal/kpi"
)

// FamilyTargets lists the history of a year's targets, for all indicators, of the units directly below
// parent, oldest first.
func (r *Reader) FamilyTargets(ctx context.Context, y kpi.Year, parent kpi.UnitID) ([]kpi.Target, error) {
	return all(ctx, r, scanTarget, `SELECT `+targetColumns+` FROM targets
		WHERE year = $1 AND unit_id IN (SELECT id FROM units WHERE parent_id = $2) ORDER BY id`, y, parent)
}

// WaitingFigure is a month of one unit in one indicator that holds an entry awaiting review.
type WaitingFigure struct {
	Unit      kpi.UnitID
	Indicator kpi.IndicatorID
	Month     int
}

// WaitingFigures lists where a year's submitted entries await a decision.
func (r *Reader) WaitingFigures(ctx context.Context, y kpi.Year) ([]WaitingFigure, error) {
	return all(ctx, r, func(s scanner) (f WaitingFigure, err error) {
		var dated kpi.Date
		err = s.Scan(&f.Unit, &f.Indicator, &dated)
		if err == nil {
			f.Month = dated.Period().Month
		}
		return f, err
	}, `SELECT u.unit_id, u.indicator_id, u.dated FROM updates u LEFT JOIN updates later ON later.answers_id = u.id
		WHERE `+inReview+`AND u.act <> 'withdraw'`, y, kpi.StateSubmitted)
}
