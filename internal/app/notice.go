package app

import (
	"context"
	"strconv"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// recentNotices is how long a notice counts as new.
const recentNotices = 7 * 24 * time.Hour

// Notices lists up to limit notices with IDs below before (0: from the newest), newest first. Refusal:
// Forbidden.
func (a *App) Notices(ctx context.Context, actor kpi.Actor, before kpi.NoticeID, limit int) ([]kpi.Notice, error) {
	if err := actor.MayReport(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.Notice, error) { return r.Notices(ctx, before, limit) })
}

// RecordNotices compares the whole office's figures of the current year with those of the previous
// call, records the notices due since and queues them for sending, in one transaction. It returns the
// number of notices. A figure seen for the first time is only recorded.
func (a *App) RecordNotices(ctx context.Context) (int, error) {
	year, err := a.CurrentYear(ctx)
	if isRefusal(err, kpi.NotFound) || err == nil && (year.State != kpi.YearOpen || year.Year != a.Today().Year()) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	changes, err := read(ctx, a, func(r *store.Reader) ([]stateChange, error) {
		return a.stateChanges(ctx, r, year.Year)
	})
	if err != nil || len(changes) == 0 {
		return 0, err
	}
	return write(ctx, a, func(w *store.Writer) (int, error) {
		changes, err := a.stateChanges(ctx, &w.Reader, year.Year) // another server may have compared them since
		if err != nil {
			return 0, err
		}
		return a.recordChanges(ctx, w, year.Year, changes)
	})
}

// stateChange is a figure whose state has changed since the last comparison.
type stateChange struct {
	subject kpi.IndicatorID // 0: the budget
	state   string
	notice  *kpi.Notice // nil: nobody needs to be told
}

func (a *App) stateChanges(ctx context.Context, r *store.Reader, y kpi.Year) ([]stateChange, error) {
	root, err := r.Root(ctx)
	if err != nil {
		return nil, err
	}
	s, err := a.scope(ctx, r, kpi.Display{Unit: root}.Actor(), Query{Year: y})
	if err != nil {
		return nil, err
	}
	indicators, err := cachedIndicators(ctx, r, y)
	if err != nil {
		return nil, err
	}
	figures, err := s.figures(ctx, r, indicators)
	if err != nil {
		return nil, err
	}
	before, err := r.NoticeStates(ctx, y)
	if err != nil {
		return nil, err
	}
	var out []stateChange
	for _, f := range figures {
		if was, known := before[f.Indicator.ID]; !known || was != string(f.Light) {
			out = append(out, a.figureChange(f, kpi.Light(was), known))
		}
	}
	budget, err := a.budgetChange(ctx, r, s, before)
	return append(out, budget...), err
}

// figureChange returns the stateChange of a figure whose light has changed.
func (a *App) figureChange(f progress.Figure, was kpi.Light, known bool) stateChange {
	out := stateChange{subject: f.Indicator.ID, state: string(f.Light)}
	if kind := kpi.NoticeOf(was, f.Light); known && kind != "" {
		out.notice = &kpi.Notice{Kind: kind, Indicator: f.Indicator, Frozen: freeze(f)}
	}
	return out
}

// freeze returns a copy of a figure as it is now.
func freeze(f progress.Figure) kpi.Frozen {
	out := kpi.Frozen{Light: f.Light, Quantity: kpi.Exactly(0)}
	if f.Achievement.Ok() {
		out.Quantity, out.HasAmount = f.Achievement.Value, true
	}
	if f.Target != nil {
		out.Target, out.Sign = &f.Target.Amount, f.Target.Sign
	}
	if rate := f.Rate(); rate.Ok() {
		out.Rate = &rate.Value
	}
	return out
}

// budgetChange returns the latest supervision line that the execution is below, if it was not at the
// last comparison.
func (a *App) budgetChange(ctx context.Context, r *store.Reader, s scope,
	before map[kpi.IndicatorID]string) ([]stateChange, error) {
	lines, err := cachedBudget(ctx, r, s.year.Year)
	if err != nil {
		return nil, err
	}
	var raised *progress.BudgetMonth
	for _, m := range progress.ExecuteMonths(lines, s.asOf, s.rules) {
		if m.Raised {
			raised = &m
		}
	}
	state := ""
	if raised != nil {
		state = strconv.Itoa(raised.Period.Month)
	}
	was, known := before[0]
	if known && was == state {
		return nil, nil
	}
	out := stateChange{state: state}
	if known && raised != nil {
		below := raised.Alarm.Below.Amount()
		out.notice = &kpi.Notice{Kind: kpi.NoticeBudget, Month: raised.Period.Month,
			Frozen: kpi.Frozen{Light: raised.Light, Quantity: kpi.Exactly(0), Target: &below, Rate: &raised.Execution.Value}}
	}
	return []stateChange{out}, nil
}

// recordChanges stores the new states, the notices, and what is to be sent where.
func (a *App) recordChanges(ctx context.Context, w *store.Writer, y kpi.Year, changes []stateChange) (n int,
	err error) {
	channels, err := w.Channels(ctx)
	if err != nil {
		return 0, err
	}
	for _, c := range changes {
		if err := w.SetNoticeState(ctx, y, c.subject, c.state); err != nil {
			return n, err
		}
		if c.notice == nil {
			continue
		}
		c.notice.Year, c.notice.Dated, c.notice.At = y, a.Today(), a.stamp()
		id, isNew, err := w.InsertNotice(ctx, *c.notice)
		if err != nil {
			return n, err
		}
		if !isNew {
			continue
		}
		n++
		for _, channel := range channels {
			if !channel.Wants(c.notice.Kind) {
				continue
			}
			if err := w.InsertOutbox(ctx, id, channel.ID, a.stamp()); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}
