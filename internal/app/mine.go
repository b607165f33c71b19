package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// Mine is what a person has to log in a year.
type Mine struct {
	Year       kpi.YearInfo
	Unit       kpi.Unit
	AsOf       kpi.AsOf
	Areas      []kpi.Area
	Due        kpi.Period      // the month whose due day comes next
	DueDate    kpi.Date        // that day
	DueDay     int             // the day of the following month by which a month must be logged
	Indicators []MineIndicator // in the year's order
	Returned   []LogEntry      // the person's own returned entries, with the reason in their review; at most LogPage
	Drafts     []LogEntry      // and those not submitted
	Choices    []MineChoice
	Locks      kpi.Locks
	MayOwn     bool // the person chooses their indicators; otherwise their unit determines them
}

// MineIndicator is one indicator to log and how far it has come.
type MineIndicator struct {
	Figure progress.Figure
	Duty   progress.Duty
}

// MineChoice is an indicator the person may take responsibility for.
type MineChoice struct {
	Indicator kpi.Indicator
	Mine      bool
	Named     bool // the indicator names the person as its owner, so it is theirs in any case
}

// Mine lists what a person has to log: for members of a unit, all indicators in which the unit has a
// target or has logged something this year or last; for everyone else, the indicators they have chosen
// and those that name them as owner. Refusals: NotFound, Forbidden.
func (a *App) Mine(ctx context.Context, actor kpi.Actor, y kpi.Year) (Mine, error) {
	return read(ctx, a, func(r *store.Reader) (m Mine, err error) {
		s, err := a.scope(ctx, r, actor, Query{Year: y})
		if err != nil {
			return m, err
		}
		if err := actor.MayLog(s.lineage); err != nil {
			return m, err
		}
		m = Mine{Year: s.year, Unit: s.unit, AsOf: s.asOf, MayOwn: actor.Unit == 0}
		m.Due = progress.DuePeriod(a.Today(), s.rules.DueDay)
		m.DueDay, m.DueDate = s.rules.DueDay, progress.DueDate(m.Due, s.rules.DueDay)
		if m.Locks, err = cachedLocks(ctx, r, y); err != nil {
			return m, err
		}
		if m.Areas, err = cachedAreas(ctx, r); err != nil {
			return m, err
		}
		all, err := loggable(ctx, r, y)
		if err != nil {
			return m, err
		}
		if m.MayOwn {
			if m.Choices, err = choices(ctx, r, actor, all); err != nil {
				return m, err
			}
			all = chosen(m.Choices)
		}
		if m.Indicators, err = a.mineIndicators(ctx, r, s, all, m.MayOwn); err != nil {
			return m, err
		}
		f := s.logFilter(0, 0)
		f.Author = actor.Name
		for state, entries := range map[kpi.State]*[]LogEntry{kpi.StateReturned: &m.Returned, kpi.StateDraft: &m.Drafts} {
			f.State = state
			if *entries, _, err = logPage(ctx, r, actor, f); err != nil {
				return m, err
			}
		}
		return m, nil
	})
}

// NextDue returns the month whose due day comes next for the whole office, and that day; the month is
// zero if its year accepts no entries.
func (a *App) NextDue(ctx context.Context) (due kpi.Period, day kpi.Date, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) error {
		year, err := cachedYear(ctx, r, a.Today().Year())
		if isRefusal(err, kpi.NotFound) || err == nil && year.State != kpi.YearOpen {
			return nil
		}
		if err != nil {
			return err
		}
		rules, err := r.Rules(ctx, year.Year)
		if next := progress.DuePeriod(a.Today(), rules.DueDay); err == nil && next.Year == year.Year {
			due, day = next, progress.DueDate(next, rules.DueDay)
		}
		return err
	})
	return due, day, err
}

// choices returns the indicators and whether they are the actor's.
func choices(ctx context.Context, r *store.Reader, actor kpi.Actor, indicators []kpi.Indicator) ([]MineChoice, error) {
	name, err := cachedName(ctx, r, actor.Name)
	if err != nil {
		return nil, err
	}
	owned, err := r.Owned(ctx, actor.ID)
	out := make([]MineChoice, len(indicators))
	for i, ind := range indicators {
		named := ind.NamesOwner(name)
		out[i] = MineChoice{Indicator: ind, Named: named, Mine: named || owned[ind.ID]}
	}
	return out, err
}

func chosen(all []MineChoice) (out []kpi.Indicator) {
	for _, c := range all {
		if c.Mine {
			out = append(out, c.Indicator)
		}
	}
	return out
}

// mineIndicators measures the given indicators; unless all are wanted, only those the unit has used or
// has a target for.
func (a *App) mineIndicators(ctx context.Context, r *store.Reader, s scope, indicators []kpi.Indicator,
	all bool) ([]MineIndicator, error) {
	input, err := s.inputs(ctx, r, indicators)
	if err != nil {
		return nil, err
	}
	var kept []progress.Input
	for i := range indicators {
		in, err := input(i)
		if err != nil {
			return nil, err
		}
		if all || used(in) {
			kept = append(kept, in)
		}
	}
	figures, err := measure(ctx, r, len(kept), func(i int) (progress.Input, error) { return kept[i], nil })
	out := make([]MineIndicator, len(figures))
	for i, f := range figures {
		out[i] = MineIndicator{f, progress.DutyOf(kept[i], s.year, a.Today())}
	}
	return out, err
}

// used reports whether an indicator is a unit's to log: it has a target or entries, this year or last.
func used(in progress.Input) bool {
	return in.Target != nil || in.Series != (kpi.Series{}) || in.Last.Series != (kpi.Series{})
}

// SetOwned sets which of a year's indicators the actor is responsible for, by code; the year's others
// are given up. Refusals: Forbidden for members of a unit and those who do not log, NotFound.
func (a *App) SetOwned(ctx context.Context, actor kpi.Actor, y kpi.Year, codes []string) error {
	if err := actor.MayLog(nil); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		all, err := loggable(ctx, &w.Reader, y)
		if err != nil {
			return err
		}
		owned, err := w.Owned(ctx, actor.ID)
		if err != nil {
			return err
		}
		wanted := map[string]bool{}
		for _, code := range codes {
			wanted[code] = true
		}
		for _, ind := range all {
			switch {
			case wanted[ind.Code] && !owned[ind.ID]:
				err = w.InsertOwned(ctx, actor.ID, ind.ID, a.stamp())
			case !wanted[ind.Code] && owned[ind.ID]:
				err = w.DeleteOwned(ctx, actor.ID, ind.ID)
			}
			if err != nil {
				return err
			}
			delete(wanted, ind.Code)
		}
		for code := range wanted {
			return kpi.Missing("indicator_not_found", code)
		}
		return a.audit(ctx, w, actor, "owner.set", "account "+actor.Name, map[string]any{"year": y, "indicators": codes})
	})
}
