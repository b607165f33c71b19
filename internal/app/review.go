package app

import (
	"context"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// MaxReviewed is how many entries can be approved or returned together.
const MaxReviewed = 500

// NewReview is a decision on entries awaiting review.
type NewReview struct {
	Updates []kpi.UpdateID
	Act     kpi.ReviewAct // ReviewApprove or ReviewReturn
	Reason  string        // required for ReviewReturn
	Key     string        // idempotency key; "": none
}

// ReviewResult says which entries were approved or returned, and why others were not.
type ReviewResult struct {
	Done    []kpi.UpdateID
	Skipped []UpdateRefusal
	first   int64
}

// UpdateRefusal says why one of several entries was left unchanged.
type UpdateRefusal struct {
	ID  kpi.UpdateID
	Err *kpi.Error
}

// Review approves or returns entries awaiting review. An entry that no longer awaits it, is the actor's
// own or lies in a locked month is skipped with the reason; the others are done. A key used before
// returns the earlier result.
//
// Refusals of the call: Forbidden; Invalid act, updates, reason by field.
func (a *App) Review(ctx context.Context, actor kpi.Actor, n NewReview) (ReviewResult, error) {
	trim(&n.Reason)
	if err := actor.MayReview([]kpi.UnitID{actor.Unit}); err != nil {
		return ReviewResult{}, err
	}
	if err := checkReview(&n); err != nil {
		return ReviewResult{}, err
	}
	return once(ctx, a, answerKey{actor.Name, n.Key, n}, func(w *store.Writer) (ReviewResult, error) {
		return a.review(ctx, w, actor, n)
	}, func(r ReviewResult) int64 { return r.first }, func(w *store.Writer, first int64) (ReviewResult, error) {
		return reviewedBefore(ctx, w, n, first)
	})
}

func checkReview(n *NewReview) error {
	var m kpi.Mistakes
	if n.Act != kpi.ReviewApprove && n.Act != kpi.ReviewReturn {
		m.Add("act", "review_act_unknown", string(n.Act))
	}
	slices.Sort(n.Updates)
	n.Updates = slices.Compact(n.Updates)
	switch {
	case len(n.Updates) == 0:
		m.Add("updates", "review_nothing")
	case len(n.Updates) > MaxReviewed:
		m.Add("updates", "review_too_many", MaxReviewed)
	}
	readTexts(&m, longText("reason", &n.Reason))
	if n.Act == kpi.ReviewReturn {
		m.Merge(kpi.CheckReason(n.Reason))
	}
	return m.Err()
}

// ReviewUpdate is Review for a single entry. Refusals: those of Review, and the Conflict or Forbidden
// for which Review would skip the entry.
func (a *App) ReviewUpdate(ctx context.Context, actor kpi.Actor, n NewReview) (LogEntry, error) {
	result, err := a.Review(ctx, actor, n)
	if err == nil && len(result.Skipped) > 0 {
		err = result.Skipped[0].Err
	}
	if err != nil {
		return LogEntry{}, err
	}
	return a.Entry(ctx, actor, result.Done[0])
}

func (a *App) review(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewReview) (out ReviewResult, err error) {
	updates, err := w.UpdatesByID(ctx, n.Updates)
	if err != nil {
		return out, err
	}
	waiting, err := a.reviewable(ctx, &w.Reader, actor, n, updates, &out)
	if err != nil {
		return out, err
	}
	for _, u := range waiting {
		step := kpi.Review{Update: u.ID, Act: n.Act, State: kpi.StateApproved, Reason: n.Reason,
			By: actor.Name, At: a.stamp()}
		if n.Act == kpi.ReviewReturn {
			step.State = kpi.StateReturned
		}
		w.About(u.Unit)
		id, err := a.step(ctx, w, u, step)
		if err != nil {
			return out, err
		}
		if out.first == 0 {
			out.first = id
		}
		out.Done = append(out.Done, u.ID)
	}
	if len(out.Done) == 0 {
		return out, nil
	}
	return out, a.audit(ctx, w, actor, "review."+string(n.Act), updatesSubject(out.Done),
		map[string]any{"updates": out.Done, "reason": n.Reason})
}

func updatesSubject(ids []kpi.UpdateID) string {
	if len(ids) == 1 {
		return fmt.Sprintf("update %d", ids[0])
	}
	return fmt.Sprintf("updates %d", len(ids))
}

// reviewable returns the entries that the actor may approve or return now; the others are added to out
// as skipped.
func (a *App) reviewable(ctx context.Context, r *store.Reader, actor kpi.Actor, n NewReview,
	updates map[kpi.UpdateID]kpi.Update, out *ReviewResult) ([]kpi.Update, error) {
	latest, err := r.LatestReviews(ctx, n.Updates)
	if err != nil {
		return nil, err
	}
	var waiting []kpi.Update
	for _, id := range n.Updates {
		u, ok := updates[id]
		err := error(kpi.Missing("update_not_found", int64(id)))
		if ok {
			err = a.mayReview(ctx, r, actor, u, latest[id])
		}
		if e, refused := refusalOf(err); refused {
			out.Skipped = append(out.Skipped, UpdateRefusal{id, e})
		} else if err != nil {
			return nil, err
		} else {
			waiting = append(waiting, u)
		}
	}
	return waiting, nil
}

func (a *App) mayReview(ctx context.Context, r *store.Reader, actor kpi.Actor, u kpi.Update, last kpi.Review) error {
	if actor.Unit != 0 {
		lineage, err := r.Lineage(ctx, u.Unit)
		if err != nil {
			return err
		}
		if err := actor.MayReview(lineage); err != nil {
			return err
		}
	}
	switch {
	case u.AnsweredBy != 0:
		return kpi.Clash("review_answered", int64(u.ID))
	case u.State == kpi.StateSubmitted && u.Author == actor.Name:
		return kpi.Denied("review_own", int64(u.ID))
	case u.State == kpi.StateSubmitted:
		return a.checkFactOpen(ctx, r, u)
	case last.Act == kpi.ReviewApprove || last.Act == kpi.ReviewReturn:
		return kpi.Clash("review_done_"+string(last.Act), int64(u.ID), last.ByName)
	}
	return kpi.Clash("review_not_waiting", int64(u.ID))
}

// checkFactOpen refuses to change what an entry counts for in a closed year or a locked month: its own
// and those of what it answers.
func (a *App) checkFactOpen(ctx context.Context, r *store.Reader, u kpi.Update) error {
	year, err := cachedYear(ctx, r, u.Dated.Year())
	if err != nil {
		return err
	}
	if err := year.CheckOpen(); err != nil {
		return err
	}
	locks, err := cachedLocks(ctx, r, u.Dated.Year())
	if err != nil {
		return err
	}
	if err := locks.CheckOpen(u.Dated); err != nil || len(locks) == 0 || u.Answers == 0 {
		return err
	}
	answered, err := answeredBy(ctx, r, u)
	for _, old := range answered {
		if err := locks.CheckOpen(old.Dated); err != nil {
			return err
		}
	}
	return err
}

// reviewedBefore returns the result of a review done earlier under the same key: first is the first
// step it added, 0 if it added none.
func reviewedBefore(ctx context.Context, w *store.Writer, n NewReview, first int64) (out ReviewResult, err error) {
	if first != 0 {
		if out.Done, err = w.ReviewedTogether(ctx, first, MaxReviewed); err != nil {
			return out, err
		}
	}
	for _, id := range n.Updates {
		if !slices.Contains(out.Done, id) {
			out.Skipped = append(out.Skipped, UpdateRefusal{id, kpi.Clash("review_not_waiting", int64(id))})
		}
	}
	return out, nil
}

// step moves an entry on by one review step and updates the figures accordingly.
func (a *App) step(ctx context.Context, w *store.Writer, u kpi.Update, step kpi.Review) (id int64, err error) {
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return 0, err
	}
	if rule.Counts(u.State) == rule.Counts(step.State) {
		return w.InsertReview(ctx, step)
	}
	ind, err := w.IndicatorByID(ctx, u.Indicator)
	if err != nil {
		return 0, err
	}
	lineage, err := w.Lineage(ctx, u.Unit)
	if err != nil {
		return 0, err
	}
	before, err := concerned(ctx, w, ind, u)
	if err != nil {
		return 0, err
	}
	if ind.Kind.Sums() {
		before = append(before, u)
	}
	if id, err = w.InsertReview(ctx, step); err != nil {
		return 0, err
	}
	after := slices.Clone(before)
	for i := range after {
		if after[i].ID == u.ID {
			after[i].State = step.State
		}
	}
	return id, rollUp(ctx, w, ind, lineage, u.Dated.Year(), before, after)
}
