package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// LogUpdate adds an entry to the log and brings every figure above it up to date, durably, before
// it returns. A key that was used before gives back the entry of that time and changes nothing.
//
// Refusals: NotFound for an unknown indicator or unit, Forbidden, Conflict for a closed year or a
// key reused for something else, Invalid with every mistake by field.
func (a *App) LogUpdate(ctx context.Context, actor kpi.Actor, n kpi.NewUpdate) (kpi.Update, error) {
	e, err := a.EnterUpdate(ctx, actor, n)
	return e.Update, err
}

// EnterUpdate is LogUpdate and gives back what Entry would.
func (a *App) EnterUpdate(ctx context.Context, actor kpi.Actor, n kpi.NewUpdate) (LogEntry, error) {
	return once(ctx, a, answerKey{actor.Name, n.Key, n}, func(w *store.Writer) (LogEntry, error) {
		return a.logUpdate(ctx, w, actor, n)
	}, func(e LogEntry) int64 { return int64(e.ID) }, func(w *store.Writer, id int64) (LogEntry, error) {
		return entryFor(ctx, &w.Reader, actor, kpi.UpdateID(id))
	})
}

// LogRatio logs both parts of a ratio, all or nothing, under the numerator's key. It gives back the
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

func (a *App) logUpdate(ctx context.Context, w *store.Writer, actor kpi.Actor, n kpi.NewUpdate) (e LogEntry, err error) {
	if e.Indicator, err = knownIndicator(ctx, &w.Reader, n.Indicator); err != nil {
		return e, err
	}
	at, err := knownUnit(ctx, &w.Reader, actor, n.Unit)
	if err != nil {
		return e, err
	}
	if err := actor.MayLog(at.line); err != nil {
		return e, err
	}
	if err := a.checkUpdate(ctx, w, e.Indicator, n); err != nil {
		return e, err
	}
	if e.AuthorName, err = knownName(ctx, &w.Reader, actor.Name); err != nil {
		return e, err
	}
	e.Unit, e.Update = at.unit, a.entry(actor, e.Indicator, at.unit.ID, n)
	e.Act = kpi.ActLog
	return e, a.append(ctx, w, actor, e.Indicator, at.line, &e.Update)
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
	year, err := knownYear(ctx, &w.Reader, n.Dated.Year())
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
	in, err := knownInYear(ctx, &w.Reader, year.Year, ind.ID)
	if err != nil {
		return err
	}
	if !in {
		m.Add("date", "indicator_not_in_year", ind.Name, int(year.Year))
	}
	return m.Err()
}

func (a *App) entry(actor kpi.Actor, ind kpi.Indicator, unit kpi.UnitID, n kpi.NewUpdate) kpi.Update {
	u := kpi.Update{Indicator: ind.ID, Unit: unit, Dated: n.Dated, Quantity: n.Quantity, Level: n.Level,
		Note: n.Note, Origin: n.Origin, Author: actor.Name, LoggedAt: a.stamp()}
	if u.Quantity.Precision == "" {
		u.Quantity.Precision = kpi.Exact
	}
	return u
}

// CorrectUpdate puts a new entry in the place of an earlier one, which stays in the log. Only
// value, date (within the year) and note may differ.
//
// Refusals: NotFound, Forbidden, Conflict when a later entry already answered it or the year is
// closed, Invalid by field.
func (a *App) CorrectUpdate(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, n kpi.NewUpdate, reason string) (kpi.Update, error) {
	trim(&reason)
	return a.once(ctx, actor, n.Key, []any{id, n, reason}, func(w *store.Writer) (kpi.Update, error) {
		old, ind, line, err := a.answerable(ctx, &w.Reader, actor, id)
		if err != nil {
			return old, err
		}
		var m kpi.Mistakes
		m.Merge(a.checkUpdate(ctx, w, ind, n))
		m.Merge(kpi.CheckReason(reason))
		if n.Dated != "" && n.Dated.Year() != old.Dated.Year() {
			m.Add("date", "correction_moves", int(old.Dated.Year()))
		}
		if err := m.Err(); err != nil {
			return old, err
		}
		u := a.entry(actor, ind, old.Unit, n)
		u.Act, u.Answers, u.Reason = kpi.ActCorrect, old.ID, reason
		return u, a.append(ctx, w, actor, ind, line, &u)
	})
}

// WithdrawUpdate takes an entry back; it stays in the log and no longer counts.
func (a *App) WithdrawUpdate(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, reason, key string, origin kpi.Origin) (kpi.Update, error) {
	trim(&reason)
	return a.once(ctx, actor, key, []any{id, reason}, func(w *store.Writer) (kpi.Update, error) {
		old, ind, line, err := a.answerable(ctx, &w.Reader, actor, id)
		if err != nil {
			return old, err
		}
		if err := kpi.CheckReason(reason); err != nil {
			return old, err
		}
		u := old
		u.ID, u.Act, u.Answers, u.Reason, u.Note = 0, kpi.ActWithdraw, old.ID, reason, ""
		u.Origin, u.Author, u.LoggedAt = origin, actor.Name, a.stamp()
		return u, a.append(ctx, w, actor, ind, line, &u)
	})
}

// MayAnswer refuses as CorrectUpdate and WithdrawUpdate would, before anything is typed.
func (a *App) MayAnswer(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) error {
	return a.db.Read(ctx, func(r *store.Reader) error {
		_, _, _, err := a.answerable(ctx, r, actor, id)
		return err
	})
}

// answerable is an entry that may be corrected or withdrawn by the actor now.
func (a *App) answerable(ctx context.Context, r *store.Reader, actor kpi.Actor, id kpi.UpdateID) (old kpi.Update, ind kpi.Indicator, line []kpi.UnitID, err error) {
	if old, err = r.Update(ctx, id); err != nil {
		return
	}
	if line, err = r.Line(ctx, old.Unit); err != nil {
		return
	}
	if err = actor.MayLog(line); err != nil {
		return
	}
	if _, err = openYear(ctx, r, old.Dated.Year()); err != nil {
		return
	}
	switch {
	case old.Act == kpi.ActWithdraw:
		err = kpi.Clash("update_is_withdrawal")
	case old.AnsweredBy != 0:
		err = kpi.Clash("update_answered")
	default:
		if ind, err = r.IndicatorByID(ctx, old.Indicator); err == nil {
			err = ind.CheckActive()
		}
	}
	return
}

// append adds an entry to the log, carries its effect into the roll-up and notes it in the audit
// log.
func (a *App) append(ctx context.Context, w *store.Writer, actor kpi.Actor, ind kpi.Indicator, line []kpi.UnitID, u *kpi.Update) error {
	before, err := concerned(ctx, w, ind, *u)
	if err != nil {
		return err
	}
	if u.ID, err = w.InsertUpdate(ctx, *u); err != nil {
		return err
	}
	if err := rollUp(ctx, w, ind, line, u.Dated.Year(), before, withEntry(before, *u)); err != nil {
		return err
	}
	return a.audit(ctx, w, actor, "update."+string(u.Act), fmt.Sprintf("update %d", u.ID), u)
}

// concerned is the part of the log that a new entry changes the effect of: where entries add up the
// one it answers, where readings replace each other all of the unit's year.
func concerned(ctx context.Context, w *store.Writer, ind kpi.Indicator, u kpi.Update) ([]kpi.Update, error) {
	switch {
	case !ind.Kind.Sums():
		return w.FigureUpdates(ctx, u.Dated.Year(), ind.ID, u.Unit)
	case u.Answers == 0:
		return nil, nil
	}
	old, err := w.Update(ctx, u.Answers)
	return []kpi.Update{old}, err
}

// withEntry is the log after u joined it.
func withEntry(before []kpi.Update, u kpi.Update) []kpi.Update {
	after := append(before[:len(before):len(before)], u)
	for i := range after {
		if u.Answers != 0 && after[i].ID == u.Answers {
			after[i].AnsweredBy = u.ID
		}
	}
	return after
}
