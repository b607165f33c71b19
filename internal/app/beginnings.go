package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// beginnings tells since when there has been something to log in a year: the year itself, its indicators, and
// those who answer for them at the office.
type beginnings struct {
	year  kpi.Year
	zone  *time.Location
	setUp kpi.UnixMilli
	all   bool // see progress.Begun
	dates beginningDates
}

type beginningDates struct {
	added   map[kpi.IndicatorID]kpi.UnixMilli
	takenOn map[kpi.IndicatorID]kpi.UnixMilli
}

type beginningsOf kpi.Year

func (a *App) beginnings(ctx context.Context, r *store.Reader, y kpi.YearInfo) (b beginnings, err error) {
	b = beginnings{year: y.Year, zone: a.zone, setUp: y.OpenedAt, all: y.Sample}
	b.dates, err = store.Cached(ctx, r, beginningsOf(y.Year), func() (d beginningDates, err error) {
		if d.added, err = r.YearAdded(ctx, y.Year); err != nil {
			return d, err
		}
		d.takenOn, err = r.TakenOn(ctx)
		return d, err
	})
	return b, err
}

// month returns the month of the year in which something happened: 0 if nobody knows, 1 if before the year, 13 if
// after it.
func (b beginnings) month(at kpi.UnixMilli) int {
	if at == 0 || b.zone == nil { // a scope without a clock asks for no duties
		return 0
	}
	day := kpi.DateOf(time.UnixMilli(int64(at)).In(b.zone))
	switch {
	case day.Year() < b.year:
		return 1
	case day.Year() > b.year:
		return 13
	}
	return day.Period().Month
}

// of returns since when a unit has had an indicator to log.
func (b beginnings) of(ind kpi.Indicator, unit kpi.Unit, h held) progress.Begun {
	return progress.Begun{Year: b.month(b.setUp), Indicator: b.month(b.dates.added[ind.ID]), Unit: b.month(unit.AddedAt),
		Asked: b.asked(ind, unit, h), AllAlong: b.all}
}

// asked returns the month since which somebody has asked a unit for an indicator: by a target, or at the office by
// answering for it. 0: ever, or nobody did.
func (b beginnings) asked(ind kpi.Indicator, unit kpi.Unit, h held) int {
	var first kpi.UnixMilli
	earlier := func(at kpi.UnixMilli, is bool) {
		if is && (first == 0 || at < first) {
			first = at
		}
	}
	earlier(h.first, h.target != nil)
	if unit.Parent == 0 {
		taken, is := b.dates.takenOn[ind.ID]
		if ind.Owner != "" && ind.OwnerAt == 0 || is && taken == 0 {
			return 0
		}
		earlier(taken, is)
		earlier(ind.OwnerAt, ind.Owner != "")
	}
	return b.month(first)
}

// restoredAt returns when an indicator that is taken back into use begins anew: now, if it was away when a month
// ended; else 0, so that a slip of the hand forgives nothing.
func (a *App) restoredAt(ind kpi.Indicator) kpi.UnixMilli {
	away := kpi.DateOf(time.UnixMilli(int64(ind.ArchivedAt)).In(a.zone))
	if away.Period() == a.Today().Period() {
		return 0
	}
	return a.stamp()
}
