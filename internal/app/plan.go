package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// PlanView is a year's plan: its indicators by area with their targets.
type PlanView struct {
	Year     kpi.YearInfo
	Unit     kpi.Unit // the root, whose targets are shown
	Areas    []PlanArea
	AllAreas []kpi.Area
	Archived []kpi.Indicator // taken out of the year, or out of use altogether
	Others   []kpi.Indicator // in use, but not in this year
	Weights  progress.Weights
	Findings []kpi.Text
}

// PlanArea is an area with its indicators; the zero area holds those without one.
type PlanArea struct {
	Area kpi.Area
	Rows []PlanRow
}

// PlanRow is an indicator with the unit's target.
type PlanRow struct {
	Indicator kpi.Indicator
	First     *kpi.Target // as first set (年初); nil: none
	Target    *kpi.Target // as in force (调整后)
	Revised   bool        // there is more than one entry
	Parts     int         // number of units directly below with a target
	Sum       kpi.Amount  // the sum of their targets
}

// Difference returns the target less the sum of the units below; absent if there is nothing to compare.
func (row PlanRow) Difference() progress.Opt[kpi.Amount] {
	if row.Target == nil || row.Parts == 0 || !row.Indicator.AddsUnits() {
		return progress.None[kpi.Amount](progress.ReasonNoTarget)
	}
	return progress.Some(row.Target.Amount - row.Sum)
}

// Plan returns a year's plan. Refusals: Forbidden, NotFound.
func (a *App) Plan(ctx context.Context, actor kpi.Actor, y kpi.Year) (PlanView, error) {
	if err := actor.MayPlan(); err != nil {
		return PlanView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (PlanView, error) { return plan(ctx, r, y) })
}

func plan(ctx context.Context, r *store.Reader, y kpi.Year) (v PlanView, err error) {
	if v.Year, err = r.Year(ctx, y); err != nil {
		return v, err
	}
	if v.Unit, err = r.Root(ctx); err != nil {
		return v, err
	}
	if v.AllAreas, err = r.Areas(ctx); err != nil {
		return v, err
	}
	listed, err := r.YearIndicators(ctx, y)
	if err != nil {
		return v, err
	}
	rows, err := planRows(ctx, r, v, listed)
	if err != nil {
		return v, err
	}
	for _, area := range append(v.AllAreas[:len(v.AllAreas):len(v.AllAreas)], kpi.Area{}) {
		group := PlanArea{Area: area}
		for _, row := range rows {
			if row.Indicator.Area == area.ID {
				group.Rows = append(group.Rows, row)
			}
		}
		if area.ID != 0 || len(group.Rows) > 0 {
			v.Areas = append(v.Areas, group)
		}
	}
	rules, err := r.Rules(ctx, y)
	if err != nil {
		return v, err
	}
	v.find(rows, rules.RuleSet)
	return v, v.fillRest(ctx, r, listed)
}

func planRows(ctx context.Context, r *store.Reader, v PlanView, listed []kpi.Indicator) ([]PlanRow, error) {
	history, err := r.YearTargets(ctx, v.Year.Year)
	if err != nil {
		return nil, err
	}
	children, err := r.Children(ctx, v.Unit.ID)
	if err != nil {
		return nil, err
	}
	below := map[kpi.UnitID]bool{}
	for _, u := range children {
		below[u.ID] = true
	}
	rows := make([]PlanRow, len(listed))
	at := map[kpi.IndicatorID]*PlanRow{}
	for i, ind := range listed {
		rows[i].Indicator = ind
		at[ind.ID] = &rows[i]
	}
	part := map[store.FigureKey]kpi.Amount{}
	for i, t := range history {
		row := at[t.Indicator]
		switch {
		case row == nil:
		case t.Unit == v.Unit.ID:
			if row.First == nil {
				row.First = &history[i]
			}
			row.Revised, row.Target = row.Target != nil, &history[i]
		case below[t.Unit]:
			part[store.FigureKey{Unit: t.Unit, Indicator: t.Indicator}] = t.Amount
		}
	}
	for key, amount := range part {
		at[key.Indicator].Parts++
		at[key.Indicator].Sum += amount
	}
	return rows, nil
}

// find lists what is wrong with the plan, one sentence each.
func (v *PlanView) find(rows []PlanRow, rules kpi.RuleSet) {
	byID, untargeted := map[kpi.IndicatorID]kpi.Indicator{}, 0
	for _, row := range rows {
		byID[row.Indicator.ID] = row.Indicator
		if row.Target == nil {
			untargeted++
			continue
		}
		v.Weights.AddWeight(row.Indicator.Category, row.Target.Weight)
	}
	v.Findings = v.Weights.Findings(rules)
	for _, row := range rows {
		ind := row.Indicator
		if d := row.Difference(); d.Ok() && d.Value != 0 {
			v.Findings = append(v.Findings, kpi.T("finding_split", ind.Names(), row.Target.Amount, row.Parts, row.Sum, d.Value))
		}
		if whole, ok := byID[ind.PartOf]; ok && !ind.Measure.PartOf(whole.Measure) {
			v.Findings = append(v.Findings, kpi.T("finding_part_measure", ind.Names(), ind.Measure,
				whole.Names(), whole.Measure))
		}
	}
	if untargeted > 0 && untargeted < len(rows) {
		v.Findings = append(v.Findings, kpi.T("finding_untargeted", untargeted))
	}
}

// fillRest fills in the indicators that are not in the year.
func (v *PlanView) fillRest(ctx context.Context, r *store.Reader, listed []kpi.Indicator) error {
	all, err := r.Indicators(ctx)
	if err != nil {
		return err
	}
	in := map[kpi.IndicatorID]bool{}
	for _, ind := range listed {
		in[ind.ID] = true
	}
	for _, ind := range all {
		switch {
		case in[ind.ID]:
		case ind.ArchivedAt != 0:
			v.Archived = append(v.Archived, ind)
		default:
			v.Others = append(v.Others, ind)
		}
	}
	return nil
}

// TargetsView is one unit's target in one indicator with its history, and the targets of the units
// below it.
type TargetsView struct {
	SplitView
	History   []kpi.Target // oldest first; the last one is in force
	LastYear  progress.Opt[kpi.Amount]
	LastCurve *kpi.Curve // last year's actual cumulative shares; nil: there are none
	Above     []kpi.Unit // from the root down to the unit above this one
	MayPlan   bool       // the actor may plan: the year is open and the indicator in use
}

// TargetPlan returns a unit's target with its history. Refusals: Forbidden, NotFound.
func (a *App) TargetPlan(ctx context.Context, actor kpi.Actor, y kpi.Year, indicator,
	unit string) (TargetsView, error) {
	if err := actor.MayPlan(); err != nil {
		return TargetsView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v TargetsView, err error) {
		if v.SplitView, err = splitView(ctx, r, actor, y, indicator, unit); err != nil {
			return v, err
		}
		lineage, err := r.Lineage(ctx, v.Unit.ID)
		if err != nil {
			return v, err
		}
		for _, id := range lineage[1:] {
			above, err := r.UnitByID(ctx, id)
			if err != nil {
				return v, err
			}
			v.Above = append([]kpi.Unit{above}, v.Above...)
		}
		history, err := r.UnitTargets(ctx, y, v.Unit.ID)
		if err != nil {
			return v, err
		}
		for _, t := range history {
			if t.Indicator == v.Indicator.ID {
				v.History = append(v.History, t)
			}
		}
		v.MayPlan = v.Year.CheckOpen() == nil && v.Indicator.CheckActive() == nil
		return v, v.fillLast(ctx, r)
	})
}

// fillLast fills in the previous year.
func (v *TargetsView) fillLast(ctx context.Context, r *store.Reader) error {
	last := scope{year: kpi.YearInfo{Year: v.Year.Year - 1}, unit: v.Unit,
		asOf: kpi.MonthEnd(kpi.Period{Year: v.Year.Year - 1, Month: 12})}
	figures, err := last.figures(ctx, r, []kpi.Indicator{v.Indicator})
	if err != nil {
		return err
	}
	v.LastYear = progress.Opt[kpi.Amount]{Value: figures[0].Achievement.Value.Amount,
		Reason: figures[0].Achievement.Reason}
	if curve, ok := progress.CurveOf(figures[0].Months); ok && v.Indicator.AddsUnits() {
		v.LastCurve = &curve
	}
	return nil
}

// DefinitionView is an indicator's definition and what it can refer to.
type DefinitionView struct {
	Year             kpi.YearInfo
	Indicator        kpi.Indicator // zero if none was asked for
	Indicators       []kpi.Indicator
	Areas            []kpi.Area
	Logged, Targeted bool // there are updates; there are targets
}

// Definition returns what the form of an indicator needs; code is "" for a new one. Refusals:
// Forbidden, NotFound.
func (a *App) Definition(ctx context.Context, actor kpi.Actor, y kpi.Year, code string) (DefinitionView, error) {
	if err := actor.MayPlan(); err != nil {
		return DefinitionView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v DefinitionView, err error) {
		if v.Year, err = r.Year(ctx, y); err != nil {
			return v, err
		}
		if v.Indicators, err = r.Indicators(ctx); err != nil {
			return v, err
		}
		if v.Areas, err = r.Areas(ctx); err != nil || code == "" {
			return v, err
		}
		if v.Indicator, err = r.Indicator(ctx, code); err != nil {
			return v, err
		}
		v.Logged, v.Targeted, err = r.IsUsed(ctx, v.Indicator.ID)
		return v, err
	})
}
