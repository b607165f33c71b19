package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// stored reads into out what a year keeps as one JSON text, if it keeps any. body, ok and err are the store's answer,
// what names the text in a fault.
func stored(out any, body string, ok bool, err error, what string, y kpi.Year) error {
	if err != nil || !ok {
		return err
	}
	if err := json.Unmarshal([]byte(body), out); err != nil {
		return fmt.Errorf("stored %s of %d: %w", what, y, err)
	}
	return nil
}

// StatedView is what a year's papers are made from, for those who state their cover and the rows of their forms.
type StatedView struct {
	Input  report.Input // including cover and rows
	MaySet bool
}

// Stated returns what a year's papers are made from. Refusals: NotFound, Forbidden.
func (a *App) Stated(ctx context.Context, actor kpi.Actor, y kpi.Year) (StatedView, error) {
	if err := actor.MayReport(); err != nil {
		return StatedView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v StatedView, err error) {
		s, err := a.rootScope(ctx, r, actor, Query{Year: y})
		if err != nil {
			return v, err
		}
		v.Input, err = a.report(ctx, r, s, "zh-CN")
		v.MaySet = actor.MayPlan() == nil && s.year.State == kpi.YearOpen
		return v, err
	})
}
