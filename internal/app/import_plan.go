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

func (f ImportFigure) logs() bool { return len(f.Mistakes) == 0 && !f.Same && f.update.Indicator != "" }

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
	result.Plan = make([]ImportFigure, len(reading.Figures))
	n.Progress.begin(ImportChecking, len(reading.Figures))
	for i, f := range reading.Figures {
		f.Mistakes = slices.Clone(f.Mistakes)
		result.Plan[i] = ImportFigure{Figure: f}
		p.check(&result.Plan[i])
		if len(result.Plan[i].Mistakes) > 0 {
			p.bad[f.Row] = true
		}
	}
	result.Expected = p.outlooks(reading.Outlooks)
	if n.Again {
		p.usual = map[string]string{"had": answerAdd}
	}
	if err := p.readLogs(ctx, result.Plan); err != nil {
		return result, err
	}
	p.gather(result.Plan)
	for _, i := range p.order(result.Plan) {
		if err := p.place(ctx, &result.Plan[i]); err != nil {
			return result, err
		}
		n.Progress.add(1)
	}
	made, err := p.takeOut(ctx)
	if err != nil {
		return result, err
	}
	result.Plan = append(result.Plan, made...)
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

func (p *importPlan) readLogs(ctx context.Context, figures []ImportFigure) (err error) {
	about := make([]kpi.Update, len(figures))
	for i, f := range figures {
		about[i] = kpi.Update{Indicator: f.Indicator.ID, Unit: f.unit}
		if f.Indicator.Kind != kpi.Running || f.unit == 0 {
			continue
		}
		if f.Dated != "" {
			p.reads[figureMonth{store.FigureKey{Unit: f.unit, Indicator: f.Indicator.ID}, f.Dated.Period().Month}] = true
		}
		for _, above := range p.lineage(f.unit)[1:] {
			about = append(about, kpi.Update{Indicator: f.Indicator.ID, Unit: above})
		}
	}
	p.logs, err = readLogs(ctx, p.r, p.year, about...)
	p.habits = habitsOf(p.logs, p.rule)
	if err != nil || len(figures) > maxAsked {
		return err
	}
	return p.readDoubts(ctx, figures)
}

// check holds a figure to what any update is held to.
func (p *importPlan) check(f *ImportFigure) {
	if f.Unit == "" {
		f.Unit = p.own
	}
	if len(f.Mistakes) > 0 {
		return
	}
	f.Logged = f.Quantity
	f.update = kpi.NewUpdate{Indicator: f.Indicator.Code, Unit: f.Unit, Dated: f.Dated,
		Quantity: f.Quantity, Level: f.Level,
		Note: f.Note, Origin: kpi.FromImport}
	u, err := p.entry(f.update)
	f.unit = u.Unit
	if f.held = monthLocked(err); f.held == nil {
		f.refuse(err)
	}
}

// refuse notes a refusal at the cells it is about.
func (f *ImportFigure) refuse(err error) {
	var e *kpi.Error
	switch {
	case !errors.As(err, &e):
	case len(e.Fields) > 0:
		for _, field := range e.Fields {
			if field.Text.Key == "number_decimals" && f.Written != "" {
				field.Text = kpi.T("import_converted_decimals", f.Written, f.Quantity.Amount.String(),
					string(f.Indicator.Measure), f.Indicator.Decimals)
			}
			f.Figure.Refuse(field.Name, field.Text)
		}
	case e.Code == kpi.Forbidden:
		f.Figure.Refuse("unit", e.Text)
	default:
		f.Figure.Refuse("indicator", e.Text)
	}
}

// order returns the figures by date, and on a day the lower units first, so that a parent's figure is
// compared with what its units said.
func (p *importPlan) order(figures []ImportFigure) []int {
	places := make([]int, len(figures))
	depth := map[kpi.UnitID]int{}
	for i, f := range figures {
		places[i] = i
		if _, ok := depth[f.unit]; !ok {
			depth[f.unit] = len(p.lineage(f.unit))
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(figures[a].Dated, figures[b].Dated),
			cmp.Compare(depth[figures[b].unit], depth[figures[a].unit]))
	})
	return places
}

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

// placeParent takes out of a unit's figure what the units below it say in the same table.
func (p *importPlan) placeParent(f *ImportFigure, below kpi.Amount) {
	whole := f.Quantity.Amount
	p.rest(f, below, true, "import_below_units")
	if len(f.Mistakes) == 0 {
		p.asks = append(p.asks, intake.Mistake{Row: f.Row, Column: f.Column,
			Text: kpi.T("import_holds_units", f.Indicator.Name, whole.String(), below.String())})
	}
}

// rest leaves of a figure what goes beyond an amount that is there.
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

// count says how many rows stand: a row with a mistake in one figure is refused whole, so that it
// can be mended and handed in again.
func (r *ImportResult) count() {
	bad := map[int]bool{}
	for _, f := range r.Plan {
		for _, m := range f.Mistakes {
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
	for i := range r.Plan {
		if bad[r.Plan[i].Row] {
			r.Plan[i].update.Indicator = ""
		} else if r.Plan[i].logs() && !r.Plan[i].Waits {
			r.Entries++
		}
	}
}
