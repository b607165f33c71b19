package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// UnitMove is a move of a unit to another parent. Unit and Parent are codes.
type UnitMove struct {
	Unit    string
	Parent  string
	History kpi.MoveHistory
	Since   *kpi.Period // for HistoryStay: the first month that counts for the new parent; nil: this month
}

// MoveUnit moves a unit, with all below it, to another parent. What it counted before either stays with
// the old parent, up to the month of the move, or moves along; closed years never change. A running
// total belongs, month by month, to the parent the unit has in that month (docs/adr/0006).
//
// Refusals: Forbidden; NotFound unit; Invalid parent (unknown, below the unit, or already its parent),
// history, since; Conflict if a locked month would change.
func (a *App) MoveUnit(ctx context.Context, actor kpi.Actor, n UnitMove) (kpi.Unit, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.Unit{}, err
	}
	trim(&n.Unit, &n.Parent)
	return write(ctx, a, func(w *store.Writer) (kpi.Unit, error) {
		u, err := w.Unit(ctx, n.Unit)
		if err != nil {
			return u, err
		}
		parent, since, err := a.checkMove(ctx, w, u, n)
		if err != nil {
			return u, err
		}
		return a.moveUnit(ctx, w, actor, u, parent, since, n)
	})
}

func (a *App) checkMove(ctx context.Context, w *store.Writer, u kpi.Unit, n UnitMove) (parent kpi.Unit,
	since kpi.Date, err error) {
	var m kpi.Mistakes
	switch parent, err = w.Unit(ctx, n.Parent); {
	case n.Parent == "":
		m.Add("parent", "parent_missing")
	case isRefusal(err, kpi.NotFound):
		m.Check("parent", err)
	case err != nil:
		return parent, "", err
	case u.Parent == 0:
		m.Add("parent", "move_root")
	case parent.ID == u.Parent:
		m.Add("parent", "move_nowhere", u.Names(), parent.Names())
	}
	if !n.History.Known() {
		m.Add("history", "history_unknown")
		return parent, "", m.Err()
	}
	closed, err := lastClosed(ctx, &w.Reader)
	if err != nil {
		return parent, "", err
	}
	if n.History == kpi.HistoryMove {
		if closed != 0 {
			since = kpi.Period{Year: closed + 1, Month: 1}.Start()
		}
		return parent, since, m.Err()
	}
	from := a.Today().Period()
	if n.Since != nil {
		from = *n.Since
	}
	switch {
	case from.Start() > a.Today():
		m.Add("since", "move_in_future", from.String())
	case from.Year <= closed:
		m.Add("since", "move_in_closed", int(closed))
	}
	return parent, from.Start(), m.Err()
}

// lastClosed returns the latest closed year, 0 if there is none.
func lastClosed(ctx context.Context, r *store.Reader) (kpi.Year, error) {
	years, err := r.Years(ctx)
	for _, y := range years {
		if y.State == kpi.YearClosed {
			return y.Year, nil
		}
	}
	return 0, err
}

func (a *App) moveUnit(ctx context.Context, w *store.Writer, actor kpi.Actor, u, parent kpi.Unit, since kpi.Date,
	n UnitMove) (kpi.Unit, error) {
	before, err := w.Tree(ctx)
	if err != nil {
		return u, err
	}
	past, err := before.Move(u.ID, parent.ID, since)
	if err != nil {
		return u, err
	}
	siblings, err := w.Children(ctx, parent.ID)
	if err != nil {
		return u, err
	}
	old := u.Parent
	u.Parent, u.Sort = parent.ID, 1
	for _, s := range siblings {
		u.Sort = max(u.Sort, s.Sort+1)
	}
	if err := w.SetParent(ctx, u.ID, u.Parent, u.Sort, past); err != nil {
		return u, err
	}
	after, err := w.Tree(ctx)
	if err != nil {
		return u, err
	}
	years, err := w.Years(ctx)
	if err != nil {
		return u, err
	}
	for _, y := range years {
		if y.Year.End() < since {
			continue
		}
		if err := carry(ctx, w, u.ID, y.Year, since, before, after); err != nil {
			return u, err
		}
	}
	detail := map[string]any{"unit": u.Code, "from": int64(old), "to": parent.Code, "history": n.History, "since": since}
	return u, a.audit(ctx, w, actor, "unit.move", "unit "+u.Code, detail)
}

// carry moves what a unit with all below it adds up to in a year, from a day on, from its ancestors in
// one tree to those in another. A locked month in that period refuses it: a running total belongs to
// each month, whether or not anything was logged in it.
func carry(ctx context.Context, w *store.Writer, unit kpi.UnitID, y kpi.Year, since kpi.Date,
	before, after kpi.Tree) error {
	series, err := w.UnitSeries(ctx, y, unit)
	if err != nil || len(series) == 0 {
		return err
	}
	locks, err := cachedLocks(ctx, &w.Reader, y)
	if err != nil {
		return err
	}
	if err := locks.CheckFrom(since); err != nil {
		return err
	}
	indicators, err := w.Indicators(ctx)
	if err != nil {
		return err
	}
	was, is := before.Lineages(unit, y), after.Lineages(unit, y)
	for _, ind := range indicators {
		if s, ok := series[ind.ID]; ok && ind.Units.Extreme() {
			if err := rebuild(ctx, w, y, ind, after); err != nil {
				return err
			}
		} else if ok && ind.Reaches() {
			old, now := progress.Contribute(ind, s, was), progress.Contribute(ind, s, is)
			if _, err := addDifferences(ctx, w, ind, y, old, now); err != nil {
				return err
			}
		}
	}
	return refreshDates(ctx, w, y, after, 0, was)
}

// addDifferences updates the stored sums from old to now, and reports whether some last date may have
// become earlier.
func addDifferences(ctx context.Context, w *store.Writer, ind kpi.Indicator, y kpi.Year, old,
	now map[kpi.UnitID]kpi.Series) (earlier bool, err error) {
	var changed []kpi.UnitID
	for unit := range union(old, now) {
		if old[unit] != now[unit] {
			changed = append(changed, unit)
		}
	}
	if len(changed) == 0 {
		return false, nil
	}
	kept, err := w.FiguresSeries(ctx, y, changed, []kpi.IndicatorID{ind.ID})
	if err != nil {
		return false, err
	}
	for _, unit := range changed {
		key := store.FigureKey{Unit: unit, Indicator: ind.ID}
		series := kept.Of(key)
		for m, is := range now[unit] {
			series[m] = series[m].Plus(is.Minus(old[unit][m]))
			earlier = earlier || is.LastDate < old[unit][m].LastDate
		}
		if err := w.SetSeries(ctx, key, y, series); err != nil {
			return earlier, err
		}
	}
	return earlier, nil
}

// rollUpMoved is rollUp for units that changed their parents: each month counts for the ancestors the
// unit had in that month.
func rollUpMoved(ctx context.Context, w *store.Writer, ind kpi.Indicator, unit kpi.UnitID, y kpi.Year,
	was, is kpi.Series) error {
	tree, err := w.Tree(ctx)
	if err != nil {
		return err
	}
	lineages := tree.Lineages(unit, y)
	old, now := progress.Contribute(ind, was, lineages), progress.Contribute(ind, is, lineages)
	earlier, err := addDifferences(ctx, w, ind, y, old, now)
	if err != nil || !earlier {
		return err
	}
	return refreshDates(ctx, w, y, tree, ind.ID, lineages)
}

// refreshDates recomputes a year's last dates for all units of the lineages, from their own entries and
// from the units directly below them, lower units first in each lineage. only limits it to one indicator;
// 0: all.
func refreshDates(ctx context.Context, w *store.Writer, y kpi.Year, tree kpi.Tree,
	only kpi.IndicatorID, lineages kpi.Lineages) error {
	// Month by month: each pass settles that month's dates for all units of its lineage.
	var order []kpi.UnitID
	for m, lineage := range lineages {
		if m > 0 && slices.Equal(lineage, lineages[m-1]) {
			continue
		}
		order = append(order, lineage...)
	}
	for _, unit := range order {
		if err := refreshUnit(ctx, w, y, tree, only, unit); err != nil {
			return err
		}
	}
	return nil
}

func refreshUnit(ctx context.Context, w *store.Writer, y kpi.Year, tree kpi.Tree,
	only kpi.IndicatorID, unit kpi.UnitID) error {
	own, err := ownLastDates(ctx, w, y, unit)
	if err != nil {
		return err
	}
	stored, err := w.UnitSeries(ctx, y, unit)
	if err != nil {
		return err
	}
	family, err := w.FamilySeries(ctx, y, unit)
	if err != nil {
		return err
	}
	want := map[kpi.IndicatorID][12]kpi.Date{}
	for id, months := range own {
		want[id] = months
	}
	for key, s := range family {
		months := want[key.Indicator]
		for m := range s {
			if tree.Parent(key.Unit, kpi.Period{Year: y, Month: m + 1}.Start()) == unit {
				months[m] = max(months[m], s[m].LastDate)
			}
		}
		want[key.Indicator] = months
	}
	alone, err := notOverUnits(ctx, w)
	if err != nil {
		return err
	}
	for id, series := range stored {
		if only != 0 && id != only || alone[id] {
			continue
		}
		fresh := series
		for m := range fresh {
			fresh[m].LastDate = want[id][m]
		}
		if fresh != series {
			if err := w.SetSeries(ctx, store.FigureKey{Unit: unit, Indicator: id}, y, fresh); err != nil {
				return err
			}
		}
	}
	return nil
}

// notOverUnits returns the indicators whose figures stay with their unit.
func notOverUnits(ctx context.Context, w *store.Writer) (map[kpi.IndicatorID]bool, error) {
	indicators, err := w.Indicators(ctx)
	out := map[kpi.IndicatorID]bool{}
	for _, i := range indicators {
		out[i.ID] = !i.Reaches()
	}
	return out, err
}
