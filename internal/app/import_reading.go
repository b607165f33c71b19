package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// reading is a figure that stands until the next one of its unit.
type reading struct {
	dated  kpi.Date
	amount kpi.Amount
}

// readings are what the log and this import read at units, oldest first.
type readings map[store.FigureKey][]reading

// of are a unit's own readings of the year.
func (p *importPlan) readingsOf(key store.FigureKey) []reading {
	all, ok := p.readings[key]
	if !ok {
		for _, u := range p.habits[key] {
			if u.Dated.Year() == p.year {
				all = append(all, reading{u.Dated, u.Quantity.Amount})
			}
		}
		p.readings[key] = all
	}
	return all
}

// months are what a unit's last reading is at the end of each month; 0 before the first.
func months(all []reading) (out [12]kpi.Amount) {
	for _, r := range all {
		for m := r.dated.Period().Month - 1; m < 12; m++ {
			out[m] = r.amount
		}
	}
	return out
}

// addReading takes a unit's reading of this import into what it and all above it come to. What it
// changes ends where the unit's next reading stands.
func (p *importPlan) addReading(l *ImportLine, key store.FigureKey) (changed [12]kpi.Amount) {
	before := p.readingsOf(key)
	after := slices.Clone(before)
	gone := func(r reading) bool {
		return slices.ContainsFunc(l.replaces,
			func(u kpi.Update) bool { return u.Dated == r.dated && u.Quantity.Amount == r.amount })
	}
	after = append(slices.DeleteFunc(after, gone), reading{l.Dated, l.Logged.Amount})
	slices.SortStableFunc(after, func(a, b reading) int { return cmp.Compare(a.dated, b.dated) })
	p.readings[key] = after
	was, is := months(before), months(after)
	for m := range changed {
		changed[m] = is[m] - was[m]
		if m > 0 {
			changed[m] -= is[m-1] - was[m-1]
		}
	}
	return changed
}

// say keeps what the table says of the units below others, each unit by its last reading.
func (p *importPlan) say(l *ImportLine, key store.FigureKey) {
	more := l.Logged.Amount - p.lastSaid[key]
	p.lastSaid[key] = l.Logged.Amount
	for _, unit := range p.lineage(l.unit)[1:] {
		p.saidBelow[store.FigureKey{Unit: unit, Indicator: key.Indicator}] += more
	}
}

// placeReading holds a unit's reading against the last readings of the units below it, from whatever
// month: its own number and theirs would both count. Where they are all in this table it is taken to
// contain them; else it is asked about. done reports that nothing else is to be asked.
func (p *importPlan) placeReading(ctx context.Context, l *ImportLine, key store.FigureKey) (done bool, err error) {
	month := l.Dated.Period().Month
	all, _, err := p.soFar(ctx, key, month)
	if err != nil {
		return false, err
	}
	readings := p.readingsOf(key)
	own := months(readings)[month-1]
	below := all - own
	had := p.had(l, key)
	rest := l.Quantity.Amount - below
	switch {
	case below == 0, l.Own:
		return false, nil
	case len(had) > 0 && had[len(had)-1].Quantity.Amount == l.Quantity.Amount, rest == own && (len(had) > 0 || own == 0):
		l.Same = true // the log says so already
		return true, nil
	case rest == own:
		p.leaveOwn(l, rest)
		return true, nil
	case p.saidBelow[key] == below && len(had) == 0:
		p.placeParent(l, below)
		return true, nil
	}
	l.SoFar = &all
	text := kpi.T("import_ask_units", l.name(), below, l.Indicator.Measure, l.Quantity.Amount)
	switch p.askAbout(l, "units", text, intake.Option{Value: answerReplace, Text: kpi.T("import_answer_contains")},
		intake.Option{Value: answerAdd, Text: kpi.T("import_answer_own")},
		intake.Option{Value: answerLeave, Text: kpi.T("import_answer_leave")}) {
	case "":
		l.Waits = true
	case answerLeave:
		l.Same = true
	case answerAdd:
		return true, p.replace(ctx, l, had, 0)
	case answerReplace:
		if rest == 0 && len(readings) > 0 && len(had) == 0 {
			p.leaveOwn(l, 0)
			return true, nil
		}
		return true, p.replace(ctx, l, had, below)
	}
	return true, nil
}

// leaveOwn leaves of a reading what the unit has beside those below it.
func (p *importPlan) leaveOwn(l *ImportLine, rest kpi.Amount) {
	l.Logged = kpi.Quantity{Amount: rest, Precision: l.Quantity.Precision}
	l.update.Quantity = l.Logged
}
