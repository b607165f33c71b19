package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewTarget is a target to be set. Indicator and Unit are codes; an empty unit is the root.
type NewTarget struct {
	Indicator, Unit string
	Target          kpi.Target // without ID, references and author
	KeepWeight      bool       // a revision leaves the weight in force as it is
	KeepCurve       bool       // a revision leaves the plan curve in force as it is
	Key             string     // idempotency key; empty: none
}

// TargetQuery asks for the targets of a year.
type TargetQuery struct {
	Year      kpi.Year
	Unit      string // code; if empty: with an indicator every unit the actor may read, without one as in Query
	Indicator string // code; empty: all
}

// TargetEntry is one entry of a target's history with what it is about. Holds marks the latest one of
// an indicator and unit, which is in force.
type TargetEntry struct {
	kpi.Target
	Indicator kpi.Indicator
	Unit      kpi.Unit
	Holds     bool
}

// Targets lists the history of targets, oldest first. Refusals: NotFound, Forbidden.
func (a *App) Targets(ctx context.Context, actor kpi.Actor, q TargetQuery) ([]TargetEntry, error) {
	return read(ctx, a, func(r *store.Reader) ([]TargetEntry, error) {
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return nil, err
		}
		ind, err := optionalIndicator(ctx, r, q.Indicator)
		if err != nil {
			return nil, err
		}
		units := []kpi.Unit{s.unit}
		var history []kpi.Target
		if q.Indicator != "" && q.Unit == "" {
			if units, err = r.Units(ctx); err != nil {
				return nil, err
			}
			units = below(units, s.unit.ID)
			history, err = r.IndicatorTargets(ctx, q.Year, ind.ID)
		} else {
			history, err = r.UnitTargets(ctx, q.Year, s.unit.ID)
		}
		if err != nil {
			return nil, err
		}
		indicators, err := r.Indicators(ctx)
		return targetEntries(history, ind.ID, units, indicators), err
	})
}

// optionalIndicator returns the indicator with a code, or none for an empty code.
func optionalIndicator(ctx context.Context, r *store.Reader, code string) (kpi.Indicator, error) {
	if code == "" {
		return kpi.Indicator{}, nil
	}
	return r.Indicator(ctx, code)
}

// targetEntries keeps the entries of the wanted indicator (0: any) and units, and marks those in force.
func targetEntries(history []kpi.Target, wanted kpi.IndicatorID, units []kpi.Unit,
	indicators []kpi.Indicator) []TargetEntry {
	unitByID, indicatorByID := index(units, indicators)
	out := []TargetEntry{}
	latest := map[[2]int64]int{}
	for _, t := range history {
		unit, known := unitByID[t.Unit]
		if !known || wanted != 0 && t.Indicator != wanted {
			continue
		}
		latest[[2]int64{int64(t.Indicator), int64(t.Unit)}] = len(out)
		out = append(out, TargetEntry{Target: t, Indicator: indicatorByID[t.Indicator], Unit: unit})
	}
	for _, i := range latest {
		out[i].Holds = true
	}
	return out
}

// SetTarget adds an entry to the history of a target; it is in force from now on. A revision needs a
// reason; repeating the very same target changes nothing. Refusals: Forbidden, NotFound, Conflict for a
// closed year, an archived indicator or a key reused for something else, Invalid by field.
func (a *App) SetTarget(ctx context.Context, actor kpi.Actor, n NewTarget) (kpi.Target, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.Target{}, err
	}
	return once(ctx, a, answerKey{actor.Name, n.Key, n}, func(w *store.Writer) (kpi.Target, error) {
		t := n.Target
		ind, err := plannable(ctx, &w.Reader, t.Year, n.Indicator)
		if err != nil {
			return t, err
		}
		unit, _, err := unitFor(ctx, &w.Reader, actor, n.Unit)
		if err != nil {
			return t, asField("unit", err)
		}
		history, err := w.UnitTargets(ctx, t.Year, unit.ID)
		if err != nil {
			return t, err
		}
		held := holding(history)[ind.ID]
		if held != nil && n.KeepWeight {
			t.Weight = held.Weight
		}
		if held != nil && n.KeepCurve {
			t.Curve = held.Curve
		}
		var m kpi.Mistakes
		readTexts(&m, oneLine("document", &t.Document), oneLine("issuer", &t.Issuer), longText("reason", &t.Reason))
		m.Merge(t.CheckRevision(ind, held))
		if held != nil && held.Says(t) {
			return *held, m.Err() // sent twice
		}
		m.Merge(t.CheckFloor())
		if err := m.Err(); err != nil {
			return t, err
		}
		return a.setTarget(ctx, w, actor, ind, unit, t)
	}, func(t kpi.Target) int64 { return int64(t.ID) },
		func(w *store.Writer, id int64) (kpi.Target, error) { return w.Target(ctx, kpi.TargetID(id)) })
}

func (a *App) setTarget(ctx context.Context, w *store.Writer, actor kpi.Actor, ind kpi.Indicator, unit kpi.Unit,
	t kpi.Target) (kpi.Target, error) {
	var err error
	t.Indicator, t.Unit, t.SetBy, t.SetAt = ind.ID, unit.ID, actor.Name, a.stamp()
	if t.ID, err = w.InsertTarget(ctx, t); err != nil {
		return t, err
	}
	return t, a.audit(ctx, w, actor, "target.set", yearSubject(t.Year)+" "+ind.Code+" "+unit.Code, t)
}

// plannable returns an indicator that may get targets in a year, or refuses.
func plannable(ctx context.Context, r *store.Reader, y kpi.Year, code string) (kpi.Indicator, error) {
	if err := openYear(ctx, r, y); err != nil {
		return kpi.Indicator{}, err
	}
	ind, err := r.Indicator(ctx, code)
	if err != nil {
		return ind, err
	}
	if err := ind.CheckActive(); err != nil {
		return ind, err
	}
	if in, err := r.InYear(ctx, y, ind.ID); err != nil || in {
		return ind, err
	}
	return ind, kpi.Missing("indicator_not_in_year", ind.Name, int(y))
}

// holding returns the targets of one unit in force, by indicator: the last of each history.
func holding(history []kpi.Target) map[kpi.IndicatorID]*kpi.Target {
	out := map[kpi.IndicatorID]*kpi.Target{}
	for i, t := range history {
		out[t.Indicator] = &history[i]
	}
	return out
}

// holdingUnits returns the targets of one indicator in force, by unit.
func holdingUnits(history []kpi.Target) map[kpi.UnitID]*kpi.Target {
	out := map[kpi.UnitID]*kpi.Target{}
	for i, t := range history {
		out[t.Unit] = &history[i]
	}
	return out
}
