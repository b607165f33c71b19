package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// Keys under which records that hardly ever change are cached from one transaction to the next: what
// entries are checked against and boards are made from. See [store.Cached] for why the cache is never
// out of date.
type (
	indicatorCode     string
	yearNumber        kpi.Year
	authorName        string
	officeNames       struct{}
	allYears          struct{}
	memberships       struct{}
	allUnits          struct{}
	areas             struct{}
	indicatorsOf      kpi.Year
	boardIndicatorsOf kpi.Year
	targetsOf         kpi.Year   // those of the root
	childTargetsOf    figureYear // those of the units below the root
	budgetOf          kpi.Year
	scoringOf         kpi.Year
	explanationsOf    kpi.Year // those of the root
	childrenOf        kpi.UnitID
	reviewRule        struct{}
	signInRulesKey    struct{}
	unitCodes         struct{}
	unitsAbove        struct{}
	unitCode          struct {
		own  kpi.UnitID // the actor's own unit, used if there is no code
		code string
	}
)

// place is a unit and its lineage: the unit followed by its ancestors.
type place struct {
	unit    kpi.Unit
	lineage []kpi.UnitID
}

func cachedIndicator(ctx context.Context, r *store.Reader, code string) (kpi.Indicator, error) {
	return store.Cached(ctx, r, indicatorCode(code), func() (kpi.Indicator, error) { return r.Indicator(ctx, code) })
}

// cachedUnit is unitFor, cached.
func cachedUnit(ctx context.Context, r *store.Reader, actor kpi.Actor, code string) (place, error) {
	return store.Cached(ctx, r, unitCode{actor.Unit, code}, func() (p place, err error) {
		p.unit, p.lineage, err = unitFor(ctx, r, actor, code)
		return p, err
	})
}

// loggedUnit is cachedUnit for an entry, which needs all units anyway.
func loggedUnit(ctx context.Context, r *store.Reader, actor kpi.Actor, code string) (p place, err error) {
	units, err := cachedUnits(ctx, r)
	if err != nil {
		return p, err
	}
	byCode, err := store.Cached(ctx, r, unitCodes{}, func() (map[string]kpi.UnitID, error) {
		out := make(map[string]kpi.UnitID, len(units))
		for _, u := range units {
			out[u.Code] = u.ID
		}
		return out, nil
	})
	p.unit = units[byCode[code]]
	if p.unit.ID == 0 || err != nil {
		return cachedUnit(ctx, r, actor, code)
	}
	for id := p.unit.ID; id != 0; id = units[id].Parent {
		p.lineage = append(p.lineage, id)
	}
	return p, nil
}

func cachedUnits(ctx context.Context, r *store.Reader) (map[kpi.UnitID]kpi.Unit, error) {
	return store.Cached(ctx, r, allUnits{}, func() (map[kpi.UnitID]kpi.Unit, error) {
		units, err := r.Units(ctx)
		byID, _ := index(units, nil)
		return byID, err
	})
}

// cachedParents returns the units that others lie directly below.
func cachedParents(ctx context.Context, r *store.Reader) (map[kpi.UnitID]bool, error) {
	return store.Cached(ctx, r, unitsAbove{}, func() (map[kpi.UnitID]bool, error) {
		units, err := cachedUnits(ctx, r)
		out := map[kpi.UnitID]bool{}
		for _, u := range units {
			out[u.Parent] = true
		}
		return out, err
	})
}

func cachedOffice(ctx context.Context, r *store.Reader) (Office, error) {
	return store.Cached(ctx, r, officeNames{}, func() (Office, error) { return office(ctx, r) })
}

func cachedYears(ctx context.Context, r *store.Reader) ([]kpi.YearInfo, error) {
	return store.Cached(ctx, r, allYears{}, func() ([]kpi.YearInfo, error) { return r.Years(ctx) })
}

func cachedYear(ctx context.Context, r *store.Reader, y kpi.Year) (kpi.YearInfo, error) {
	return store.Cached(ctx, r, yearNumber(y), func() (kpi.YearInfo, error) { return r.Year(ctx, y) })
}

// cachedInYear reports whether an indicator is part of a year, archived or not.
func cachedInYear(ctx context.Context, r *store.Reader, y kpi.Year, id kpi.IndicatorID) (bool, error) {
	return store.Cached(ctx, r, figureYear{id, y}, func() (bool, error) { return r.InYear(ctx, y, id) })
}

// cachedReviewRule returns the rule that says which entries count.
func cachedReviewRule(ctx context.Context, r *store.Reader) (kpi.ReviewRule, error) {
	return store.Cached(ctx, r, reviewRule{}, func() (kpi.ReviewRule, error) {
		s, err := readReview(ctx, r)
		return s.Rule, err
	})
}

// cachedMoves returns where units belonged before they moved.
func cachedMoves(ctx context.Context, r *store.Reader) ([]kpi.Membership, error) {
	return store.Cached(ctx, r, memberships{}, func() ([]kpi.Membership, error) { return r.Memberships(ctx) })
}

// cachedName returns an author's full name, or the sign-in name if there is none.
func cachedName(ctx context.Context, r *store.Reader, author string) (string, error) {
	return store.Cached(ctx, r, authorName(author), func() (string, error) {
		names := map[string]string{author: author}
		err := r.FillNames(ctx, names)
		return names[author], err
	})
}

func cachedAreas(ctx context.Context, r *store.Reader) ([]kpi.Area, error) {
	return store.Cached(ctx, r, areas{}, func() ([]kpi.Area, error) { return r.Areas(ctx) })
}

// cachedIndicators returns the indicators of a year.
func cachedIndicators(ctx context.Context, r *store.Reader, y kpi.Year) ([]kpi.Indicator, error) {
	return store.Cached(ctx, r, indicatorsOf(y), func() ([]kpi.Indicator, error) { return r.YearIndicators(ctx, y) })
}

// cachedBoardIndicators returns the indicators of a year in a board's order.
func cachedBoardIndicators(ctx context.Context, r *store.Reader, y kpi.Year) ([]kpi.Indicator, error) {
	return store.Cached(ctx, r, boardIndicatorsOf(y), func() ([]kpi.Indicator, error) {
		areas, err := cachedAreas(ctx, r)
		if err != nil {
			return nil, err
		}
		indicators, err := cachedIndicators(ctx, r, y)
		return progress.InOrder(areas, indicators), err
	})
}

// cachedTargets returns UnitTargets. It is cached for the root only, whose board most people open: all
// units' targets would be too many.
func (s scope) cachedTargets(ctx context.Context, r *store.Reader) ([]kpi.Target, error) {
	read := func() ([]kpi.Target, error) { return r.UnitTargets(ctx, s.year.Year, s.unit.ID) }
	if s.unit.Parent != 0 {
		return read()
	}
	return store.Cached(ctx, r, targetsOf(s.year.Year), read)
}

// cachedChildTargets returns ChildTargets, cached as in cachedTargets.
func (s scope) cachedChildTargets(ctx context.Context, r *store.Reader, id kpi.IndicatorID) ([]kpi.Target, error) {
	read := func() ([]kpi.Target, error) { return r.ChildTargets(ctx, s.year.Year, id, s.unit.ID) }
	if s.unit.Parent != 0 {
		return read()
	}
	return store.Cached(ctx, r, childTargetsOf{id, s.year.Year}, read)
}

// cachedChildren returns the units directly below a unit.
func cachedChildren(ctx context.Context, r *store.Reader, unit kpi.UnitID) ([]kpi.Unit, error) {
	return store.Cached(ctx, r, childrenOf(unit), func() ([]kpi.Unit, error) { return r.Children(ctx, unit) })
}

func cachedBudget(ctx context.Context, r *store.Reader, y kpi.Year) ([]kpi.BudgetLine, error) {
	return store.Cached(ctx, r, budgetOf(y), func() ([]kpi.BudgetLine, error) { return r.BudgetLines(ctx, y) })
}

// scoring is what a year's score depends on besides its figures and budget.
type scoring struct {
	manual    map[kpi.IndicatorID]kpi.ManualScore
	explained []string // sections of the report that have text
	sources   []kpi.SourceIncome
}

func cachedScoring(ctx context.Context, r *store.Reader, y kpi.Year) (scoring, error) {
	return store.Cached(ctx, r, scoringOf(y), func() (scoring, error) {
		in := scoring{manual: map[kpi.IndicatorID]kpi.ManualScore{}}
		history, err := r.Scores(ctx, y)
		if err != nil {
			return in, err
		}
		for _, m := range history {
			in.manual[m.Indicator] = m
		}
		if in.explained, err = r.ReportSections(ctx, y, string(report.DeviationText(""))); err != nil {
			return in, err
		}
		in.sources, err = r.BudgetSources(ctx, y)
		return in, err
	})
}
