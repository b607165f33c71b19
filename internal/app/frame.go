package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Frame is what stands around every page.
type Frame struct {
	Office    Office
	Years     []kpi.YearInfo    // none for a stranger, like all that follows
	Names     map[string]string // full names of the people of the whole office by sign-in name; shared, not to be changed
	Notices   int               // how many notices are new to the actor
	Questions int               // how many questions wait for an answer

	// Only of a page about a year.
	Reviews bool       // the actor reviews entries
	Waiting int        // how many of the year wait
	Units   []kpi.Unit // what the actor may choose from, the root first, and the page's own
}

// Frame reads what stands around a page: y is the year it is about, 0 for none, and current its unit.
func (a *App) Frame(ctx context.Context, actor kpi.Actor, y kpi.Year, current kpi.Unit) (Frame, error) {
	return read(ctx, a, func(r *store.Reader) (f Frame, err error) {
		if f.Office, err = knownOffice(ctx, r); err != nil || !actor.Role.Known() {
			return f, err
		}
		if f.Years, err = knownYears(ctx, r); err != nil {
			return f, err
		}
		if f.Names, err = knownOfficeNames(ctx, r); err != nil {
			return f, err
		}
		if mayNotice(actor) == nil {
			if f.Notices, err = r.NoticesSince(ctx, a.recently()); err != nil {
				return f, err
			}
		}
		if f.Questions, err = countOpenQuestions(ctx, r, actor); err != nil || y == 0 {
			return f, err
		}
		if err = f.countWaiting(ctx, r, actor, y); err != nil {
			return f, err
		}
		f.Units, err = unitChoices(ctx, r, actor, current)
		return f, err
	})
}

// recently is the time since which a notice counts as new. It is the same for everyone all day.
func (a *App) recently() kpi.UnixMilli {
	now := a.Now()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, a.zone)
	return kpi.UnixMilli(today.Add(-recentNotices).UnixMilli())
}

// countWaiting counts what waits for the actor to review. A reviewer is shown a count while entries
// have to be reviewed, or some are left from when they had.
func (f *Frame) countWaiting(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year) error {
	if actor.MayReview([]kpi.UnitID{actor.Unit}) != nil {
		return nil
	}
	rule, err := knownReview(ctx, r)
	if err != nil {
		return err
	}
	f.Waiting, err = r.CountInReview(ctx, y, kpi.StateSubmitted, actor.Unit)
	f.Reviews = rule.On() || f.Waiting > 0
	return err
}

// unitChoices is what a switch of units offers: the actor's own or the root, those directly below it,
// and the one looked at.
func unitChoices(ctx context.Context, r *store.Reader, actor kpi.Actor, current kpi.Unit) ([]kpi.Unit, error) {
	top, err := knownUnit(ctx, r, actor, "")
	if err != nil {
		return nil, err
	}
	children, err := knownChildren(ctx, r, top.unit.ID)
	if err != nil {
		return nil, err
	}
	out := append([]kpi.Unit{top.unit}, children...)
	for _, u := range out {
		if u.ID == current.ID || current.ID == 0 {
			return out, nil
		}
	}
	return append(out, current), nil
}
