package app

import (
	"context"
	"slices"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// PackagesBelow is what came from below in a year.
type PackagesBelow struct {
	Year    kpi.YearInfo
	Units   []UnitPackages // those that hand up, and those that did
	Waiting []PackagePlan  // oldest first; only for those who may take packages in
	Month   int            // which is or was due last; 0: none
	MayTake bool
}

// UnitPackages are the packages of a unit.
type UnitPackages struct {
	kpi.Unit
	Packages []kpi.TakenPackage // the newest version first
	Through  int                // the last whole month of which a package was taken; 0: none
	Has      bool               // the month that is due
	Key      string             // as people read it; "": none is trusted yet
	Pending  bool               // entries that its packages made wait for a reviewer, and do not count before
}

// PackagesBelow lists the packages that came from below in a year. Refusals: NotFound, Forbidden.
func (a *App) PackagesBelow(ctx context.Context, actor kpi.Actor, y kpi.Year) (PackagesBelow, error) {
	if err := actor.MayReport(); err != nil {
		return PackagesBelow{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v PackagesBelow, err error) {
		s, err := a.scope(ctx, r, actor, Query{Year: y})
		if err != nil {
			return v, err
		}
		v.Year, v.MayTake, v.Month = s.year, actor.MayTakeIn() == nil, dueMonth(y, a.Today())
		taken, err := r.TakenPackages(ctx, y)
		if err != nil {
			return v, err
		}
		if err := v.fillUnits(ctx, a, r, taken); err != nil || !v.MayTake {
			return v, err
		}
		for _, t := range taken {
			if t.State != kpi.PackageWaiting {
				continue
			}
			_, content, err := openTaken(ctx, r, t.ID)
			if err != nil {
				return v, err
			}
			plan, err := a.planPackage(ctx, r, actor, t, content, PackageAnswers{})
			if err != nil {
				return v, err
			}
			v.Waiting = append(v.Waiting, plan)
		}
		return v, nil
	})
}

func (v *PackagesBelow) fillUnits(ctx context.Context, a *App, r *store.Reader, taken []kpi.TakenPackage) error {
	units, _, err := reporting(ctx, r)
	if err != nil {
		return err
	}
	keys, err := r.PackageKeys(ctx)
	if err != nil {
		return err
	}
	all, err := cachedUnits(ctx, r)
	if err != nil {
		return err
	}
	pending, err := pendingUnits(ctx, r, v.Year.Year)
	if err != nil {
		return err
	}
	for _, t := range taken {
		if !slices.ContainsFunc(units, func(u kpi.Unit) bool { return u.ID == t.Unit }) {
			units = append(slices.Clone(units), all[t.Unit])
		}
	}
	for _, u := range units {
		of := UnitPackages{Unit: u, Pending: slices.Contains(pending, u.ID)}
		if k, ok := keys[u.ID]; ok {
			of.Key = handup.Print(k.Key)
		}
		for _, t := range slices.Backward(taken) {
			if t.Unit != u.ID {
				continue
			}
			of.Packages = append(of.Packages, t)
			if t.State == kpi.PackageTaken {
				through := a.wholeThrough(t)
				of.Through, of.Has = max(of.Through, through), of.Has || t.First <= v.Month && v.Month <= through
			}
		}
		v.Units = append(v.Units, of)
	}
	return nil
}

// wholeThrough returns the last month of which a package may say all there is, 0 if there is none: what came before a
// month had ended says only how it began.
func (a *App) wholeThrough(t kpi.TakenPackage) int {
	came := a.DayOf(t.At)
	for last := t.Last; last >= t.First; last-- {
		if (kpi.Period{Year: t.Year, Month: last}).End() <= came {
			return last
		}
	}
	return 0
}

// dueMonth returns the last month of a year that has ended by today, 0 if none has.
func dueMonth(y kpi.Year, today kpi.Date) int {
	if last := lastMonth(y, today); today.Year() != y {
		return last
	} else if (kpi.Period{Year: y, Month: last}).End() == today {
		return last
	}
	return lastMonth(y, today) - 1
}

// HandedUp says how many of the offices below have handed up a month.
type HandedUp struct {
	Units   int // that hand up; 0: none does, so there is nothing to say
	Month   kpi.Period
	Due     kpi.Date // the last day on time
	Today   kpi.Date
	Missing []MissingUnit
	Pending []kpi.Unit // that handed up, and of which entries wait for a reviewer: these do not count before
}

// pendingUnits returns of which units entries that packages made wait for a reviewer; none where they count before.
func pendingUnits(ctx context.Context, r *store.Reader, y kpi.Year) ([]kpi.UnitID, error) {
	rule, err := cachedReviewRule(ctx, r)
	if err != nil || rule != kpi.ApprovedCount {
		return nil, err
	}
	return r.UnitsInReview(ctx, y)
}

// MissingUnit is a unit that has not handed up the month.
type MissingUnit struct {
	kpi.Unit
	Through int // the last month that it has; 0: none
}

// DaysLate returns how many days ago the month was due; 0 while it is not.
func (h HandedUp) DaysLate() int {
	if h.Today <= h.Due {
		return 0
	}
	return int(h.Today.Time().Sub(h.Due.Time()).Hours() / 24)
}

// HandedUp returns how many of the offices below have handed up the last month that ended by the date of q. Refusals:
// those of Board.
func (a *App) HandedUp(ctx context.Context, actor kpi.Actor, q Query) (HandedUp, error) {
	return read(ctx, a, func(r *store.Reader) (h HandedUp, err error) {
		s, err := a.scope(ctx, r, actor, q)
		if err != nil || s.unit.Parent != 0 {
			return h, err
		}
		taken, err := r.TakenPackages(ctx, q.Year)
		if err != nil {
			return h, err
		}
		units, set, err := reporting(ctx, r)
		if err != nil || !set && len(taken) == 0 {
			return h, err
		}
		month := dueMonth(q.Year, a.Today())
		if q.AsOf != nil {
			month = min(month, q.AsOf.Month)
		}
		if month == 0 {
			return h, nil
		}
		h = HandedUp{Units: len(units), Month: kpi.Period{Year: q.Year, Month: month}, Today: a.Today()}
		h.Due = progress.DueDate(h.Month, s.rules.DueDay)
		pending, err := pendingUnits(ctx, r, q.Year)
		if err != nil {
			return h, err
		}
		for _, u := range units {
			has, through := false, 0
			for _, t := range taken {
				if t.Unit == u.ID && t.State == kpi.PackageTaken {
					last := a.wholeThrough(t)
					has, through = has || t.First <= month && month <= last, max(through, last)
				}
			}
			if !has {
				h.Missing = append(h.Missing, MissingUnit{u, through})
			} else if slices.Contains(pending, u.ID) {
				h.Pending = append(h.Pending, u)
			}
		}
		return h, nil
	})
}

// PackageView is a package that came from below, beside another of its unit.
type PackageView struct {
	PackagePlan
	Others  []kpi.TakenPackage // of the unit and year, the newest version first
	Against *kpi.TakenPackage  // with which it is compared, if that was asked for
}

// PackageBelow returns a package that came from below: what it says, against what was taken before it or, if against
// names one, against that package. Refusals: NotFound, Forbidden.
func (a *App) PackageBelow(ctx context.Context, actor kpi.Actor, id, against kpi.PackageID) (PackageView, error) {
	if err := actor.MayReport(); err != nil {
		return PackageView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v PackageView, err error) {
		t, p, err := openTaken(ctx, r, id)
		if err != nil {
			return v, err
		}
		if actor.MayTakeIn() == nil {
			v.PackagePlan, err = a.planPackage(ctx, r, actor, t, p, PackageAnswers{})
		} else {
			v.PackagePlan, _, err = a.describePackage(ctx, r, t, p)
		}
		if err != nil {
			return v, err
		}
		taken, err := r.TakenPackages(ctx, t.Year)
		if err != nil {
			return v, err
		}
		for _, o := range slices.Backward(taken) {
			if o.Unit == t.Unit && o.ID != t.ID {
				v.Others = append(v.Others, o)
			}
		}
		if against == 0 {
			return v, nil
		}
		other, content, err := openTaken(ctx, r, against)
		if err != nil {
			return v, err
		}
		if other.Unit != t.Unit || other.Year != t.Year {
			return v, kpi.Missing("package_not_found")
		}
		v.Against, v.Changes = &other, handup.Changes(content.Statement(), p)
		return v, nil
	})
}

// PackageOf returns the package that made an entry of the log; its ID is 0 if none did.
func (a *App) PackageOf(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) (kpi.TakenPackage, error) {
	return read(ctx, a, func(r *store.Reader) (t kpi.TakenPackage, err error) {
		if _, err := entryFor(ctx, r, actor, id); err != nil {
			return t, err
		}
		made, err := r.PackagesOf(ctx, []kpi.UpdateID{id})
		if err != nil || made[id] == 0 {
			return t, err
		}
		return r.TakenPackage(ctx, made[id])
	})
}

// PackageFile returns a package that came from below as it came. Refusals: NotFound, Forbidden.
func (a *App) PackageFile(ctx context.Context, actor kpi.Actor, id kpi.PackageID) (t kpi.TakenPackage, file []byte,
	err error) {
	if err := actor.MayReport(); err != nil {
		return t, nil, err
	}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if t, _, err = openTaken(ctx, r, id); err != nil {
			return err
		}
		file, err = r.TakenFile(ctx, id)
		return err
	})
	return t, file, err
}
