package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Frame is what every page shows around its content.
type Frame struct {
	Office    Office
	SignIn    kpi.SignInRules
	Years     []kpi.YearInfo    // for strangers none, as for everything that follows
	Names     map[string]string // full names of the office's people by sign-in name; must not be modified
	Notices   int               // number of notices new to the actor
	Questions int               // number of unanswered questions

	// Only for a page about a year.
	Reviews bool       // the actor reviews entries
	Waiting int        // number of the year's entries awaiting review
	Units   []kpi.Unit // the units the actor may choose from, the root first, and the page's own
}

// Frame returns what a page shows around its content. y is the year the page is about, 0 for none;
// current is its unit.
func (a *App) Frame(ctx context.Context, actor kpi.Actor, y kpi.Year, current kpi.Unit) (Frame, error) {
	return read(ctx, a, func(r *store.Reader) (f Frame, err error) {
		if f.Office, err = cachedOffice(ctx, r); err != nil {
			return f, err
		}
		if f.SignIn, err = signInRules(ctx, r); err != nil || !actor.Role.Known() {
			return f, err
		}
		if f.Years, err = cachedYears(ctx, r); err != nil {
			return f, err
		}
		if f.Names, err = cachedOfficeNames(ctx, r); err != nil {
			return f, err
		}
		if actor.MayReport() == nil {
			if f.Notices, err = r.CountNoticesSince(ctx, a.recently()); err != nil {
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

// recently returns the moment from which a notice counts as new. It is the same for everyone all day.
func (a *App) recently() kpi.UnixMilli {
	now := a.Now()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, a.zone)
	return kpi.UnixMilli(today.Add(-recentNotices).UnixMilli())
}

// countWaiting counts the entries awaiting the actor's review. A reviewer sees a count while entries
// must be reviewed, or while some remain from when they had to be.
func (f *Frame) countWaiting(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year) error {
	if actor.MayReview([]kpi.UnitID{actor.Unit}) != nil {
		return nil
	}
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return err
	}
	f.Waiting, err = r.CountInReview(ctx, y, kpi.StateSubmitted, actor.Unit)
	f.Reviews = rule.On() || f.Waiting > 0
	return err
}

// unitChoices returns the units to choose from: the actor's own or the root, those directly below it,
// and the current one.
func unitChoices(ctx context.Context, r *store.Reader, actor kpi.Actor, current kpi.Unit) ([]kpi.Unit, error) {
	top, err := cachedUnit(ctx, r, actor, "")
	if err != nil {
		return nil, err
	}
	children, err := cachedChildren(ctx, r, top.unit.ID)
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
