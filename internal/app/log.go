package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// LogQuery asks for entries of a year's log.
type LogQuery struct {
	Year      kpi.Year
	Unit      string       // code; empty: the actor's own unit, or the root
	Indicator string       // code; empty: all
	Before    kpi.UpdateID // only older entries than this; 0: from the newest
	Limit     int          // 1 to LogPage; 0: LogPage
}

// Log lists a year's entries, newest first, at most q.Limit of them; more says there are older ones.
func (a *App) Log(ctx context.Context, actor kpi.Actor, q LogQuery) (entries []LogEntry, more bool, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) error {
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return err
		}
		filter := store.LogFilter{Year: q.Year, Unit: s.unit.ID, Before: q.Before, Limit: q.Limit}
		if q.Indicator != "" {
			ind, err := r.Indicator(ctx, q.Indicator)
			if err != nil {
				return err
			}
			filter.Indicators[0] = ind.ID
		}
		entries, more, err = logPage(ctx, r, filter)
		return err
	})
	return entries, more, err
}

// Entry is one entry of the log with what belongs to it, for correcting it.
func (a *App) Entry(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) (LogEntry, error) {
	return read(ctx, a, func(r *store.Reader) (LogEntry, error) {
		u, err := r.Update(ctx, id)
		if err != nil {
			return LogEntry{}, err
		}
		line, err := r.Line(ctx, u.Unit)
		if err != nil {
			return LogEntry{}, err
		}
		if err := actor.MayRead(line); err != nil {
			return LogEntry{}, err
		}
		entries, err := dress(ctx, r, []kpi.Update{u})
		if err != nil {
			return LogEntry{}, err
		}
		return entries[0], nil
	})
}

func logPage(ctx context.Context, r *store.Reader, f store.LogFilter) ([]LogEntry, bool, error) {
	limit := f.Limit
	if limit < 1 || limit > LogPage {
		limit = LogPage
	}
	f.Limit = limit + 1 // one more than shown tells whether there are older ones
	updates, err := r.Log(ctx, f)
	if err != nil {
		return nil, false, err
	}
	more := len(updates) > limit
	entries, err := dress(ctx, r, updates[:min(len(updates), limit)])
	return entries, more, err
}

// dress joins entries with their unit, indicator, author and evidence.
func dress(ctx context.Context, r *store.Reader, updates []kpi.Update) ([]LogEntry, error) {
	units, err := r.Units(ctx)
	if err != nil {
		return nil, err
	}
	indicators, err := r.Indicators(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := r.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]kpi.UpdateID, len(updates))
	for i, u := range updates {
		ids[i] = u.ID
	}
	files, err := r.EvidenceOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	unitByID, indicatorByID, nameOf := index(units, indicators, accounts)
	out := make([]LogEntry, len(updates))
	for i, u := range updates {
		out[i] = LogEntry{Update: u, Unit: unitByID[u.Unit], Indicator: indicatorByID[u.Indicator], AuthorName: nameOf[u.Author]}
		if out[i].AuthorName == "" {
			out[i].AuthorName = u.Author
		}
		for _, f := range files {
			if f.Update == u.ID {
				out[i].Evidence = append(out[i].Evidence, f)
			}
		}
	}
	return out, nil
}

func index(units []kpi.Unit, indicators []kpi.Indicator, accounts []kpi.Account) (map[kpi.UnitID]kpi.Unit, map[kpi.IndicatorID]kpi.Indicator, map[string]string) {
	byUnit, byIndicator, names := map[kpi.UnitID]kpi.Unit{}, map[kpi.IndicatorID]kpi.Indicator{}, map[string]string{}
	for _, u := range units {
		byUnit[u.ID] = u
	}
	for _, i := range indicators {
		byIndicator[i.ID] = i
	}
	for _, a := range accounts {
		names[a.Name] = a.FullName
	}
	return byUnit, byIndicator, names
}
