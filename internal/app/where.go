package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Where is the year, the unit and the date that a query is about, without any figure.
type Where struct {
	Year kpi.YearInfo
	Unit kpi.Unit
	AsOf kpi.AsOf
}

// Where returns what a query is about. Its cost depends neither on the log nor on the indicators.
// Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Where(ctx context.Context, actor kpi.Actor, q Query) (Where, error) {
	return read(ctx, a, func(r *store.Reader) (Where, error) {
		s, err := a.scope(ctx, r, actor, q)
		return Where{s.year, s.unit, s.asOf}, err
	})
}

// YearIndicator returns an indicator of the year that a query is about, without its figure. Refusals:
// those of Where, and NotFound for a code that the year does not have.
func (a *App) YearIndicator(ctx context.Context, actor kpi.Actor, q Query, code string) (kpi.Indicator, error) {
	return read(ctx, a, func(r *store.Reader) (kpi.Indicator, error) {
		if _, err := a.scope(ctx, r, actor, q); err != nil {
			return kpi.Indicator{}, err
		}
		return yearIndicator(ctx, r, q.Year, code)
	})
}

// yearIndicator returns an indicator of a year.
func yearIndicator(ctx context.Context, r *store.Reader, y kpi.Year, code string) (kpi.Indicator, error) {
	ind, err := r.Indicator(ctx, code)
	if err != nil {
		return ind, err
	}
	in, err := r.InYear(ctx, y, ind.ID)
	if err == nil && !in {
		err = kpi.Missing("indicator_not_in_year", ind.Name, int(y))
	}
	return ind, err
}
