package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// EntryQuery asks for the context of a new entry.
type EntryQuery struct {
	Year      kpi.Year
	Unit      string   // code; empty: that of the person's last entry, else the actor's own or the root
	Indicator string   // code; empty: the usual one
	Dated     kpi.Date // the day the entry will be dated; empty: today, or the year's end
}

// EntryView is what a person sees when about to log an entry.
type EntryView struct {
	Year       kpi.YearInfo
	Unit       kpi.Unit
	Areas      []kpi.Area
	Indicators []kpi.Indicator // those that may be logged, in the year's order
	Dated      kpi.Date

	Indicator kpi.Indicator // zero: none chosen yet, and everything below is empty
	Figure    progress.Figure
	// the unit's own effective entries up to Dated, oldest first, at most HabitEntries
	Latest   []kpi.Update
	Below    progress.Opt[kpi.Quantity] // what the units below have reported in the year; an entry here is added to it
	LastYear progress.Opt[kpi.Amount]
	Habit    progress.Habit
	HasHabit bool
	Duty     progress.Duty // what of the indicator is late and due at the unit
	DueDay   int
	Locks    kpi.Locks
	Next     []MineIndicator // what else the person has to log there, late ones first, at most NextEntries
}

// NextEntries is how many other indicators stand beside a form.
const NextEntries = 5

// Entering prepares a new entry for the indicator and unit asked for, or the usual ones: see usualEntry.
// Refusals: NotFound, Forbidden, Conflict for a closed year or archived indicator,
// Invalid ratio_not_logged and sum_not_logged, NotFound indicator_not_in_year.
func (a *App) Entering(ctx context.Context, actor kpi.Actor, q EntryQuery) (EntryView, error) {
	return read(ctx, a, func(r *store.Reader) (v EntryView, err error) {
		if q, err = a.usualEntry(ctx, r, actor, q); err != nil {
			return v, err
		}
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return v, err
		}
		if err := actor.MayLog(s.lineage); err != nil {
			return v, err
		}
		if err := s.year.CheckOpen(); err != nil {
			return v, err
		}
		v.Year, v.Unit, v.Dated = s.year, s.unit, q.Dated
		if v.Dated == "" {
			v.Dated = s.asOf.Date()
		}
		if v.Areas, err = cachedAreas(ctx, r); err != nil {
			return v, err
		}
		if v.Indicators, err = loggable(ctx, r, q.Year); err != nil || q.Indicator == "" {
			return v, err
		}
		if v.Indicator, err = s.toLog(ctx, r, q.Indicator); err != nil {
			return v, err
		}
		if err := v.readContext(ctx, r, s, a.Today()); err != nil {
			return v, err
		}
		duties, err := a.duties(ctx, r, s, actor)
		for _, ind := range duties {
			if ind.Duty.Urgency() < 2 && ind.Figure.Indicator.ID != v.Indicator.ID && len(v.Next) < NextEntries {
				v.Next = append(v.Next, ind)
			}
		}
		return v, err
	})
}

// loggable returns a year's indicators that can be logged: in use and not computed from others.
func loggable(ctx context.Context, r *store.Reader, y kpi.Year) ([]kpi.Indicator, error) {
	all, err := cachedIndicators(ctx, r, y)
	return slices.DeleteFunc(slices.Clone(all), func(i kpi.Indicator) bool {
		return i.Computed() || i.ArchivedAt != 0
	}), err
}

// toLog returns an indicator of the year that accepts entries, or refuses.
func (s scope) toLog(ctx context.Context, r *store.Reader, code string) (kpi.Indicator, error) {
	ind, err := cachedIndicator(ctx, r, code)
	if err != nil {
		return ind, err
	}
	in, err := cachedInYear(ctx, r, s.year.Year, ind.ID)
	switch {
	case err != nil:
		return ind, err
	case !in:
		return ind, kpi.Missing("indicator_not_in_year", ind.Name, int(s.year.Year))
	case ind.Kind == kpi.Ratio:
		return ind, kpi.Refuse(kpi.Invalid, "ratio_not_logged", ind.Name)
	case ind.SumOf != "":
		return ind, kpi.Refuse(kpi.Invalid, "sum_not_logged", ind.Names())
	}
	return ind, ind.CheckActive()
}

// undoubted returns the entries that nobody was asked about: what is called usual must not stretch to a number that
// is suspected itself.
func undoubted(ctx context.Context, r *store.Reader, entries []kpi.Update) ([]kpi.Update, error) {
	entries = entries[max(len(entries)-2*progress.HabitEntries, 0):]
	ids := make([]kpi.UpdateID, len(entries))
	for i, u := range entries {
		ids[i] = u.ID
	}
	asked, err := r.Doubts(ctx, ids)
	return slices.DeleteFunc(slices.Clone(entries), func(u kpi.Update) bool {
		_, doubted := asked[u.ID]
		return doubted
	}), err
}

// readContext reads what stands beside the form: duty, locks, the figure, its habit and latest entries.
func (v *EntryView) readContext(ctx context.Context, r *store.Reader, s scope, today kpi.Date) error {
	input, err := s.inputs(ctx, r, []kpi.Indicator{v.Indicator})
	if err != nil {
		return err
	}
	in, err := input(0)
	if err != nil {
		return err
	}
	if v.DueDay = s.rules.DueDay; used(in) {
		v.Duty = progress.DutyOf(in, s.year, today)
	}
	if v.Locks, err = cachedLocks(ctx, r, s.year.Year); err != nil {
		return err
	}
	v.LastYear = in.SameMonth(v.Dated.Period().Month)
	figures, err := measure(ctx, r, 1, input)
	if err != nil {
		return err
	}
	v.Figure = figures[0]
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return err
	}
	key := store.FigureKey{Unit: v.Unit.ID, Indicator: v.Indicator.ID}
	logs, err := readLogs(ctx, r, s.year.Year, kpi.Update{Indicator: key.Indicator, Unit: key.Unit})
	if err != nil {
		return err
	}
	v.Latest = habitsOf(logs, rule).until(key, v.Dated, 0)
	own := tally(v.Indicator, v.Indicator, rule, ofYear(logs[key], s.year.Year))
	below := progress.Through(in.Series, 12).Minus(progress.Through(own, 12))
	if v.Below = progress.None[kpi.Quantity](progress.ReasonNoValue); v.Indicator.AddsUnits() && below.Entries > 0 {
		v.Below = progress.Reading(v.Indicator, below)
	}
	sound, err := undoubted(ctx, r, v.Latest)
	if err != nil {
		return err
	}
	v.Habit, v.HasHabit = progress.Usual(v.Indicator.Kind, progress.MayFall(v.Indicator, in.Target), sound)
	v.Latest = v.Latest[max(len(v.Latest)-progress.HabitEntries, 0):]
	return nil
}
