package app

import (
	"cmp"
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// usualEntry fills in what q leaves open: the unit and indicator of the person's last entry by form, and
// where the units below report that indicator and the unit itself does not, or there is no such entry,
// the first that the unit itself reports of those the person answers for, late ones first.
func (a *App) usualEntry(ctx context.Context, r *store.Reader, actor kpi.Actor, q EntryQuery) (EntryQuery, error) {
	if q.Indicator != "" {
		return q, nil
	}
	q, err := lastEntry(ctx, r, actor, q)
	if err != nil {
		return q, err
	}
	s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
	if err != nil || actor.MayLog(s.lineage) != nil {
		return q, err
	}
	duties, err := a.duties(ctx, r, s, actor)
	if err != nil {
		return q, err
	}
	var codes []string
	for _, ind := range duties {
		codes = append(codes, ind.Figure.Indicator.Code)
	}
	if q.Indicator != "" {
		codes = slices.Insert(codes, 0, q.Indicator)
	}
	own, err := s.firstOwn(ctx, r, codes)
	q.Indicator = cmp.Or(own, q.Indicator)
	return q, err
}

// lastEntry fills in what the person's last entry by form was about, as far as it may be logged again.
func lastEntry(ctx context.Context, r *store.Reader, actor kpi.Actor, q EntryQuery) (EntryQuery, error) {
	last, err := r.LastOfAuthor(ctx, actor.Name)
	if isRefusal(err, kpi.NotFound) {
		return q, nil
	}
	if err != nil {
		return q, err
	}
	in, err := cachedInYear(ctx, r, q.Year, last.Indicator)
	if err != nil || !in {
		return q, err
	}
	ind, err := r.IndicatorByID(ctx, last.Indicator)
	if err != nil || ind.CheckActive() != nil {
		return q, err
	}
	q.Indicator = ind.Code
	if q.Unit != "" {
		return q, nil
	}
	lineage, err := r.Lineage(ctx, last.Unit)
	if err != nil || actor.MayLog(lineage) != nil {
		return q, err
	}
	unit, err := r.UnitByID(ctx, last.Unit)
	q.Unit = unit.Code
	return q, err
}

// duties returns the indicators that a person has to log at a unit, as Mine would list them: what is late
// first, then what is due.
func (a *App) duties(ctx context.Context, r *store.Reader, s scope, actor kpi.Actor) ([]MineIndicator, error) {
	all, err := loggable(ctx, r, s.year.Year)
	if err != nil {
		return nil, err
	}
	if actor.Unit == 0 {
		mine, err := choices(ctx, r, actor, all)
		if err != nil {
			return nil, err
		}
		all = chosen(mine)
	}
	out, err := a.mineIndicators(ctx, r, s, all, actor.Unit == 0 && s.unit.Parent == 0)
	slices.SortStableFunc(out, func(a, b MineIndicator) int { return cmp.Compare(a.Duty.Urgency(), b.Duty.Urgency()) })
	return out, err
}

// firstOwn returns the first of the given indicators that the unit itself reports, or that nobody below it
// does; "" if there is none.
func (s scope) firstOwn(ctx context.Context, r *store.Reader, codes []string) (string, error) {
	if len(codes) == 0 {
		return "", nil
	}
	indicators, ids := make([]kpi.Indicator, len(codes)), make([]kpi.IndicatorID, len(codes))
	for i, code := range codes {
		ind, err := cachedIndicator(ctx, r, code)
		if err != nil {
			return "", err
		}
		indicators[i], ids[i] = ind, ind.ID
	}
	slices.Sort(ids)
	ids, units := slices.Compact(ids), []kpi.UnitID{s.unit.ID}
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return "", err
	}
	var figures []store.FigureYear
	for _, id := range ids {
		key := store.FigureKey{Unit: s.unit.ID, Indicator: id}
		figures = append(figures, store.FigureYear{FigureKey: key, Year: s.year.Year},
			store.FigureYear{FigureKey: key, Year: s.year.Year - 1})
	}
	logs, err := r.LatestLogs(ctx, figures)
	if err != nil {
		return "", err
	}
	series, err := r.FiguresSeries(ctx, s.year.Year, units, ids)
	for _, ind := range indicators {
		key := store.FigureKey{Unit: s.unit.ID, Indicator: ind.ID}
		if len(kpi.Standing(logs[key], rule)) > 0 || progress.Through(series.Of(key), 12).Entries <= 0 {
			return ind.Code, err
		}
	}
	return "", err
}
