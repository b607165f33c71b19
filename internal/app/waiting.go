package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// WaitingPage is how many entries awaiting review a page shows.
const WaitingPage = 100

// Waiting is what awaits review in a year, for reviewers.
type Waiting struct {
	Year    kpi.YearInfo
	Unit    kpi.Unit
	AsOf    kpi.AsOf
	Rule    kpi.ReviewRule
	Total   int
	Entries []WaitingEntry  // the latest WaitingPage, newest first
	Skipped []UpdateRefusal // why the entries asked about cannot be reviewed
}

// WaitingEntry is an entry with what a reviewer compares it with.
type WaitingEntry struct {
	LogEntry
	Old     *LogEntry // what a correction or withdrawal answers; nil for others
	Target  *kpi.Target
	Context progress.ReviewContext
	Own     bool // the actor's own, which someone else has to review
}

// Waiting lists what awaits review at the actor's unit and below it. about lists entries for which to
// say why they cannot be reviewed. Refusals: NotFound, Forbidden.
func (a *App) Waiting(ctx context.Context, actor kpi.Actor, q Query, about []kpi.UpdateID) (Waiting, error) {
	if err := actor.MayReview([]kpi.UnitID{actor.Unit}); err != nil {
		return Waiting{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v Waiting, err error) {
		s, err := a.scope(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		v.Year, v.Unit, v.AsOf = s.year, s.unit, s.asOf
		if v.Rule, err = cachedReviewRule(ctx, r); err != nil {
			return v, err
		}
		f := s.logFilter(0, WaitingPage)
		f.State = kpi.StateSubmitted
		if v.Total, err = r.CountInReview(ctx, q.Year, f.State, f.Unit); err != nil {
			return v, err
		}
		if v.Entries, err = waitingEntries(ctx, r, actor, f); err != nil || len(about) == 0 {
			return v, err
		}
		updates, err := r.UpdatesByID(ctx, about)
		if err != nil {
			return v, err
		}
		var out ReviewResult
		_, err = a.reviewable(ctx, r, actor, NewReview{Updates: about}, updates, &out)
		v.Skipped = out.Skipped
		return v, err
	})
}

func waitingEntries(ctx context.Context, r *store.Reader, actor kpi.Actor, f store.LogFilter) ([]WaitingEntry, error) {
	updates, err := r.Log(ctx, f)
	if err != nil {
		return nil, err
	}
	entries, err := withDetails(ctx, r, actor, updates)
	if err != nil {
		return nil, err
	}
	old, err := answeredEntries(ctx, r, actor, updates)
	if err != nil {
		return nil, err
	}
	figures := newFigures(f.Year, entries)
	if err := figures.read(ctx, r); err != nil {
		return nil, err
	}
	out := make([]WaitingEntry, len(entries))
	for i, e := range entries {
		key := store.FigureKey{Unit: e.Update.Unit, Indicator: e.Update.Indicator}
		out[i] = WaitingEntry{LogEntry: e, Old: old[e.Answers], Own: e.Author == actor.Name, Target: figures.targets[key],
			Context: progress.NewReviewContext(e.Indicator, figures.this.Of(key), figures.last.Of(key), e.Dated.Period().Month)}
	}
	return out, nil
}

// answeredEntries returns the entries that the given ones answer.
func answeredEntries(ctx context.Context, r *store.Reader, actor kpi.Actor,
	updates []kpi.Update) (map[kpi.UpdateID]*LogEntry, error) {
	var ids []kpi.UpdateID
	for _, u := range updates {
		if u.Answers != 0 {
			ids = append(ids, u.Answers)
		}
	}
	byID, err := r.UpdatesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	answered := make([]kpi.Update, 0, len(byID))
	for _, u := range byID {
		answered = append(answered, u)
	}
	entries, err := withDetails(ctx, r, actor, answered)
	out := map[kpi.UpdateID]*LogEntry{}
	for i, e := range entries {
		out[e.ID] = &entries[i]
	}
	return out, err
}

// figures holds what is known about the figures that some entries belong to.
type figures struct {
	year       kpi.Year
	units      []kpi.UnitID
	indicators []kpi.IndicatorID
	this, last store.Sums
	targets    map[store.FigureKey]*kpi.Target
}

func newFigures(y kpi.Year, entries []LogEntry) *figures {
	f := &figures{year: y, targets: map[store.FigureKey]*kpi.Target{}}
	for _, e := range entries {
		f.units, f.indicators = append(f.units, e.Update.Unit), append(f.indicators, e.Update.Indicator)
	}
	slices.Sort(f.units)
	slices.Sort(f.indicators)
	f.units, f.indicators = slices.Compact(f.units), slices.Compact(f.indicators)
	return f
}

func (f *figures) read(ctx context.Context, r *store.Reader) (err error) {
	if len(f.units) == 0 {
		return nil
	}
	if f.this, err = r.FiguresSeries(ctx, f.year, f.units, f.indicators); err != nil {
		return err
	}
	if f.last, err = r.FiguresSeries(ctx, f.year-1, f.units, f.indicators); err != nil {
		return err
	}
	history, err := r.FiguresTargets(ctx, f.year, f.units, f.indicators)
	for i, t := range history {
		f.targets[store.FigureKey{Unit: t.Unit, Indicator: t.Indicator}] = &history[i]
	}
	return err
}
