package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// RowRefusal says why one of many updates was refused.
type RowRefusal struct {
	Row int // position in the list, from 0
	Err *kpi.Error
}

// LogUpdates adds many entries at once, all or none, by the rules of LogUpdate; the entries' keys are
// ignored. The roll-up is computed in memory and written once, and the audit log gets one entry with
// the source and the number of entries.
//
// If any row is refused, nothing is stored. The call as a whole is refused with Forbidden.
func (a *App) LogUpdates(ctx context.Context, actor kpi.Actor, source string,
	updates []kpi.NewUpdate) (refused []RowRefusal, err error) {
	err = a.db.Write(ctx, func(w *store.Writer) error {
		b, err := newBulk(ctx, a, &w.Reader, actor)
		if err != nil {
			return err
		}
		refused = nil
		entries := make([]kpi.Update, 0, len(updates))
		for i, n := range updates {
			u, err := b.entry(n)
			var e *kpi.Error
			if errors.As(err, &e) {
				refused = append(refused, RowRefusal{i, e})
			} else if err != nil {
				return err
			}
			entries = append(entries, u)
		}
		if len(refused) > 0 {
			return errRowsRefused
		}
		if err := b.add(ctx, w, entries); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "update.load", fmt.Sprintf("updates %d", len(entries)),
			map[string]any{"source": source, "updates": len(entries)})
	})
	if len(refused) > 0 && isRefusal(err, kpi.Invalid) {
		return refused, nil
	}
	return nil, err
}

var errRowsRefused = kpi.Refuse(kpi.Invalid, "form_invalid", 0)

// bulk holds what many entries are checked against and rolled up with, read once.
type bulk struct {
	app        *App
	actor      kpi.Actor
	own        string // code of the unit used if an entry names none
	indicators map[string]kpi.Indicator
	byID       map[kpi.IndicatorID]kpi.Indicator
	units      map[string]kpi.UnitID
	parents    map[kpi.UnitID]kpi.UnitID
	tree       kpi.Tree
	may        map[kpi.UnitID]error
	years      map[kpi.Year]error
	inYear     map[figureYear]bool
	locks      map[kpi.Year]kpi.Locks
	rule       kpi.ReviewRule
	progress   *ImportProgress
}

type figureYear struct {
	indicator kpi.IndicatorID
	year      kpi.Year
}

func newBulk(ctx context.Context, a *App, r *store.Reader, actor kpi.Actor) (*bulk, error) {
	b := &bulk{app: a, actor: actor, indicators: map[string]kpi.Indicator{}, byID: map[kpi.IndicatorID]kpi.Indicator{},
		units: map[string]kpi.UnitID{}, parents: map[kpi.UnitID]kpi.UnitID{}, may: map[kpi.UnitID]error{},
		years: map[kpi.Year]error{}, inYear: map[figureYear]bool{}, locks: map[kpi.Year]kpi.Locks{}}
	indicators, err := r.Indicators(ctx)
	if err != nil {
		return nil, err
	}
	for _, ind := range indicators {
		b.indicators[ind.Code], b.byID[ind.ID] = ind, ind
	}
	units, err := r.Units(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		b.units[u.Code], b.parents[u.ID] = u.ID, u.Parent
	}
	if b.tree, err = r.Tree(ctx); err != nil {
		return nil, err
	}
	own, _, err := unitFor(ctx, r, actor, "")
	if err != nil {
		return nil, err
	}
	b.own = own.Code
	years, err := r.Years(ctx)
	if err != nil {
		return nil, err
	}
	for _, y := range years {
		b.years[y.Year] = y.CheckOpen()
		of, err := r.YearIndicators(ctx, y.Year)
		if err != nil {
			return nil, err
		}
		for _, ind := range of {
			b.inYear[figureYear{ind.ID, y.Year}] = true
		}
		if b.locks[y.Year], err = cachedLocks(ctx, r, y.Year); err != nil {
			return nil, err
		}
	}
	b.rule, err = cachedReviewRule(ctx, r)
	return b, err
}

// lineage returns a unit followed by its ancestors.
func (b *bulk) lineage(unit kpi.UnitID) (lineage []kpi.UnitID) {
	for at := unit; at != 0; at = b.parents[at] {
		lineage = append(lineage, at)
	}
	return lineage
}

// entry returns an update as it goes into the log, or the refusal LogUpdate would give.
func (b *bulk) entry(n kpi.NewUpdate) (kpi.Update, error) {
	if n.Origin == "" {
		n.Origin = kpi.FromImport
	}
	ind, ok := b.indicators[n.Indicator]
	if !ok {
		return kpi.Update{}, kpi.Missing("indicator_not_found", n.Indicator)
	}
	if n.Unit == "" {
		n.Unit = b.own
	}
	unit, ok := b.units[n.Unit]
	if !ok {
		return kpi.Update{}, kpi.Missing("unit_not_found", n.Unit)
	}
	may, ok := b.may[unit]
	if !ok {
		may = b.actor.MayLog(b.lineage(unit))
		b.may[unit] = may
	}
	if may != nil {
		return kpi.Update{}, may
	}
	today := b.app.Today()
	err := n.Check(ind, today)
	if n.Dated != "" && n.Dated <= today {
		err = b.checkYear(n, ind, err)
	}
	return b.app.entry(b.actor, b.rule, ind, unit, n), err
}

// checkYear adds the mistakes that depend on the calendar and the year.
func (b *bulk) checkYear(n kpi.NewUpdate, ind kpi.Indicator, err error) error {
	year := n.Dated.Year()
	closed, ok := b.years[year]
	if ok && closed != nil {
		return closed
	}
	if err := b.locks[year].CheckOpen(n.Dated); err != nil {
		return err
	}
	if err == nil && ok && b.inYear[figureYear{ind.ID, year}] {
		return nil
	}
	var m kpi.Mistakes
	m.Merge(err)
	switch {
	case !ok:
		m.Add("date", "year_of_date_not_found", int(year))
	case !b.inYear[figureYear{ind.ID, year}]:
		m.Add("date", "indicator_not_in_year", ind.Name, int(year))
	}
	return m.Err()
}

// entriesPerStep is the number of entries written between two reports of progress.
const entriesPerStep = 2000

// add adds new entries to the log, sets their IDs and updates the figures.
func (b *bulk) add(ctx context.Context, w *store.Writer, entries []kpi.Update) error {
	for part := range slices.Chunk(entries, entriesPerStep) {
		if err := w.InsertUpdates(ctx, part); err != nil {
			return err
		}
		b.progress.add(len(part))
	}
	var steps []kpi.Review
	for _, u := range entries {
		if step, reviewed := firstStep(u); reviewed {
			steps = append(steps, step)
		}
	}
	if err := w.InsertReviews(ctx, steps); err != nil {
		return err
	}
	return b.rollUp(ctx, w, entries)
}

// rollUp adds new entries to the figures of their units and of all units above them. The entries must
// have their IDs.
func (b *bulk) rollUp(ctx context.Context, w *store.Writer, entries []kpi.Update) error {
	byFigure := map[figureYear]map[kpi.UnitID][]kpi.Update{}
	for _, u := range entries {
		key := figureYear{u.Indicator, u.Dated.Year()}
		if byFigure[key] == nil {
			byFigure[key] = map[kpi.UnitID][]kpi.Update{}
		}
		byFigure[key][u.Unit] = append(byFigure[key][u.Unit], u)
	}
	for key, byUnit := range byFigure {
		part := b.byID[key.indicator]
		sums, err := sumsOf(ctx, &w.Reader, part.ID)
		if err != nil {
			return err
		}
		for _, ind := range append([]kpi.Indicator{part}, sums...) {
			if err := b.rollUpFigure(ctx, w, ind, part, key.year, byUnit); err != nil {
				return err
			}
		}
	}
	return nil
}

// rollUpFigure adds new entries of part to the figures of an indicator: part itself, or a sum it
// belongs to.
func (b *bulk) rollUpFigure(ctx context.Context, w *store.Writer, ind, part kpi.Indicator, y kpi.Year,
	byUnit map[kpi.UnitID][]kpi.Update) error {
	if ind.Units.Extreme() {
		return rebuild(ctx, w, y, ind, b.tree)
	}
	kept, err := w.IndicatorSeries(ctx, y, ind.ID)
	if err != nil {
		return err
	}
	changed := map[kpi.UnitID]bool{}
	for unit, added := range byUnit {
		change := tally(ind, part, b.rule, added)
		if _, any := kept[unit]; any && !ind.Kind.Sums() { // new readings replace earlier ones
			after, err := w.FigureUpdates(ctx, y, part.ID, unit)
			if err != nil {
				return err
			}
			before := without(after, added)
			was, is := tally(ind, part, b.rule, before), tally(ind, part, b.rule, after)
			for m := range change {
				change[m] = is[m].Minus(was[m])
			}
		}
		for at, share := range progress.Contribute(ind, change, b.tree.Lineages(unit, y)) {
			kept[at], changed[at] = plus(kept[at], share), true
		}
	}
	for unit := range changed {
		if err := w.SetSeries(ctx, store.FigureKey{Unit: unit, Indicator: ind.ID}, y, kept[unit]); err != nil {
			return err
		}
	}
	return nil
}

// without returns the entries of all that are not in some.
func without(all, some []kpi.Update) []kpi.Update {
	in := map[kpi.UpdateID]bool{}
	for _, u := range some {
		in[u.ID] = true
	}
	var out []kpi.Update
	for _, u := range all {
		if !in[u.ID] {
			out = append(out, u)
		}
	}
	return out
}
