package app

import (
	"context"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewYear is a year to be opened. From names a year whose indicators it takes over; 0: none.
type NewYear struct {
	Year   kpi.Year
	Sample bool // invented figures: every page and document says so
	From   kpi.Year
}

// Years lists all years, latest first.
func (a *App) Years(ctx context.Context) ([]kpi.YearInfo, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.YearInfo, error) { return r.Years(ctx) })
}

// CurrentYear returns the year people see first: this calendar year, or the latest there is. Refusal:
// NotFound if there is no year.
func (a *App) CurrentYear(ctx context.Context) (kpi.YearInfo, error) {
	years, err := a.Years(ctx)
	if err != nil {
		return kpi.YearInfo{}, err
	}
	this := a.Today().Year()
	for _, y := range years {
		if y.Year == this {
			return y, nil
		}
	}
	if len(years) == 0 {
		return kpi.YearInfo{}, kpi.Missing("year_not_found", int(this))
	}
	return years[0], nil
}

// OpenYear adds a year. Refusals: Forbidden; Invalid year; Conflict if it exists.
func (a *App) OpenYear(ctx context.Context, actor kpi.Actor, n NewYear) (kpi.YearInfo, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.YearInfo{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.YearInfo, error) { return a.openYear(ctx, w, actor, n) })
}

func checkYear(y kpi.Year) error {
	var m kpi.Mistakes
	if y < 1900 || y > 2999 {
		m.Add("year", "year_unreadable", int(y))
	}
	return m.Err()
}

func (a *App) openYear(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewYear) (kpi.YearInfo, error) {
	info := kpi.YearInfo{Year: n.Year, State: kpi.YearOpen, Sample: n.Sample}
	if err := checkYear(n.Year); err != nil {
		return info, err
	}
	if _, err := w.Year(ctx, n.Year); err == nil {
		return info, kpi.Clash("year_exists", int(n.Year))
	}
	if err := w.InsertYear(ctx, info, a.stamp()); err != nil {
		return info, err
	}
	if n.From != 0 {
		if _, err := w.Year(ctx, n.From); err != nil {
			return info, asField("from", err)
		}
		if err := w.CopyYearIndicators(ctx, n.From, n.Year, a.stamp()); err != nil {
			return info, err
		}
	}
	if err := copyRules(ctx, w, n, actor, a.stamp()); err != nil {
		return info, err
	}
	if err := copyOutline(ctx, w, n, actor, a.stamp()); err != nil {
		return info, err
	}
	if err := copyCover(ctx, w, n, actor, a.stamp()); err != nil {
		return info, err
	}
	return info, a.audit(ctx, w, actor, "year.open", yearSubject(n.Year), n)
}

// CloseYear ends work in a year; from then on it can only be read. Refusals: NotFound, Forbidden,
// Invalid reason, Conflict if it is closed or entries await review.
func (a *App) CloseYear(ctx context.Context, actor kpi.Actor, y kpi.Year, reason string) error {
	return a.setYearState(ctx, actor, y, kpi.YearClosed, reason)
}

// ReopenYear reopens a closed year for work. Refusals: NotFound, Forbidden, Invalid reason, Conflict if
// it is open.
func (a *App) ReopenYear(ctx context.Context, actor kpi.Actor, y kpi.Year, reason string) error {
	return a.setYearState(ctx, actor, y, kpi.YearOpen, reason)
}

func (a *App) setYearState(ctx context.Context, actor kpi.Actor, y kpi.Year, state kpi.YearState, reason string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	if err := readReason(&reason); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		info, err := w.Year(ctx, y)
		if err != nil {
			return err
		}
		return a.changeYearState(ctx, w, actor, info, state, reason)
	})
}

func (a *App) changeYearState(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.YearInfo,
	state kpi.YearState, reason string) error {
	if y.State == state {
		return kpi.Clash("year_"+string(state), int(y.Year))
	}
	if state == kpi.YearClosed {
		if n, err := w.CountInReview(ctx, y.Year, kpi.StateSubmitted, 0); err != nil {
			return err
		} else if n > 0 {
			return kpi.Clash("year_has_waiting", int(y.Year), n)
		}
	}
	if err := w.SetYearState(ctx, y.Year, state, a.stamp()); err != nil {
		return err
	}
	return a.audit(ctx, w, actor, "year."+string(state), yearSubject(y.Year), map[string]string{"reason": reason})
}

func yearSubject(y kpi.Year) string { return fmt.Sprintf("year %d", y) }
