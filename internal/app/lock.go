package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

type locksOf kpi.Year

func cachedLocks(ctx context.Context, r *store.Reader, y kpi.Year) (kpi.Locks, error) {
	return store.Cached(ctx, r, locksOf(y), func() (kpi.Locks, error) { return r.Locks(ctx, y) })
}

// Locks lists the lockings and reopenings of a year's months, oldest first. Refusals: NotFound,
// Forbidden.
func (a *App) Locks(ctx context.Context, actor kpi.Actor, y kpi.Year) (kpi.Locks, error) {
	if err := actor.MayRead([]kpi.UnitID{actor.Unit}); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) (kpi.Locks, error) {
		if _, err := cachedYear(ctx, r, y); err != nil {
			return nil, err
		}
		return cachedLocks(ctx, r, y)
	})
}

// LockMonth closes a month to further entries, corrections and reviews. Refusals: NotFound; Forbidden;
// Invalid by field (month, reason); Conflict if it is already locked, the year is closed, or entries of
// the month await review.
func (a *App) LockMonth(ctx context.Context, actor kpi.Actor, p kpi.Period, reason string) error {
	return a.setLock(ctx, actor, p, kpi.LockMonth, reason)
}

// UnlockMonth reopens a locked month, with the reason. Refusals: NotFound; Forbidden; Invalid by field
// (month, reason); Conflict if it is open or the year is closed.
func (a *App) UnlockMonth(ctx context.Context, actor kpi.Actor, p kpi.Period, reason string) error {
	return a.setLock(ctx, actor, p, kpi.UnlockMonth, reason)
}

func (a *App) setLock(ctx context.Context, actor kpi.Actor, p kpi.Period, act kpi.LockAct, reason string) error {
	if err := actor.MayLock(); err != nil {
		return err
	}
	var m kpi.Mistakes
	readTexts(&m, longText("reason", &reason))
	if p.Month < 1 || p.Month > 12 {
		m.Add("month", "month_unreadable", p.Month)
	} else if act == kpi.LockMonth && p.Start() > a.Today() {
		m.Add("month", "lock_in_future", int(p.Year), p.Month)
	}
	if act == kpi.UnlockMonth {
		m.Merge(kpi.CheckReason(reason))
	}
	if err := m.Err(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, p.Year); err != nil {
			return err
		}
		locks, err := w.Locks(ctx, p.Year)
		if err != nil {
			return err
		}
		switch last, any := locks.Last(p); {
		case act == kpi.LockMonth && any && last.Act == kpi.LockMonth:
			return kpi.Clash("month_lock_twice", int(p.Year), p.Month, last.ByName)
		case act == kpi.UnlockMonth && (!any || last.Act == kpi.UnlockMonth):
			return kpi.Clash("month_open", int(p.Year), p.Month)
		}
		if act == kpi.LockMonth {
			if n, err := waitingFor(ctx, w, p); err != nil {
				return err
			} else if n > 0 {
				return kpi.Clash("month_has_waiting", int(p.Year), p.Month, n)
			}
		}
		lock := kpi.Lock{Period: p, Act: act, Reason: reason, By: actor.Name, At: a.stamp()}
		if err := w.InsertLock(ctx, lock); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "month."+string(act), "month "+p.String(), map[string]string{"reason": reason})
	})
}

// lockedEntries returns the locks on the months of entries.
func lockedEntries(ctx context.Context, r *store.Reader, updates []kpi.Update) (map[kpi.UpdateID]*kpi.Lock, error) {
	out := map[kpi.UpdateID]*kpi.Lock{}
	for _, u := range updates {
		locks, err := cachedLocks(ctx, r, u.Dated.Year()) // read once per year, then cached
		if err != nil {
			return nil, err
		}
		out[u.ID] = locks.Holds(u.Dated.Period())
	}
	return out, nil
}

// waitingFor returns the number of entries awaiting a review that would change a month.
func waitingFor(ctx context.Context, w *store.Writer, p kpi.Period) (n int, err error) {
	waiting, err := w.Log(ctx, store.LogFilter{Year: p.Year, State: kpi.StateSubmitted, Limit: 1 << 30})
	if err != nil {
		return 0, err
	}
	for _, u := range waiting {
		about := []kpi.Update{u}
		if u.Dated.Period() != p && u.Answers != 0 {
			if about, err = answeredBy(ctx, &w.Reader, u); err != nil {
				return n, err
			}
		}
		if slices.ContainsFunc(about, func(u kpi.Update) bool { return u.Dated.Period() == p }) {
			n++
		}
	}
	return n, nil
}

// LateEntry is an entry that was logged for a month, or given files, after the month had been locked.
type LateEntry struct {
	LogEntry
	Lock kpi.Lock // the reopening that allowed it
}

// LockLog is the history of the locks of a year.
type LockLog struct {
	Year  kpi.YearInfo
	Locks kpi.Locks // oldest first
	// Late holds, for each reopening, the entries given files, then those logged, at most LogPage of
	// each, oldest first.
	Late []LateEntry
}

// LockLog returns what was locked and reopened, and what was logged for a month, or given files, after
// it was first locked. Refusals: NotFound; Forbidden for actors who do not see the whole office.
func (a *App) LockLog(ctx context.Context, actor kpi.Actor, y kpi.Year) (LockLog, error) {
	return read(ctx, a, func(r *store.Reader) (out LockLog, err error) {
		root, err := r.Root(ctx)
		if err != nil {
			return out, err
		}
		if err := actor.MayRead([]kpi.UnitID{root.ID}); err != nil {
			return out, err
		}
		if out.Year, err = r.Year(ctx, y); err != nil {
			return out, err
		}
		if out.Locks, err = r.Locks(ctx, y); err != nil {
			return out, err
		}
		for _, w := range out.Locks.Reopened() {
			updates, err := r.GivenFilesWithin(ctx, w, LogPage)
			if err != nil {
				return out, err
			}
			logged, err := r.LoggedWithin(ctx, w, LogPage)
			if err != nil {
				return out, err
			}
			entries, err := withDetails(ctx, r, actor, append(updates, logged...))
			if err != nil {
				return out, err
			}
			for _, e := range entries {
				out.Late = append(out.Late, LateEntry{e, w.Opened})
			}
		}
		return out, nil
	})
}
