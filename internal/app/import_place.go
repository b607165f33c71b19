package app

import (
	"context"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// place decides what a figure adds to the log.
func (p *importPlan) place(ctx context.Context, f *ImportFigure) error {
	if p.bad[f.Row] {
		return nil
	}
	if err := p.compareTarget(ctx, f); err != nil {
		return err
	}
	if f.gathered {
		return nil
	}
	key := store.FigureKey{Unit: f.unit, Indicator: f.Indicator.ID}
	if f.held != nil {
		return p.placeHeld(ctx, f, key)
	}
	month := figureMonth{key, f.Dated.Period().Month}
	asked, err := p.askAgain(ctx, f, key)
	settled := asked || f.Own || f.Cumulative || p.says[month] || f.Indicator.Kind == kpi.Running
	switch {
	case err != nil:
		return err
	case f.Cumulative && f.Indicator.AddsUnits():
		if err := p.placeSum(ctx, f, key); err != nil {
			return err
		}
	case !asked && !f.Own && f.Indicator.AddsUnits() && f.Indicator.Kind.Sums() && p.says[month]:
		p.placeParent(f, p.said[month])
	}
	if !f.logs() {
		return nil
	}
	p.askUsual(f, settled)
	if !f.Indicator.AddsUnits() {
		return nil
	}
	if !f.Indicator.Kind.Sums() {
		changed := p.addReading(f, key)
		p.say(f, key)
		for m, added := range changed {
			if err := p.add(ctx, f, figureMonth{key, m + 1}, added); err != nil {
				return err
			}
		}
		return nil
	}
	added := f.Logged.Amount
	for _, u := range f.replaces {
		added -= u.Quantity.Amount
	}
	return p.add(ctx, f, month, added)
}

// add takes what a figure adds in a month to its unit, all above it and the sums it is part of.
func (p *importPlan) add(ctx context.Context, f *ImportFigure, month figureMonth, added kpi.Amount) error {
	p.self[month] += added
	sums, err := sumsOf(ctx, p.r, f.Indicator.ID)
	if err != nil {
		return err
	}
	for i, unit := range p.lineage(f.unit) {
		at := store.FigureKey{Unit: unit, Indicator: f.Indicator.ID}
		if p.added[at] == nil {
			p.added[at] = &[12]kpi.Amount{}
		}
		p.added[at][month.month-1] += added
		for _, s := range sums {
			p.addToSum(s, f.Indicator, added, figureMonth{store.FigureKey{Unit: unit, Indicator: s.ID}, month.month})
		}
		if i > 0 {
			above := figureMonth{at, month.month}
			p.said[above] += added
			p.says[above] = true
		}
	}
	return nil
}

// addToSum keeps what a part adds to a sum.
func (p *importPlan) addToSum(sum, part kpi.Indicator, added kpi.Amount, at figureMonth) {
	if p.added[at.FigureKey] == nil {
		p.added[at.FigureKey] = &[12]kpi.Amount{}
	}
	amount, _ := part.Measure.In(sum.Measure, added)
	p.added[at.FigureKey][at.month-1] += amount
}

// soFar returns the sum of a figure up to a month with what this import adds, and whether there is any.
func (p *importPlan) soFar(ctx context.Context, key store.FigureKey, month int) (sum kpi.Amount, any bool, err error) {
	byUnit, ok := p.series[key.Indicator]
	if !ok {
		if byUnit, err = p.r.IndicatorSeries(ctx, p.year, key.Indicator); err != nil {
			return 0, false, err
		}
		p.series[key.Indicator] = byUnit
	}
	tally := progress.Through(byUnit[key.Unit], month)
	sum, any = tally.Amount, tally.Entries > 0
	if added := p.added[key]; added != nil {
		for _, a := range added[:month] {
			sum += a
		}
		any = true
	}
	return sum, any, nil
}

// placeSum turns a sum since January, or since the month its heading names, into what it adds to the
// log up to its month.
func (p *importPlan) placeSum(ctx context.Context, f *ImportFigure, key store.FigureKey) error {
	soFar, any, err := p.soFar(ctx, key, f.Dated.Period().Month)
	if err != nil {
		return err
	}
	if f.Since > 1 { // of a quarter: what was there before it is not part of it
		before, _, err := p.soFar(ctx, key, f.Since-1)
		if err != nil {
			return err
		}
		soFar -= before
		any = any && soFar != 0
	}
	if f.Own {
		for m := max(f.Since, 1); m <= f.Dated.Period().Month; m++ {
			below, err := p.below(ctx, key, m)
			if err != nil {
				return err
			}
			soFar -= below
		}
	}
	f.SoFar = &soFar
	p.rest(f, soFar, any, "import_below_logged")
	return nil
}

// placeParent subtracts from a unit's figure what the units below it report in the same table.
func (p *importPlan) placeParent(f *ImportFigure, below kpi.Amount) {
	whole := f.Quantity.Amount
	p.rest(f, below, true, "import_below_units")
	if len(f.Mistakes) == 0 {
		p.asks = append(p.asks, intake.Mistake{Row: f.Row, Column: f.Column,
			Text: kpi.T("import_holds_units", f.Indicator.Name, whole.String(), below.String())})
	}
}

// rest reduces a figure to what exceeds an existing amount.
func (p *importPlan) rest(f *ImportFigure, there kpi.Amount, any bool, refusal string) {
	rest := f.Quantity.Amount - there
	switch {
	case rest < 0:
		f.Figure.Refuse("value", kpi.T(refusal, there.String(), f.Quantity.Amount.String()))
	case rest == 0 && any:
		f.Same = true
	case there != 0:
		f.Logged = kpi.Quantity{Amount: rest, Precision: f.Quantity.Precision}
		f.update.Quantity = f.Logged
	}
}
