package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// importPlan decides what becomes of every figure of a table on the present state of the records.
type importPlan struct {
	*bulk
	r         *store.Reader
	year      kpi.Year
	series    map[kpi.IndicatorID]map[kpi.UnitID]kpi.Series
	added     map[store.FigureKey]*[12]kpi.Amount // what this import adds to a unit and all above it
	said      map[figureMonth]kpi.Amount          // what this import says of the units below one
	says      map[figureMonth]bool
	targets   map[kpi.IndicatorID]map[kpi.UnitID]kpi.Target
	bad       map[int]bool // rows with a figure that cannot be logged
	asks      []intake.Mistake
	stated    map[sameFigure]intake.Mistake // of the table so far, where each stands
	answers   map[string]string
	questions []intake.Question
	asked     map[string]int             // how many, by kind
	self      map[figureMonth]kpi.Amount // what this import adds to a unit itself
	usual     map[string]string          // answers where nobody gives one
	logs      map[store.FigureKey][]kpi.Update
	habits    habits
	doubts    *doubts // nil: the table is too long to ask about single numbers
	readings  readings
	lastSaid  map[store.FigureKey]kpi.Amount // what this import read last at a unit
	saidBelow map[store.FigureKey]kpi.Amount // what that comes to below another
	reads     map[figureMonth]bool           // whether this import reads a unit in a month
	taken     []takenAbove
	named     map[kpi.UnitID]kpi.Unit // nil: not read yet
}

// maxAsked is how many figures a table may hold for single ones to be asked about: a longer one is a
// history being taken over, not a month being reported.
const maxAsked = 2000

type figureMonth struct {
	store.FigureKey
	month int
}

func (l ImportLine) logs() bool { return len(l.Mistakes) == 0 && !l.Same && l.update.Indicator != "" }

func newImportPlan(b *bulk, r *store.Reader, n NewImport) *importPlan {
	return &importPlan{bulk: b, r: r, year: n.Year, series: map[kpi.IndicatorID]map[kpi.UnitID]kpi.Series{},
		added: map[store.FigureKey]*[12]kpi.Amount{}, said: map[figureMonth]kpi.Amount{}, says: map[figureMonth]bool{},
		targets: map[kpi.IndicatorID]map[kpi.UnitID]kpi.Target{}, bad: map[int]bool{}, answers: n.Choices.Answers,
		stated: map[sameFigure]intake.Mistake{}, self: map[figureMonth]kpi.Amount{}, asked: map[string]int{},
		readings: readings{}, lastSaid: map[store.FigureKey]kpi.Amount{}, saidBelow: map[store.FigureKey]kpi.Amount{},
		reads: map[figureMonth]bool{}}
}

// planImport decides what becomes of every figure on the present state of the records.
func (a *App) planImport(ctx context.Context, r *store.Reader, actor kpi.Actor, n NewImport,
	reading intake.Reading) (ImportResult, error) {
	result := ImportResult{Reading: reading, Rows: reading.Rows}
	b, err := newBulk(ctx, a, r, actor)
	if err != nil {
		return result, err
	}
	p := newImportPlan(b, r, n)
	result.Lines = make([]ImportLine, len(reading.Figures))
	n.Progress.begin(ImportChecking, len(reading.Figures))
	for i, f := range reading.Figures {
		f.Mistakes = slices.Clone(f.Mistakes)
		result.Lines[i] = ImportLine{Figure: f}
		p.check(&result.Lines[i])
		if len(result.Lines[i].Mistakes) > 0 {
			p.bad[f.Row] = true
		}
	}
	result.Expected = p.outlooks(reading.Outlooks)
	if n.Again {
		p.usual = map[string]string{"had": answerAdd}
	}
	if err := p.readLogs(ctx, result.Lines); err != nil {
		return result, err
	}
	p.gather(result.Lines)
	for _, i := range p.order(result.Lines) {
		if err := p.place(ctx, &result.Lines[i]); err != nil {
			return result, err
		}
		n.Progress.add(1)
	}
	made, err := p.takeOut(ctx)
	if err != nil {
		return result, err
	}
	result.Lines = append(result.Lines, made...)
	if err := p.compareRatios(ctx, reading.Ratios); err != nil {
		return result, err
	}
	result.Asks = append(slices.Clone(reading.Asks), p.asks...)
	slices.SortStableFunc(p.questions, func(a, b intake.Question) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	})
	result.Questions = append(slices.Clone(reading.Questions), p.questions...)
	if !n.Stale {
		if err := result.CheckAnswers(n.Choices.Answers); err != nil {
			return result, err
		}
	}
	result.count()
	return result, nil
}

func (p *importPlan) readLogs(ctx context.Context, lines []ImportLine) (err error) {
	about := make([]kpi.Update, len(lines))
	for i, l := range lines {
		about[i] = kpi.Update{Indicator: l.Indicator.ID, Unit: l.unit}
		if l.Indicator.Kind != kpi.Running || l.unit == 0 {
			continue
		}
		if l.Dated != "" {
			p.reads[figureMonth{store.FigureKey{Unit: l.unit, Indicator: l.Indicator.ID}, l.Dated.Period().Month}] = true
		}
		for _, above := range p.lineage(l.unit)[1:] {
			about = append(about, kpi.Update{Indicator: l.Indicator.ID, Unit: above})
		}
	}
	p.logs, err = readLogs(ctx, p.r, p.year, about...)
	p.habits = habitsOf(p.logs, p.rule)
	if err != nil || len(lines) > maxAsked {
		return err
	}
	return p.readDoubts(ctx, lines)
}

// check holds a figure to what any update is held to.
func (p *importPlan) check(l *ImportLine) {
	if l.Unit == "" {
		l.Unit = p.own
	}
	if len(l.Mistakes) > 0 {
		return
	}
	l.Logged = l.Quantity
	l.update = kpi.NewUpdate{Indicator: l.Indicator.Code, Unit: l.Unit, Dated: l.Dated,
		Quantity: l.Quantity, Level: l.Level,
		Note: l.Note, Origin: kpi.FromImport}
	u, err := p.entry(l.update)
	l.unit = u.Unit
	if l.held = monthLocked(err); l.held == nil {
		l.refuse(err)
	}
}

// refuse notes a refusal at the cells it is about.
func (l *ImportLine) refuse(err error) {
	var e *kpi.Error
	switch {
	case !errors.As(err, &e):
	case len(e.Fields) > 0:
		for _, f := range e.Fields {
			if f.Text.Key == "number_decimals" && l.Written != "" {
				f.Text = kpi.T("import_converted_decimals", l.Written, l.Quantity.Amount.String(),
					string(l.Indicator.Measure), l.Indicator.Decimals)
			}
			l.Figure.Refuse(f.Name, f.Text)
		}
	case e.Code == kpi.Forbidden:
		l.Figure.Refuse("unit", e.Text)
	default:
		l.Figure.Refuse("indicator", e.Text)
	}
}

// order is the lines by date, and on a day the lower units first, so that a parent's figure is
// compared with what its units said.
func (p *importPlan) order(lines []ImportLine) []int {
	places := make([]int, len(lines))
	depth := map[kpi.UnitID]int{}
	for i, l := range lines {
		places[i] = i
		if _, ok := depth[l.unit]; !ok {
			depth[l.unit] = len(p.lineage(l.unit))
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(lines[a].Dated, lines[b].Dated), cmp.Compare(depth[lines[b].unit], depth[lines[a].unit]))
	})
	return places
}

// place decides what a figure adds to the log.
func (p *importPlan) place(ctx context.Context, l *ImportLine) error {
	if p.bad[l.Row] {
		return nil
	}
	if err := p.compareTarget(ctx, l); err != nil {
		return err
	}
	if l.gathered {
		return nil
	}
	key := store.FigureKey{Unit: l.unit, Indicator: l.Indicator.ID}
	if l.held != nil {
		return p.placeHeld(ctx, l, key)
	}
	month := figureMonth{key, l.Dated.Period().Month}
	asked, err := p.askAgain(ctx, l, key)
	settled := asked || l.Own || l.Cumulative || p.says[month] || l.Indicator.Kind == kpi.Running
	switch {
	case err != nil:
		return err
	case l.Cumulative && l.Indicator.AddsUnits():
		if err := p.placeSum(ctx, l, key); err != nil {
			return err
		}
	case !asked && !l.Own && l.Indicator.AddsUnits() && l.Indicator.Kind.Sums() && p.says[month]:
		p.placeParent(l, p.said[month])
	}
	if !l.logs() {
		return nil
	}
	p.askUsual(l, settled)
	if !l.Indicator.AddsUnits() {
		return nil
	}
	if !l.Indicator.Kind.Sums() {
		changed := p.addReading(l, key)
		p.say(l, key)
		for m, added := range changed {
			if err := p.add(ctx, l, figureMonth{key, m + 1}, added); err != nil {
				return err
			}
		}
		return nil
	}
	added := l.Logged.Amount
	for _, u := range l.replaces {
		added -= u.Quantity.Amount
	}
	return p.add(ctx, l, month, added)
}

// add takes what a figure adds in a month to its unit, all above it and the sums it is part of.
func (p *importPlan) add(ctx context.Context, l *ImportLine, month figureMonth, added kpi.Amount) error {
	p.self[month] += added
	sums, err := sumsOf(ctx, p.r, l.Indicator.ID)
	if err != nil {
		return err
	}
	for i, unit := range p.lineage(l.unit) {
		at := store.FigureKey{Unit: unit, Indicator: l.Indicator.ID}
		if p.added[at] == nil {
			p.added[at] = &[12]kpi.Amount{}
		}
		p.added[at][month.month-1] += added
		for _, s := range sums {
			p.addToSum(s, l.Indicator, added, figureMonth{store.FigureKey{Unit: unit, Indicator: s.ID}, month.month})
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

// soFar is the sum of a figure up to a month with what this import adds, and whether there is any.
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
func (p *importPlan) placeSum(ctx context.Context, l *ImportLine, key store.FigureKey) error {
	soFar, any, err := p.soFar(ctx, key, l.Dated.Period().Month)
	if err != nil {
		return err
	}
	if l.Since > 1 { // of a quarter: what was there before it is not part of it
		before, _, err := p.soFar(ctx, key, l.Since-1)
		if err != nil {
			return err
		}
		soFar -= before
		any = any && soFar != 0
	}
	if l.Own {
		for m := max(l.Since, 1); m <= l.Dated.Period().Month; m++ {
			below, err := p.below(ctx, key, m)
			if err != nil {
				return err
			}
			soFar -= below
		}
	}
	l.SoFar = &soFar
	p.rest(l, soFar, any, "import_below_logged")
	return nil
}

// placeParent takes out of a unit's figure what the units below it say in the same table.
func (p *importPlan) placeParent(l *ImportLine, below kpi.Amount) {
	whole := l.Quantity.Amount
	p.rest(l, below, true, "import_below_units")
	if len(l.Mistakes) == 0 {
		p.asks = append(p.asks, intake.Mistake{Row: l.Row, Column: l.Column,
			Text: kpi.T("import_holds_units", l.Indicator.Name, whole.String(), below.String())})
	}
}

// rest leaves of a figure what goes beyond an amount that is there.
func (p *importPlan) rest(l *ImportLine, there kpi.Amount, any bool, refusal string) {
	rest := l.Quantity.Amount - there
	switch {
	case rest < 0:
		l.Figure.Refuse("value", kpi.T(refusal, there.String(), l.Quantity.Amount.String()))
	case rest == 0 && any:
		l.Same = true
	case there != 0:
		l.Logged = kpi.Quantity{Amount: rest, Precision: l.Quantity.Precision}
		l.update.Quantity = l.Logged
	}
}

// count says how many rows stand: a row with a mistake in one figure is refused whole, so that it
// can be mended and handed in again.
func (r *ImportResult) count() {
	bad := map[int]bool{}
	for _, l := range r.Lines {
		for _, m := range l.Mistakes {
			bad[m.Row] = true
			r.Rejected = append(r.Rejected, m)
		}
	}
	for _, o := range r.Expected {
		for _, m := range o.Mistakes {
			bad[m.Row] = true
			r.Rejected = append(r.Rejected, m)
		}
	}
	slices.SortStableFunc(r.Rejected, func(a, b intake.Mistake) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	})
	r.Rejected = slices.CompactFunc(r.Rejected,
		func(a, b intake.Mistake) bool { // a unit's name stands once for many figures
			return a.Row == b.Row && a.Column == b.Column && a.Text.String() == b.Text.String()
		})
	r.Accepted = r.Rows - len(bad)
	for i := range r.Lines {
		if bad[r.Lines[i].Row] {
			r.Lines[i].update.Indicator = ""
		} else if r.Lines[i].logs() && !r.Lines[i].Waits {
			r.Entries++
		}
	}
}
