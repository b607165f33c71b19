package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// HistoryStep is one event in the history of a fact.
type HistoryStep struct {
	Entry  LogEntry    // the entry that was added or reviewed
	Old    *LogEntry   // the entry it corrects or withdraws; nil for others
	Review *kpi.Review // nil: the entry was added
	By     string      // the account's name
	ByName string      // the person's full name
	At     kpi.UnixMilli
	Reason string
}

// History returns everything that happened to the fact an entry is about, oldest first: what was
// logged, corrected and withdrawn, and every step of the reviews. Refusals: NotFound, Forbidden.
func (a *App) History(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) ([]HistoryStep, error) {
	return read(ctx, a, func(r *store.Reader) ([]HistoryStep, error) {
		if _, err := entryFor(ctx, r, actor, id); err != nil {
			return nil, err
		}
		updates, err := r.Fact(ctx, id)
		if err != nil {
			return nil, err
		}
		entries, err := withDetails(ctx, r, actor, updates)
		if err != nil {
			return nil, err
		}
		ids := make([]kpi.UpdateID, len(updates))
		for i, u := range updates {
			ids[i] = u.ID
		}
		reviews, err := r.Reviews(ctx, ids)
		if err != nil {
			return nil, err
		}
		return historyOf(entries, reviews), nil
	})
}

func historyOf(entries []LogEntry, reviews []kpi.Review) (steps []HistoryStep) {
	byID := map[kpi.UpdateID]*LogEntry{}
	for i, e := range entries {
		byID[e.ID] = &entries[i]
		steps = append(steps, HistoryStep{Entry: e, Old: byID[e.Answers], By: e.Author, ByName: e.AuthorName,
			At: e.LoggedAt, Reason: e.Reason})
	}
	for _, v := range reviews {
		e := byID[v.Update]
		if v.At == e.LoggedAt && v.By == e.Author && (v.Act == kpi.ReviewSubmit || v.Act == kpi.ReviewDraft) {
			continue // listed with its entry
		}
		steps = append(steps, HistoryStep{Entry: *e, Review: &v, By: v.By, ByName: v.ByName, At: v.At, Reason: v.Reason})
	}
	slices.SortStableFunc(steps, func(a, b HistoryStep) int { return cmp.Compare(a.At, b.At) })
	return steps
}
