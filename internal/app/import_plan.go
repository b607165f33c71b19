package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
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
	usual     map[string]string          // default answers
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
				field.Text = kpi.T("import_converted_decimals", f.Written, f.Quantity.Amount,
					f.Indicator.Measure, f.Indicator.Decimals)
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
