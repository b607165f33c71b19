package app

import (
	"context"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// compareSum asks about a stated sum that its parts do not come to, with what this import adds. Where
// they say nothing yet it is not asked about.
func (p *importPlan) compareSum(ctx context.Context, f intake.Figure, unit kpi.UnitID) error {
	key, month := store.FigureKey{Unit: unit, Indicator: f.Indicator.ID}, f.Dated.Period().Month
	computed, any, err := p.soFar(ctx, key, month)
	if err != nil || !any {
		return err
	}
	if f.Indicator.Kind.Sums() && !f.Cumulative {
		before, _, err := p.soFar(ctx, key, month-1)
		if err != nil {
			return err
		}
		computed -= before
	}
	if stated := f.Quantity.Amount; stated != computed {
		p.asks = append(p.asks, intake.Mistake{Row: f.Row, Column: f.Column,
			Text: kpi.T("import_sum_differs", f.Indicator.Name, stated, computed, f.Indicator.Measure)})
	}
	return nil
}

// readDoubts reads what there is around the table's figures, so that single ones can be asked about.
func (p *importPlan) readDoubts(ctx context.Context, figures []ImportFigure) (err error) {
	var about []kpi.Update
	for _, f := range figures {
		if f.unit != 0 && f.Dated != "" {
			about = append(about, kpi.Update{Indicator: f.Indicator.ID, Unit: f.unit, Dated: f.Dated})
		}
	}
	p.doubts, err = readDoubts(ctx, p.r, p.year, p.lineage, about...)
	return err
}

// askUsual asks about a figure as about a single entry, and keeps what it asked for the entry.
func (p *importPlan) askUsual(f *ImportFigure, settled bool) {
	if p.doubts == nil || !f.logs() || f.Dated.Year() != p.year {
		return
	}
	u := kpi.Update{Indicator: f.Indicator.ID, Unit: f.unit, Dated: f.Dated, Quantity: f.Logged, Level: f.Level,
		Note: f.Note, Act: kpi.ActLog, State: kpi.StateApproved}
	if u.Quantity.Precision == "" {
		u.Quantity.Precision = kpi.Exact
	}
	if f.Corrects() {
		u.Act, u.Answers = kpi.ActCorrect, f.replaces[0].ID
	}
	said := p.doubts.weigh(u, settled)
	if said.asks {
		p.asks = append(p.asks, intake.Mistake{Row: f.Row, Column: f.Column, Text: said.Text})
	}
	if said.marked && !f.Corrects() {
		f.doubt = &said.Text
	}
	p.doubts.add(u)
}

// compareRatios asks about stated ratios that are not what their parts come to, with what this
// import adds. Ratios whose parts say nothing yet are not asked about.
func (p *importPlan) compareRatios(ctx context.Context, ratios []intake.Figure) error {
	for _, f := range ratios {
		code := f.Unit
		if code == "" {
			code = p.own
		}
		unit, ok := p.units[code]
		if !ok || p.actor.MayLog(p.lineage(unit)) != nil {
			continue
		}
		if f.Indicator.SumOf != "" {
			if err := p.compareSum(ctx, f, unit); err != nil {
				return err
			}
			continue
		}
		month := f.Dated.Period().Month
		numerator, _, err := p.soFar(ctx, store.FigureKey{Unit: unit, Indicator: f.Indicator.Numerator}, month)
		if err != nil {
			return err
		}
		denominator, _, err := p.soFar(ctx, store.FigureKey{Unit: unit, Indicator: f.Indicator.Denominator}, month)
		if err != nil {
			return err
		}
		if denominator == 0 {
			continue
		}
		stated, exact, decimals := f.Quantity.Amount, f.Indicator.Quotient(numerator, denominator),
			max(f.Indicator.Decimals, 2)
		if !exact.Reads(stated, min(stated.Decimals(), decimals)) {
			p.asks = append(p.asks, intake.Mistake{Row: f.Row, Column: f.Column,
				Text: kpi.T("import_ratio_differs", f.Indicator.Name, stated, exact.Amount(decimals),
					f.Indicator.Measure)})
		}
	}
	return nil
}

// compareTarget asks about a stated target of the year that is not the one that holds.
func (p *importPlan) compareTarget(ctx context.Context, f *ImportFigure) error {
	if f.Target == nil || f.Interim {
		return nil
	}
	byUnit, ok := p.targets[f.Indicator.ID]
	if !ok {
		targets, err := p.r.IndicatorTargets(ctx, p.year, f.Indicator.ID)
		if err != nil {
			return err
		}
		byUnit = map[kpi.UnitID]kpi.Target{}
		for _, t := range targets {
			byUnit[t.Unit] = t // the latest comes last
		}
		p.targets[f.Indicator.ID] = byUnit
	}
	if t, ok := byUnit[f.unit]; ok && t.Amount != f.Target.Amount && f.Indicator.Kind != kpi.Level {
		p.asks = append(p.asks, intake.Mistake{Row: f.Row, Column: f.Where("target"),
			Text: kpi.T("import_target_differs", f.Indicator.Name, f.Target.Amount.String(), t.Amount.String())})
	}
	return nil
}
