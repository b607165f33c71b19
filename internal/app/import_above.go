package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// takenAbove is a unit's first reading, which is subtracted from the readings of a unit above that include it.
type takenAbove struct {
	figure *ImportFigure
	from   store.FigureKey
}

// placeBelow asks about a unit's first reading where a unit above it has one of its own from before: a county that
// reported the whole, and then its townships. The two would both count. What the above unit has beside its units
// was settled when they last reported, so that later readings of theirs are not asked about. done reports that
// nothing else is to be asked.
func (p *importPlan) placeBelow(ctx context.Context, f *ImportFigure, key store.FigureKey) (done bool, err error) {
	if f.Own || len(p.readingsOf(key)) > 0 {
		return false, nil
	}
	for _, unit := range p.lineage(f.unit)[1:] {
		above := store.FigureKey{Unit: unit, Indicator: key.Indicator}
		there := months(p.readingsOf(above))[11]
		if there == 0 || p.reads[figureMonth{above, f.Dated.Period().Month}] {
			continue
		}
		names, err := p.unit(ctx, unit)
		if err != nil {
			return false, err
		}
		text := kpi.T("import_ask_above", f.name(), names.Names(), there, f.Indicator.Measure, f.Quantity.Amount)
		var options []intake.Option
		if p.actor.MayLog(p.lineage(unit)) == nil {
			options = append(options, intake.Option{Value: answerReplace, Text: kpi.T("import_answer_take_out", names.Names())})
		}
		options = append(options, intake.Option{Value: answerAdd, Text: kpi.T("import_answer_beside_above", names.Names())},
			intake.Option{Value: answerLeave, Text: kpi.T("import_answer_held_above", names.Names())})
		switch p.askAbout(f, "above", text, options...) {
		case "":
			f.Waits = true
			return true, nil
		case answerLeave:
			f.Same = true
			return true, nil
		case answerReplace:
			p.taken = append(p.taken, takenAbove{f, above})
			return false, nil // what is above that holds it, too
		}
	}
	return false, nil
}

func (p *importPlan) unit(ctx context.Context, id kpi.UnitID) (kpi.Unit, error) {
	if p.named == nil {
		units, err := p.r.Units(ctx)
		if err != nil {
			return kpi.Unit{}, err
		}
		p.named = map[kpi.UnitID]kpi.Unit{}
		for _, u := range units {
			p.named[u.ID] = u
		}
	}
	return p.named[id], nil
}

// takeOut leaves of the readings of units above what goes beyond those of the units below that they held: from the
// day of each of these on. A reading from before stands until then, and a new one from then on.
func (p *importPlan) takeOut(ctx context.Context) (made []ImportFigure, err error) {
	byUnit := map[store.FigureKey][]*ImportFigure{}
	var order []store.FigureKey
	for _, t := range p.taken {
		if len(t.figure.Mistakes) > 0 {
			continue
		}
		if byUnit[t.from] == nil {
			order = append(order, t.from)
		}
		byUnit[t.from] = append(byUnit[t.from], t.figure)
	}
	for _, key := range order {
		taken := byUnit[key]
		slices.SortStableFunc(taken, func(a, b *ImportFigure) int { return cmp.Compare(a.Dated, b.Dated) })
		through := func(day kpi.Date) (sum kpi.Amount, last *ImportFigure) {
			for _, f := range taken {
				if f.Dated <= day {
					sum, last = sum+f.Logged.Amount, f
				}
			}
			return sum, last
		}
		had := map[kpi.Date]bool{}
		for _, u := range p.habits[key] {
			if had[u.Dated] = true; u.Dated < taken[0].Dated || u.Dated.Year() != p.year {
				continue
			}
			sum, last := through(u.Dated)
			adjusted, err := p.without(ctx, last, key, u.Dated, u.Quantity, sum, u)
			if err != nil {
				return nil, err
			}
			made = append(made, adjusted...)
		}
		for i, f := range taken {
			if had[f.Dated] || i+1 < len(taken) && taken[i+1].Dated == f.Dated {
				continue
			}
			stood := standsOn(p.readingsOf(key), f.Dated)
			if stood == 0 {
				continue
			}
			sum, last := through(f.Dated)
			added, err := p.without(ctx, last, key, f.Dated, kpi.Exactly(stood), sum)
			if err != nil {
				return nil, err
			}
			made = append(made, added...)
		}
	}
	return made, nil
}

// standsOn returns the reading that stands on a day; 0 before the first.
func standsOn(all []reading, day kpi.Date) (amount kpi.Amount) {
	for _, r := range all {
		if r.dated <= day {
			amount = r.amount
		}
	}
	return amount
}

// without returns the figure that makes a reading what it is without a sum, or nothing where the figure it came
// from is refused for it.
func (p *importPlan) without(ctx context.Context, from *ImportFigure, key store.FigureKey, day kpi.Date, q kpi.Quantity,
	sum kpi.Amount, replaced ...kpi.Update) ([]ImportFigure, error) {
	unit, err := p.unit(ctx, key.Unit)
	if err != nil {
		return nil, err
	}
	if sum > q.Amount {
		from.Figure.Refuse("value", kpi.T("import_above_less", sum.String(), unit.Names(), q.Amount.String()))
		return nil, nil
	}
	rest := kpi.Quantity{Amount: q.Amount - sum, Precision: q.Precision}
	added := ImportFigure{Figure: intake.Figure{Row: from.Row, Column: from.Column, Indicator: from.Indicator,
		Unit:  unit.Code,
		Dated: day, Quantity: rest}, Logged: rest, unit: unit.ID, replaces: replaced,
		update: kpi.NewUpdate{Indicator: from.Indicator.Code, Unit: unit.Code, Dated: day, Quantity: rest,
			Origin: kpi.FromImport}}
	for _, u := range replaced {
		if _, err := p.app.answerable(ctx, p.r, p.actor, u.ID); err != nil {
			return nil, from.refuseFault(err)
		}
	}
	if _, err := p.entry(added.update); err != nil {
		return nil, from.refuseFault(err)
	}
	return []ImportFigure{added}, nil
}
