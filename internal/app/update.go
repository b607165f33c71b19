package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// LogUpdate adds an entry to the log and updates every figure above it, durably, before it returns. A
// key used before returns the earlier entry and changes nothing.
//
// Refusals: NotFound for an unknown indicator or unit, Forbidden, Conflict for a closed year, a locked
// month or a key reused for something else, Invalid with every mistake by field, or with the question in
// the field sure. See [kpi.NewUpdate].
func (a *App) LogUpdate(ctx context.Context, actor kpi.Actor, n kpi.NewUpdate) (kpi.Update, error) {
	e, err := a.EnterUpdate(ctx, actor, n)
	return e.Update, err
}

// EnterUpdate is like LogUpdate and returns what Entry would.
func (a *App) EnterUpdate(ctx context.Context, actor kpi.Actor, n kpi.NewUpdate) (LogEntry, error) {
	return onceOfMany(ctx, a, answerKey{actor.Name, n.Key, n}, func(w *store.Writer) (LogEntry, error) {
		return a.logUpdate(ctx, w, actor, n)
	}, func(e LogEntry) int64 { return int64(e.ID) }, func(w *store.Writer, id int64) (LogEntry, error) {
		return entryFor(ctx, &w.Reader, actor, kpi.UpdateID(id))
	})
}

// LogRatio logs both parts of a ratio, all or nothing, under the numerator's key. It returns the
// numerator's entry. Refusals: those of LogUpdate.
func (a *App) LogRatio(ctx context.Context, actor kpi.Actor, numerator, denominator kpi.NewUpdate) (kpi.Update, error) {
	return a.once(ctx, actor, numerator.Key, []any{numerator, denominator}, func(w *store.Writer) (kpi.Update, error) {
		if _, err := a.logUpdate(ctx, w, actor, denominator); err != nil {
			return kpi.Update{}, err
		}
		e, err := a.logUpdate(ctx, w, actor, numerator)
		return e.Update, err
	})
}

func (a *App) logUpdate(ctx context.Context, w *store.Writer, actor kpi.Actor,
	n kpi.NewUpdate) (e LogEntry, err error) {
	if e.Indicator, err = cachedIndicator(ctx, &w.Reader, n.Indicator); err != nil {
		return e, err
	}
	at, err := loggedUnit(ctx, &w.Reader, actor, n.Unit)
	if err != nil {
		return e, err
	}
	if err := actor.MayLog(at.lineage); err != nil {
		return e, err
	}
	if err := a.checkUpdate(ctx, w, e.Indicator, n); err != nil {
		return e, err
	}
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return e, err
	}
	if e.AuthorName, err = cachedName(ctx, &w.Reader, actor.Name); err != nil {
		return e, err
	}
	e.Unit, e.Update = at.unit, a.entry(actor, rule, e.Indicator, at.unit.ID, n)
	e.Act, e.Counts, e.Open = kpi.ActLog, rule.Counts(e.State), true
	e.Doubt, err = a.save(ctx, w, actor, e.Indicator, at.lineage, n, &e.Update)
	return e, err
}

// checkUpdate refuses what does not fit the indicator, the calendar or the year.
func (a *App) checkUpdate(ctx context.Context, w *store.Writer, ind kpi.Indicator, n kpi.NewUpdate) error {
	if err := ind.CheckActive(); err != nil {
		return err
	}
	err := n.Check(ind, a.Today())
	if n.Dated == "" || n.Dated > a.Today() {
		return err
	}
	var m kpi.Mistakes
	m.Merge(err)
	year, err := cachedYear(ctx, &w.Reader, n.Dated.Year())
	switch {
	case isRefusal(err, kpi.NotFound):
		m.Add("date", "year_of_date_not_found", int(n.Dated.Year()))
		return m.Err()
	case err != nil:
		return err
	}
	if err := year.CheckOpen(); err != nil {
		return err
	}
	locks, err := cachedLocks(ctx, &w.Reader, year.Year)
	if err != nil {
		return err
	}
	if err := locks.CheckOpen(n.Dated); err != nil {
		return err
	}
	in, err := cachedInYear(ctx, &w.Reader, year.Year, ind.ID)
	if err != nil {
		return err
	}
	if !in {
		m.Add("date", "indicator_not_in_year", ind.Name, int(year.Year))
	}
	return m.Err()
}

func (a *App) entry(actor kpi.Actor, rule kpi.ReviewRule, ind kpi.Indicator, unit kpi.UnitID,
	n kpi.NewUpdate) kpi.Update {
	u := kpi.Update{Indicator: ind.ID, Unit: unit, Dated: n.Dated, Quantity: n.Quantity, Level: n.Level,
		Note: n.Note, Origin: n.Origin, Author: actor.Name, LoggedAt: a.stamp(), State: rule.Enters()}
	if n.Draft {
		u.State = kpi.StateDraft
	}
	if u.Quantity.Precision == "" {
		u.Quantity.Precision = kpi.Exact
	}
	return u
}

// CorrectUpdate replaces an earlier entry with a new one; the earlier one stays in the log. Only value,
// date (within the year) and note may differ. The earlier one counts until the new one does. Correcting
// a draft needs no reason.
//
// Refusals: NotFound; Forbidden; Conflict if a later entry already answered it, the year is closed or
// one of the months locked; Invalid by field.
func (a *App) CorrectUpdate(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, n kpi.NewUpdate,
	reason string) (kpi.Update, error) {
	trim(&reason)
	return a.once(ctx, actor, n.Key, []any{id, n, reason}, func(w *store.Writer) (kpi.Update, error) {
		return a.correct(ctx, w, actor, id, n, reason)
	})
}

func (a *App) correct(ctx context.Context, w *store.Writer, actor kpi.Actor, id kpi.UpdateID, n kpi.NewUpdate,
	reason string) (kpi.Update, error) {
	old, err := a.answerable(ctx, &w.Reader, actor, id)
	if err != nil {
		return old.Update, err
	}
	if err := a.checkCorrection(ctx, w, old, n, reason); err != nil {
		return old.Update, err
	}
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return old.Update, err
	}
	u := a.entry(actor, rule, old.ind, old.Unit, n)
	u.Act, u.Answers, u.Reason = kpi.ActCorrect, old.last, reason
	_, err = a.save(ctx, w, actor, old.ind, old.lineage, n, &u)
	return u, err
}

// save appends an entry and keeps with it what was asked about it, which it returns; nil: nothing.
func (a *App) save(ctx context.Context, w *store.Writer, actor kpi.Actor, ind kpi.Indicator, lineage []kpi.UnitID,
	n kpi.NewUpdate, u *kpi.Update) (*kpi.Text, error) {
	d, err := doubtOf(ctx, &w.Reader, lineage, n, *u)
	if err != nil {
		return nil, err
	}
	if err := a.append(ctx, w, actor, ind, lineage, u); err != nil || !d.marked {
		return nil, err
	}
	return &d.Text, w.InsertDoubts(ctx, kpi.Doubt{Update: u.ID, Question: d.Text})
}

func (a *App) checkCorrection(ctx context.Context, w *store.Writer, old answerable,
	n kpi.NewUpdate, reason string) error {
	var m kpi.Mistakes
	err := a.checkUpdate(ctx, w, old.ind, n)
	if err != nil && !isRefusal(err, kpi.Invalid) {
		return err
	}
	m.Merge(err)
	m.Merge(old.checkReason(reason))
	if n.Dated != "" && n.Dated.Year() != old.Dated.Year() {
		m.Add("date", "correction_moves", int(old.Dated.Year()))
	}
	return m.Err()
}

// WithdrawUpdate withdraws an entry; it stays in the log and no longer counts. Withdrawing what is not
// yet approved takes back everything since the last approved entry, without a review; a draft needs no
// reason.
func (a *App) WithdrawUpdate(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, reason, key string,
	origin kpi.Origin) (kpi.Update, error) {
	trim(&reason)
	return a.once(ctx, actor, key, []any{id, reason}, func(w *store.Writer) (kpi.Update, error) {
		return a.withdraw(ctx, w, actor, id, reason, origin)
	})
}

func (a *App) withdraw(ctx context.Context, w *store.Writer, actor kpi.Actor, id kpi.UpdateID, reason string,
	origin kpi.Origin) (kpi.Update, error) {
	old, err := a.answerable(ctx, &w.Reader, actor, id)
	if err != nil {
		return old.Update, err
	}
	if err := old.checkReason(reason); err != nil {
		return old.Update, err
	}
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return old.Update, err
	}
	u := old.Update
	u.ID, u.Act, u.Answers, u.Reason, u.Note = 0, kpi.ActWithdraw, old.last, reason, ""
	u.Origin, u.Author, u.LoggedAt, u.AnsweredBy = origin, actor.Name, a.stamp(), 0
	if u.State = kpi.StateApproved; old.State == kpi.StateApproved {
		u.State = rule.Enters()
	}
	return u, a.append(ctx, w, actor, old.ind, old.lineage, &u)
}

// MayAnswer refuses as CorrectUpdate and WithdrawUpdate would, before anything is typed.
func (a *App) MayAnswer(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) error {
	return a.db.Read(ctx, func(r *store.Reader) error {
		_, err := a.answerable(ctx, r, actor, id)
		return err
	})
}

// answerable is an entry that the actor may correct or withdraw now.
type answerable struct {
	kpi.Update
	ind     kpi.Indicator
	lineage []kpi.UnitID
	last    kpi.UpdateID // the entry the answer refers to: later ones may have come to nothing
}

// checkReason refuses an answer without a reason; a draft needs none.
func (old answerable) checkReason(reason string) error {
	if old.State == kpi.StateDraft && reason == "" {
		return nil
	}
	return kpi.CheckReason(reason)
}

func (a *App) answerable(ctx context.Context, r *store.Reader, actor kpi.Actor,
	id kpi.UpdateID) (old answerable, err error) {
	if old.Update, err = r.Update(ctx, id); err != nil {
		return
	}
	if old.lineage, err = r.Lineage(ctx, old.Unit); err != nil {
		return
	}
	if err = actor.MayLog(old.lineage); err != nil {
		return
	}
	if old.State == kpi.StateDraft && old.Author != actor.Name {
		return old, kpi.Denied("draft_not_yours")
	}
	if err = a.checkFactOpen(ctx, r, old.Update); err != nil {
		return
	}
	chain := []kpi.Update{old.Update}
	if old.AnsweredBy != 0 && old.AnsweredState != kpi.StateApproved {
		if chain, err = r.ChainsFrom(ctx, []kpi.UpdateID{id}); err != nil {
			return
		}
	} else if old.AnsweredBy != 0 {
		return old, kpi.Clash("update_answered")
	}
	if old.last, err = kpi.Answerable(chain, id); err != nil {
		return
	}
	if old.ind, err = r.IndicatorByID(ctx, old.Indicator); err == nil {
		err = old.ind.CheckActive()
	}
	return
}

// append adds an entry to the log, updates the roll-up and writes the audit entry.
func (a *App) append(ctx context.Context, w *store.Writer, actor kpi.Actor, ind kpi.Indicator,
	lineage []kpi.UnitID, u *kpi.Update) error {
	before, err := concerned(ctx, w, ind, *u)
	if err != nil {
		return err
	}
	if u.ID, err = w.InsertUpdate(ctx, *u, lineage); err != nil {
		return err
	}
	if step, reviewed := firstStep(*u); reviewed {
		if err := w.InsertReviews(ctx, []kpi.Review{step}); err != nil {
			return err
		}
	}
	if err := rollUp(ctx, w, ind, lineage, u.Dated.Year(), before, withEntry(before, *u)); err != nil {
		return err
	}
	return a.audit(ctx, w, actor, "update."+string(u.Act), fmt.Sprintf("update %d", u.ID), u)
}

// firstStep returns the review step that a new entry comes with; ok is false if there is none.
func firstStep(u kpi.Update) (step kpi.Review, ok bool) {
	step = kpi.Review{Update: u.ID, Act: kpi.ReviewSubmit, State: u.State, By: u.Author, At: u.LoggedAt}
	if u.State == kpi.StateDraft {
		step.Act = kpi.ReviewDraft
	}
	return step, u.State != kpi.StateApproved
}

// concerned returns the part of the log whose effect u changes: if entries add up, those it answers; if
// readings replace each other, the unit's whole year.
func concerned(ctx context.Context, w *store.Writer, ind kpi.Indicator, u kpi.Update) ([]kpi.Update, error) {
	if !ind.Kind.Sums() {
		return w.FigureUpdates(ctx, u.Dated.Year(), ind.ID, u.Unit)
	}
	return answeredBy(ctx, &w.Reader, u)
}

// answeredBy returns what an entry answers, back to the last approved entry.
func answeredBy(ctx context.Context, r *store.Reader, u kpi.Update) (chain []kpi.Update, err error) {
	for u.Answers != 0 {
		if u, err = r.Update(ctx, u.Answers); err != nil {
			return chain, err
		}
		chain = append(chain, u)
		if u.State == kpi.StateApproved && u.Act != kpi.ActWithdraw {
			break
		}
	}
	return chain, nil
}

// withEntry returns the log after u was added to it.
func withEntry(before []kpi.Update, u kpi.Update) []kpi.Update {
	after := append(before[:len(before):len(before)], u)
	for i := range after {
		if u.Answers != 0 && after[i].ID == u.Answers {
			after[i].AnsweredBy = u.ID
		}
	}
	return after
}
