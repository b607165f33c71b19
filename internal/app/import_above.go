package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// takenAbove is what a unit's first reading takes out of those of a unit above it, which hold it.
type takenAbove struct {
	line *ImportLine
	from store.FigureKey
}

// placeBelow asks about a unit's first reading where a unit above it has one of its own from before: a county that
// reported the whole, and then its townships. The two would both count. What the above unit has beside its units
// was settled when they last reported, so that later readings of theirs are not asked about. done reports that
// nothing else is to be asked.
func (p *importPlan) placeBelow(ctx context.Context, l *ImportLine, key store.FigureKey) (done bool, err error) {
	if l.Own || len(p.readingsOf(key)) > 0 {
		return false, nil
	}
	for _, unit := range p.lineage(l.unit)[1:] {
		above := store.FigureKey{Unit: unit, Indicator: key.Indicator}
		there := months(p.readingsOf(above))[11]
		if there == 0 || p.reads[figureMonth{above, l.Dated.Period().Month}] {
			continue
		}
		names, err := p.unit(ctx, unit)
		if err != nil {
			return false, err
		}
		text := kpi.T("import_ask_above", l.name(), names.Names(), there, l.Indicator.Measure, l.Quantity.Amount)
		var options []intake.Option
		if p.actor.MayLog(p.lineage(unit)) == nil {
			options = append(options, intake.Option{Value: answerReplace, Text: kpi.T("import_answer_take_out", names.Names())})
		}
		options = append(options, intake.Option{Value: answerAdd, Text: kpi.T("import_answer_beside_above", names.Names())},
			intake.Option{Value: answerLeave, Text: kpi.T("import_answer_held_above", names.Names())})
		switch p.askAbout(l, "above", text, options...) {
		case "":
			l.Waits = true
			return true, nil
		case answerLeave:
			l.Same = true
			return true, nil
		case answerReplace:
			p.taken = append(p.taken, takenAbove{l, above})
			return false, nil // what is above that holds it, too
		}
	}
	return false, nil
}

// unit is a unit by its ID.
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
func (p *importPlan) takeOut(ctx context.Context) (made []ImportLine, err error) {
	byUnit := map[store.FigureKey][]*ImportLine{}
	var order []store.FigureKey
	for _, t := range p.taken {
		if len(t.line.Mistakes) > 0 {
			continue
		}
		if byUnit[t.from] == nil {
			order = append(order, t.from)
		}
		byUnit[t.from] = append(byUnit[t.from], t.line)
	}
	for _, key := range order {
		lines := byUnit[key]
		slices.SortStableFunc(lines, func(a, b *ImportLine) int { return cmp.Compare(a.Dated, b.Dated) })
		through := func(day kpi.Date) (sum kpi.Amount, last *ImportLine) {
			for _, l := range lines {
				if l.Dated <= day {
					sum, last = sum+l.Logged.Amount, l
				}
			}
			return sum, last
		}
		had := map[kpi.Date]bool{}
		for _, u := range p.habits[key] {
			if had[u.Dated] = true; u.Dated < lines[0].Dated || u.Dated.Year() != p.year {
				continue
			}
			sum, last := through(u.Dated)
			line, err := p.without(ctx, last, key, u.Dated, u.Quantity, sum, u)
			if err != nil {
				return nil, err
			}
			made = append(made, line...)
		}
		for i, l := range lines {
			if had[l.Dated] || i+1 < len(lines) && lines[i+1].Dated == l.Dated {
				continue
			}
			stood := standsOn(p.readingsOf(key), l.Dated)
			if stood == 0 {
				continue
			}
			sum, last := through(l.Dated)
			line, err := p.without(ctx, last, key, l.Dated, kpi.Exactly(stood), sum)
			if err != nil {
				return nil, err
			}
			made = append(made, line...)
		}
	}
	return made, nil
}

// standsOn is the reading that stands on a day; 0 before the first.
func standsOn(all []reading, day kpi.Date) (amount kpi.Amount) {
	for _, r := range all {
		if r.dated <= day {
			amount = r.amount
		}
	}
	return amount
}

// without is the line that makes a reading what it is without a sum, or nothing where the line it came from is
// refused for it.
func (p *importPlan) without(ctx context.Context, from *ImportLine, key store.FigureKey, day kpi.Date, q kpi.Quantity,
	sum kpi.Amount, replaced ...kpi.Update) ([]ImportLine, error) {
	unit, err := p.unit(ctx, key.Unit)
	if err != nil {
		return nil, err
	}
	if sum > q.Amount {
		from.Figure.Refuse("value", kpi.T("import_above_less", sum.String(), unit.Names(), q.Amount.String()))
		return nil, nil
	}
	rest := kpi.Quantity{Amount: q.Amount - sum, Precision: q.Precision}
	line := ImportLine{Figure: intake.Figure{Row: from.Row, Column: from.Column, Indicator: from.Indicator,
		Unit:  unit.Code,
		Dated: day, Quantity: rest}, Logged: rest, unit: unit.ID, replaces: replaced,
		update: kpi.NewUpdate{Indicator: from.Indicator.Code, Unit: unit.Code, Dated: day, Quantity: rest,
			Origin: kpi.FromImport}}
	for _, u := range replaced {
		if _, err := p.app.answerable(ctx, p.r, p.actor, u.ID); err != nil {
			return nil, from.refuseFault(err)
		}
	}
	if _, err := p.entry(line.update); err != nil {
		return nil, from.refuseFault(err)
	}
	return []ImportLine{line}, nil
}
