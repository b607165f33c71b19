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

// months returns what a unit's last reading is at the end of each month; 0 before the first.
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
func (p *importPlan) addReading(f *ImportFigure, key store.FigureKey) (changed [12]kpi.Amount) {
	before := p.readingsOf(key)
	after := slices.Clone(before)
	gone := func(r reading) bool {
		return slices.ContainsFunc(f.replaces,
			func(u kpi.Update) bool { return u.Dated == r.dated && u.Quantity.Amount == r.amount })
	}
	after = append(slices.DeleteFunc(after, gone), reading{f.Dated, f.Logged.Amount})
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
func (p *importPlan) say(f *ImportFigure, key store.FigureKey) {
	more := f.Logged.Amount - p.lastSaid[key]
	p.lastSaid[key] = f.Logged.Amount
	for _, unit := range p.lineage(f.unit)[1:] {
		p.saidBelow[store.FigureKey{Unit: unit, Indicator: key.Indicator}] += more
	}
}

// placeReading holds a unit's reading against the last readings of the units below it, from whatever
// month: its own number and theirs would both count. Where they are all in this table it is taken to
// contain them; else it is asked about. done reports that nothing else is to be asked.
func (p *importPlan) placeReading(ctx context.Context, f *ImportFigure, key store.FigureKey) (done bool, err error) {
	month := f.Dated.Period().Month
	all, _, err := p.soFar(ctx, key, month)
	if err != nil {
		return false, err
	}
	readings := p.readingsOf(key)
	own := months(readings)[month-1]
	below := all - own
	had := p.had(f, key)
	rest := f.Quantity.Amount - below
	switch {
	case below == 0, f.Own:
		return false, nil
	case len(had) > 0 && had[len(had)-1].Quantity.Amount == f.Quantity.Amount, rest == own && (len(had) > 0 || own == 0):
		f.Same = true // the log says so already
		return true, nil
	case rest == own:
		p.leaveOwn(f, rest)
		return true, nil
	case p.saidBelow[key] == below && len(had) == 0:
		p.placeParent(f, below)
		return true, nil
	}
	f.SoFar = &all
	text := kpi.T("import_ask_units_below", f.name(), below, f.Indicator.Measure, f.Quantity.Amount)
	switch p.askAbout(f, "units", text, intake.Option{Value: answerReplace, Text: kpi.T("import_answer_contains")},
		intake.Option{Value: answerAdd, Text: kpi.T("import_answer_own")},
		intake.Option{Value: answerLeave, Text: kpi.T("import_answer_leave")}) {
	case "":
		f.Waits = true
	case answerLeave:
		f.Same = true
	case answerAdd:
		return true, p.replace(ctx, f, had, 0)
	case answerReplace:
		if rest == 0 && len(readings) > 0 && len(had) == 0 {
			p.leaveOwn(f, 0)
			return true, nil
		}
		return true, p.replace(ctx, f, had, below)
	}
	return true, nil
}

// leaveOwn leaves of a reading what the unit has beside those below it.
func (p *importPlan) leaveOwn(f *ImportFigure, rest kpi.Amount) {
	f.Logged = kpi.Quantity{Amount: rest, Precision: f.Quantity.Precision}
	f.update.Quantity = f.Logged
}
