package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// LogQuery asks for entries of a year's log.
type LogQuery struct {
	Year      kpi.Year
	Unit      string       // code; empty: the actor's own unit, or the root
	Indicator string       // code; empty: all
	State     kpi.State    // empty: all; drafts, submitted and returned entries only if nothing answers them
	Mine      bool         // for entries not approved: only the actor's own
	Month     *kpi.Period  // this month only, which requires an indicator; nil: the whole year
	Before    kpi.UpdateID // only older entries than this; 0: from the newest
	Limit     int          // 1 to LogPage; 0: LogPage
}

// Log lists up to q.Limit entries of a year, newest first; more reports whether there are older ones. A
// ratio's entries are those of its two parts. Refusals: NotFound, Forbidden, Invalid month, state.
func (a *App) Log(ctx context.Context, actor kpi.Actor, q LogQuery) (entries []LogEntry, more bool, err error) {
	v, err := a.Entries(ctx, actor, q)
	return v.Entries, v.More, err
}

// EntriesView is a page of the log and what it is about.
type EntriesView struct {
	Year      kpi.YearInfo
	Unit      kpi.Unit
	AsOf      kpi.AsOf
	Indicator kpi.Indicator // zero: all
	Entries   []LogEntry    // newest first
	More      bool          // there are older ones
	MayLog    bool          // the actor may log here, the year is open and the indicator in use
}

// Entries is like Log, and also returns what the entries are about.
func (a *App) Entries(ctx context.Context, actor kpi.Actor, q LogQuery) (EntriesView, error) {
	return read(ctx, a, func(r *store.Reader) (v EntriesView, err error) {
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return v, err
		}
		v.Year, v.Unit, v.AsOf = s.year, s.unit, s.asOf
		if v.Indicator, err = logIndicator(ctx, r, q); err != nil {
			return v, err
		}
		v.MayLog = s.year.State == kpi.YearOpen && actor.MayLog(s.lineage) == nil && v.Indicator.ArchivedAt == 0
		f := s.logFilter(q.Before, q.Limit)
		if f.State = q.State; q.Mine {
			f.Author = actor.Name
		}
		if q.Month != nil {
			f.Unit, f.Month = s.unit.ID, q.Month.Month
		}
		indicators, err := loggedFor(ctx, r, v.Indicator)
		if err != nil {
			return v, err
		}
		v.Entries, v.More, err = logPage(ctx, r, actor, f, indicators...)
		return v, err
	})
}

// logIndicator returns the indicator whose entries are wanted; zero: all.
func logIndicator(ctx context.Context, r *store.Reader, q LogQuery) (kpi.Indicator, error) {
	var m kpi.Mistakes
	switch {
	case q.Month != nil && q.Indicator == "":
		m.Add("month", "month_needs_indicator")
	case q.Month != nil && q.Month.Year != q.Year:
		m.Add("month", "as_of_other_year", q.Month.String(), int(q.Year))
	}
	if q.State != "" && !q.State.Known() {
		m.Add("state", "state_unknown", string(q.State))
	}
	if err := m.Err(); err != nil || q.Indicator == "" {
		return kpi.Indicator{}, err
	}
	return cachedIndicator(ctx, r, q.Indicator)
}

// Entry returns one entry of the log with everything needed to correct it. Refusals: NotFound,
// Forbidden.
func (a *App) Entry(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) (LogEntry, error) {
	return read(ctx, a, func(r *store.Reader) (LogEntry, error) { return entryFor(ctx, r, actor, id) })
}

func entryFor(ctx context.Context, r *store.Reader, actor kpi.Actor, id kpi.UpdateID) (LogEntry, error) {
	u, err := r.Update(ctx, id)
	if err != nil {
		return LogEntry{}, err
	}
	lineage, err := r.Lineage(ctx, u.Unit)
	if err != nil {
		return LogEntry{}, err
	}
	if err := actor.MayRead(lineage); err != nil {
		return LogEntry{}, err
	}
	entries, err := withDetails(ctx, r, actor, []kpi.Update{u})
	if err != nil {
		return LogEntry{}, err
	}
	return entries[0], nil
}

func (s scope) logFilter(before kpi.UpdateID, limit int) store.LogFilter {
	f := store.LogFilter{Year: s.year.Year, Unit: s.unit.ID, Before: before, Limit: limit}
	if s.unit.Parent == 0 {
		f.Unit = 0 // everything is below the root
	}
	return f
}

// logPage returns a page of the entries for the given indicators, or for all if none are given.
func logPage(ctx context.Context, r *store.Reader, actor kpi.Actor, f store.LogFilter,
	indicators ...kpi.IndicatorID) ([]LogEntry, bool, error) {
	limit := f.Limit
	if limit < 1 || limit > LogPage {
		limit = LogPage
	}
	f.Limit = limit + 1 // one more than shown tells whether there are older ones
	if len(indicators) == 0 {
		indicators = []kpi.IndicatorID{0}
	}
	var updates []kpi.Update
	for _, f.Indicator = range indicators {
		found, err := r.Log(ctx, f)
		if err != nil {
			return nil, false, err
		}
		updates = append(updates, found...)
	}
	slices.SortFunc(updates, func(a, b kpi.Update) int { return cmp.Compare(b.ID, a.ID) })
	more := len(updates) > limit
	entries, err := withDetails(ctx, r, actor, updates[:min(len(updates), limit)])
	return entries, more, err
}

// withDetails joins entries with their unit, indicator, author and evidence as the actor may see it.
func withDetails(ctx context.Context, r *store.Reader, actor kpi.Actor, updates []kpi.Update) ([]LogEntry, error) {
	ids := make([]kpi.UpdateID, len(updates))
	units, indicators, authors := map[kpi.UnitID]kpi.Unit{}, map[kpi.IndicatorID]kpi.Indicator{}, map[string]string{}
	for i, u := range updates {
		ids[i] = u.ID
		units[u.Unit], indicators[u.Indicator], authors[u.Author] = kpi.Unit{}, kpi.Indicator{}, u.Author
	}
	if err := r.FillUnits(ctx, units); err != nil {
		return nil, err
	}
	if err := r.FillIndicators(ctx, indicators); err != nil {
		return nil, err
	}
	if err := r.FillNames(ctx, authors); err != nil {
		return nil, err
	}
	files, err := r.EvidenceOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	reviews, err := reviewsOf(ctx, r, updates)
	if err != nil {
		return nil, err
	}
	standing, err := standingOf(ctx, r, updates)
	if err != nil {
		return nil, err
	}
	locked, err := lockedEntries(ctx, r, updates)
	if err != nil {
		return nil, err
	}
	asked, err := r.Doubts(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]LogEntry, len(updates))
	for i, u := range updates {
		out[i] = LogEntry{Update: u, Unit: units[u.Unit], Indicator: indicators[u.Indicator], AuthorName: authors[u.Author],
			Counts: standing[u.ID].counts, Open: standing[u.ID].open && locked[u.ID] == nil,
			Locked: locked[u.ID], Review: reviews[u.ID]}
		if question, ok := asked[u.ID]; ok {
			out[i].Doubt = &question
		}
		for _, f := range files {
			if f.Update == u.ID {
				out[i].Evidence = append(out[i].Evidence, f.For(actor))
			}
		}
	}
	return out, nil
}

// reviewsOf returns the latest review step of each entry that is not simply approved.
func reviewsOf(ctx context.Context, r *store.Reader, updates []kpi.Update) (map[kpi.UpdateID]*kpi.Review, error) {
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return nil, err
	}
	var ids []kpi.UpdateID
	for _, u := range updates {
		if rule.On() || u.State != kpi.StateApproved {
			ids = append(ids, u.ID)
		}
	}
	latest, err := r.LatestReviews(ctx, ids)
	out := map[kpi.UpdateID]*kpi.Review{}
	for id, step := range latest {
		out[id] = &step
	}
	return out, err
}

// standing is what later entries have left of an entry.
type standing struct{ counts, open bool }

func standingOf(ctx context.Context, r *store.Reader, updates []kpi.Update) (map[kpi.UpdateID]standing, error) {
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return nil, err
	}
	out := map[kpi.UpdateID]standing{}
	var unsure []kpi.UpdateID // their answers are not approved, so the whole fact must be read
	for _, u := range updates {
		switch {
		case u.AnsweredBy == 0:
			out[u.ID] = standing{rule.Counts(u.State) && u.Act != kpi.ActWithdraw, u.Act != kpi.ActWithdraw}
		case u.AnsweredState != kpi.StateApproved && u.Act != kpi.ActWithdraw:
			unsure = append(unsure, u.ID)
		}
	}
	chains, err := r.ChainsFrom(ctx, unsure)
	if err != nil {
		return nil, err
	}
	stands := kpi.Standing(chains, rule)
	for _, id := range unsure {
		_, refusal := kpi.Answerable(chains, id)
		out[id] = standing{slices.ContainsFunc(stands, func(u kpi.Update) bool { return u.ID == id }), refusal == nil}
	}
	return out, nil
}

func index(units []kpi.Unit, indicators []kpi.Indicator) (map[kpi.UnitID]kpi.Unit, map[kpi.IndicatorID]kpi.Indicator) {
	byUnit, byIndicator := map[kpi.UnitID]kpi.Unit{}, map[kpi.IndicatorID]kpi.Indicator{}
	for _, u := range units {
		byUnit[u.ID] = u
	}
	for _, i := range indicators {
		byIndicator[i.ID] = i
	}
	return byUnit, byIndicator
}
