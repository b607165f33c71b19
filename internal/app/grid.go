package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// GridQuery asks for a grid of figures to be filled in: the indicators of one unit by month, or for one
// month the units below it by indicator.
type GridQuery struct {
	Year  kpi.Year
	Unit  string // code; empty: the actor's own unit, or the root
	Month int    // 1 to 12; 0: all months of the unit
	All   bool   // also indicators that the units have not used yet
}

// Grid is a table of figures to be filled in. A cell is one indicator and month of exactly one unit.
type Grid struct {
	Year       kpi.YearInfo
	Unit       kpi.Unit
	AsOf       kpi.AsOf
	Month      int // 0: all
	Units      []kpi.Unit
	Indicators []kpi.Indicator
	Left       int // number of indicators left out because the units have not used them
	cells      map[gridKey]GridCell
}

type gridKey struct {
	store.FigureKey
	month int
}

// Cell returns one cell of the grid; ok is false if there is none.
func (g Grid) Cell(unit kpi.UnitID, id kpi.IndicatorID, month int) (c GridCell, ok bool) {
	c, ok = g.cells[gridKey{store.FigureKey{Unit: unit, Indicator: id}, month}]
	return c, ok
}

// GridState says what can be done with a cell.
type GridState string

// The states. Only an empty cell and one with a single entry can be filled in.
const (
	GridEmpty  GridState = "empty"
	GridOne    GridState = "one"    // one entry, which another number would correct
	GridMany   GridState = "many"   // several entries
	GridBelow  GridState = "below"  // the units below have reported it
	GridDraft  GridState = "draft"  // somebody else's draft
	GridLocked GridState = "locked" // the month is locked
	GridFuture GridState = "future" // the month has not begun

	GridComputed GridState = "computed" // the sum of other indicators
)

// Fillable reports whether a number can be typed into the cell.
func (s GridState) Fillable() bool { return s == GridEmpty || s == GridOne }

// GridCell is one month of a figure.
type GridCell struct {
	State   GridState
	Entry   kpi.Update               // the single entry; zero if there is none
	Entries int                      // number of entries
	Counts  progress.Opt[kpi.Amount] // the month's value: the sum of its entries, or its last reading
}

// Text returns the cell's number as it is typed: as it was written if it was not exact.
func (c GridCell) Text() string {
	q := c.Entry.Quantity
	switch {
	case c.Entry.ID == 0:
		return ""
	case q.Precision != kpi.Exact && q.Wording != "":
		return q.Wording
	}
	return q.Amount.String()
}

// Grid prepares a grid. Refusals: NotFound, Forbidden, Conflict for a closed year, Invalid month.
func (a *App) Grid(ctx context.Context, actor kpi.Actor, q GridQuery) (Grid, error) {
	return read(ctx, a, func(r *store.Reader) (Grid, error) { return a.grid(ctx, r, actor, q) })
}

func (a *App) grid(ctx context.Context, r *store.Reader, actor kpi.Actor, q GridQuery) (g Grid, err error) {
	if q.Month < 0 || q.Month > 12 {
		return g, kpi.Refuse(kpi.Invalid, "month_unreadable", q.Month)
	}
	s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
	if err != nil {
		return g, err
	}
	if err := actor.MayLog(s.lineage); err != nil {
		return g, err
	}
	if err := s.year.CheckOpen(); err != nil {
		return g, err
	}
	g = Grid{Year: s.year, Unit: s.unit, AsOf: s.asOf, Month: q.Month, Units: []kpi.Unit{s.unit}}
	if q.Month != 0 {
		if g.Units, err = r.Children(ctx, s.unit.ID); err != nil {
			return g, err
		}
	}
	in, err := readGrid(ctx, r, s, g.Units)
	if err != nil {
		return g, err
	}
	all, err := cachedIndicators(ctx, r, q.Year)
	if err != nil {
		return g, err
	}
	for _, ind := range all {
		switch {
		case ind.Kind == kpi.Level || ind.Kind == kpi.Ratio ||
			ind.ArchivedAt != 0: // a judgement is not a number; sums are shown
		case q.All || in.concerns(ind.ID, g.Units):
			g.Indicators = append(g.Indicators, ind)
		default:
			g.Left++
		}
	}
	g.fill(in, actor, a.Today())
	return g, nil
}

// gridRecords is what a grid is made from, read at once.
type gridRecords struct {
	log          map[store.FigureKey][]kpi.Update
	series, last map[store.FigureKey]kpi.Series
	targets      map[store.FigureKey]bool
	locks        kpi.Locks
	rule         kpi.ReviewRule
}

func readGrid(ctx context.Context, r *store.Reader, s scope, units []kpi.Unit) (in gridRecords, err error) {
	ids := make([]kpi.UnitID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	in.log, in.targets = map[store.FigureKey][]kpi.Update{}, map[store.FigureKey]bool{}
	updates, err := r.UnitUpdates(ctx, s.year.Year, ids...)
	if err != nil {
		return in, err
	}
	for _, u := range updates {
		key := store.FigureKey{Unit: u.Unit, Indicator: u.Indicator}
		in.log[key] = append(in.log[key], u)
	}
	if in.series, err = r.UnitsSeries(ctx, s.year.Year, ids); err != nil {
		return in, err
	}
	if in.last, err = r.UnitsSeries(ctx, s.year.Year-1, ids); err != nil {
		return in, err
	}
	targets, err := s.cachedTargets(ctx, r)
	if err != nil {
		return in, err
	}
	for _, t := range targets {
		in.targets[store.FigureKey{Unit: t.Unit, Indicator: t.Indicator}] = true
	}
	if in.locks, err = cachedLocks(ctx, r, s.year.Year); err != nil {
		return in, err
	}
	in.rule, err = cachedReviewRule(ctx, r)
	return in, err
}

// concerns reports whether any of the units has used the indicator or has a target for it.
func (in gridRecords) concerns(id kpi.IndicatorID, units []kpi.Unit) bool {
	return slices.ContainsFunc(units, func(u kpi.Unit) bool {
		key := store.FigureKey{Unit: u.ID, Indicator: id}
		_, now := in.series[key]
		_, before := in.last[key]
		return now || before || in.targets[key] || len(in.log[key]) > 0
	})
}

// fill fills in the cells.
func (g *Grid) fill(in gridRecords, actor kpi.Actor, today kpi.Date) {
	g.cells = map[gridKey]GridCell{}
	for _, u := range g.Units {
		for _, ind := range g.Indicators {
			key := store.FigureKey{Unit: u.ID, Indicator: ind.ID}
			fact := newGridFigure(ind, in.log[key], in.series[key], in.rule)
			for month := 1; month <= 12; month++ {
				if g.Month == 0 || g.Month == month {
					p := kpi.Period{Year: g.Year.Year, Month: month}
					g.cells[gridKey{key, month}] = fact.cell(p, in.locks, actor, today)
				}
			}
		}
	}
}

// gridFigure is one unit's year in one indicator.
type gridFigure struct {
	ind    kpi.Indicator
	months [12][]kpi.Update // the entries a person finds there
	below  [12]bool         // the units below have entries
	series kpi.Series
}

func newGridFigure(ind kpi.Indicator, log []kpi.Update, series kpi.Series, rule kpi.ReviewRule) gridFigure {
	f := gridFigure{ind: ind, series: series}
	standing := kpi.Standing(log, rule)
	for _, u := range present(log, standing) {
		month := u.Dated.Period().Month - 1
		f.months[month] = append(f.months[month], u)
	}
	own := tally(ind, ind, rule, log)
	for m := range f.below {
		rest := series[m].Minus(own[m])
		f.below[m] = rest.Entries != 0 || rest.Amount != 0 || rest.EntrySum != 0
	}
	return f
}

// present returns the entries a person finds in a log: the last of every fact, and what still stands of
// a fact whose withdrawal is not approved.
func present(log, standing []kpi.Update) (out []kpi.Update) {
	byID := map[kpi.UpdateID]kpi.Update{}
	for _, u := range log {
		byID[u.ID] = u
		if u.AnsweredBy == 0 && u.Act != kpi.ActWithdraw {
			out = append(out, u)
		}
	}
	for _, u := range standing {
		last := u
		for last.AnsweredBy != 0 {
			last = byID[last.AnsweredBy]
		}
		if last.Act == kpi.ActWithdraw {
			out = append(out, u)
		}
	}
	return out
}

// cell decides what can be done with a month. Where readings replace each other, an entry here would
// count twice if units below report at all.
func (f gridFigure) cell(p kpi.Period, locks kpi.Locks, actor kpi.Actor, today kpi.Date) GridCell {
	m := p.Month - 1
	entries := f.months[m]
	c := GridCell{Entries: len(entries), State: GridEmpty, Counts: f.counts(p.Month)}
	switch {
	case p.Start() > today:
		c.State = GridFuture
	case f.ind.SumOf != "":
		c.State = GridComputed
	case f.below[m] || !f.ind.Kind.Sums() && slices.Contains(f.below[:], true):
		c.State = GridBelow
	case len(entries) > 1:
		c.State = GridMany
	case len(entries) == 1:
		c.State, c.Entry = GridOne, entries[0]
	}
	switch {
	case c.State == GridFuture:
	case locks.CheckOpen(p.Start()) != nil:
		c.State = GridLocked
	case c.State == GridOne && c.Entry.State == kpi.StateDraft && c.Entry.Author != actor.Name:
		c.State = GridDraft
	}
	return c
}

// counts returns the month's present value.
func (f gridFigure) counts(month int) progress.Opt[kpi.Amount] {
	t := f.series[month-1]
	if t.LastDate == "" {
		return progress.None[kpi.Amount](progress.ReasonNoValue)
	}
	if !f.ind.Kind.Sums() {
		t = progress.Through(f.series, month)
	}
	said := progress.Reading(f.ind, t)
	return progress.Opt[kpi.Amount]{Value: said.Value.Amount, Reason: said.Reason}
}
