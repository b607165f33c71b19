package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// IndicatorEdit is a change to an indicator; nil leaves a field as it is. Other records are named by
// code, "" for none.
type IndicatorEdit struct {
	Name, NameEn, Area, Definition, Source, Owner, Partners, Note *string
	Numerator, Denominator, PartOf                                *string
	Kind                                                          *kpi.Kind
	Measure                                                       *kpi.Measure
	Direction                                                     *kpi.Direction
	Category                                                      *kpi.Category
	Decimals, Starts                                              *int
	Units                                                         *kpi.UnitsRule
	SumOf                                                         *[]string
	Factor                                                        *int64 // 0: as the measure implies
	Archived                                                      *bool
	// the year whose plan the change is made on, which must be open; 0: none
	Plan kpi.Year
}

// EditIndicator changes an indicator's definition, for all years. Once there are updates, the kind, the
// measure and the decimals they are written in cannot change; once there are targets, the kind and the
// measure cannot.
//
// Refusals: Forbidden; NotFound; Invalid with every mistake by field; Conflict when the plan's year is closed, or
// without one all years are, and when it is to be archived while a ratio needs it.
func (a *App) EditIndicator(ctx context.Context, actor kpi.Actor, code string, n IndicatorEdit) (kpi.Indicator, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.Indicator{}, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Indicator, error) {
		old, err := w.Indicator(ctx, code)
		if err != nil {
			return old, err
		}
		if err := openPlan(ctx, &w.Reader, n.Plan); err != nil {
			return old, err
		}
		ind, err := a.editIndicator(ctx, w, old, n)
		if err != nil {
			return ind, err
		}
		if ind != old {
			if err := w.SetIndicator(ctx, ind); err != nil {
				return ind, err
			}
			if ind.Kind != old.Kind || ind.Units != old.Units || ind.SumOf != old.SumOf || ind.Measure != old.Measure {
				if err := rebuildAll(ctx, w, ind); err != nil {
					return ind, err
				}
			}
			detail := map[string]kpi.Indicator{"before": old, "after": ind}
			if err := a.audit(ctx, w, actor, "indicator.edit", "indicator "+ind.Code, detail); err != nil {
				return ind, err
			}
		}
		if n.Archived == nil || *n.Archived == (old.ArchivedAt != 0) {
			return ind, nil
		}
		return a.archive(ctx, w, actor, ind, *n.Archived)
	})
}

func (a *App) editIndicator(ctx context.Context, w *store.Writer, old kpi.Indicator,
	n IndicatorEdit) (kpi.Indicator, error) {
	ind := old
	others, err := w.Indicators(ctx)
	if err != nil {
		return ind, err
	}
	areas, err := w.Areas(ctx)
	if err != nil {
		return ind, err
	}
	set(&ind.Name, n.Name)
	set(&ind.NameEn, n.NameEn)
	set(&ind.Definition, n.Definition)
	set(&ind.Source, n.Source)
	set(&ind.Owner, n.Owner)
	set(&ind.Partners, n.Partners)
	set(&ind.Note, n.Note)
	set(&ind.Kind, n.Kind)
	set(&ind.Measure, n.Measure)
	set(&ind.Direction, n.Direction)
	set(&ind.Category, n.Category)
	set(&ind.Decimals, n.Decimals)
	set(&ind.Starts, n.Starts)
	var m kpi.Mistakes
	readIndicator(&m, &ind)
	if old.Owner == "" && ind.Owner != "" {
		ind.OwnerAt = a.stamp()
	}
	if n.Area != nil {
		ind.Area = 0
		if *n.Area != "" {
			area, err := areaByCode(areas, *n.Area)
			m.Check("area", err)
			ind.Area = area.ID
		}
	}
	for _, ref := range []struct {
		field string
		code  *string
		to    *kpi.IndicatorID
	}{{"numerator", n.Numerator, &ind.Numerator}, {"denominator", n.Denominator, &ind.Denominator},
		{"part_of", n.PartOf, &ind.PartOf}} {
		if ref.code != nil {
			*ref.to = indicatorRef(&m, others, ref.field, *ref.code)
		}
	}
	if ind.Kind != kpi.Ratio && n.Kind != nil && n.Numerator == nil && n.Denominator == nil {
		ind.Numerator, ind.Denominator = 0, 0
	}
	set(&ind.Units, n.Units)
	if n.SumOf != nil {
		ind.SumOf = sumRef(&m, others, *n.SumOf)
	}
	set(&ind.Factor, n.Factor)
	if n.Factor == nil && (n.Measure != nil && ind.Measure != old.Measure || ind.Kind != old.Kind) {
		ind.Factor = 0
	}
	defaultFactor(&ind, others)
	m.Merge(ind.Check())
	if ind.Kind != old.Kind || ind.Measure != old.Measure || ind.Units != old.Units || ind.SumOf != old.SumOf {
		m.Merge(ind.CheckAdding())
	}
	m.Merge(ind.CheckLinks(others))
	if ind.Name != old.Name {
		checkIndicatorName(&m, others, ind)
	}
	logged, targeted, err := w.IsUsed(ctx, ind.ID)
	if err != nil {
		return ind, err
	}
	m.Merge(ind.CheckLocked(old, logged, targeted))
	return ind, m.Err()
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// archive takes an indicator out of use or back into use.
func (a *App) archive(ctx context.Context, w *store.Writer, actor kpi.Actor, ind kpi.Indicator,
	archived bool) (kpi.Indicator, error) {
	others, err := w.Indicators(ctx)
	if err != nil {
		return ind, err
	}
	action := "indicator.restore"
	if archived {
		action = "indicator.archive"
	}
	for _, o := range others {
		usesIt := o.Numerator == ind.ID || o.Denominator == ind.ID
		isItsPart := o.ID == ind.Numerator || o.ID == ind.Denominator
		switch {
		case archived && usesIt && o.ArchivedAt == 0:
			return ind, kpi.Clash("archive_divided", ind.Names(), o.Names())
		case !archived && isItsPart && o.ArchivedAt != 0:
			return ind, kpi.Clash("restore_first", ind.Names(), o.Names())
		}
	}
	if archived {
		ind.ArchivedAt = a.stamp()
		err = w.ArchiveIndicator(ctx, ind.ID, ind.ArchivedAt)
	} else {
		at := a.restoredAt(ind)
		ind.ArchivedAt = 0
		err = w.RestoreIndicator(ctx, ind.ID, at)
	}
	if err != nil {
		return ind, err
	}
	return ind, a.audit(ctx, w, actor, action, "indicator "+ind.Code, map[string]string{"name": ind.Name})
}

// MoveIndicator moves an indicator past its neighbour above (up) or below it in its area, as a year lists them; the
// order is shared by all years. At the end of the list it changes nothing. Refusals: Forbidden, NotFound, Conflict if
// the year is closed.
func (a *App) MoveIndicator(ctx context.Context, actor kpi.Actor, y kpi.Year, code string, up bool) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		ind, err := w.Indicator(ctx, code)
		if err != nil {
			return err
		}
		if err := openPlan(ctx, &w.Reader, y); err != nil {
			return err
		}
		listed, err := w.YearIndicators(ctx, y)
		if err != nil {
			return err
		}
		listed = slices.DeleteFunc(listed, func(o kpi.Indicator) bool { return o.Area != ind.Area })
		i := slices.IndexFunc(listed, func(o kpi.Indicator) bool { return o.ID == ind.ID })
		j := neighbour(i, up, len(listed))
		if j < 0 {
			return nil
		}
		all, err := w.Indicators(ctx)
		if err != nil {
			return err
		}
		order := reordered(all, func(o kpi.Indicator) bool { return o.ID == ind.ID },
			func(o kpi.Indicator) bool { return o.ID == listed[j].ID }, up)
		for n, o := range order {
			if o.Sort != n+1 {
				if err := w.SetIndicatorSort(ctx, o.ID, n+1); err != nil {
					return err
				}
			}
		}
		return a.audit(ctx, w, actor, "indicator.order", "indicator "+code, map[string]bool{"up": up})
	})
}

// neighbour returns the index before or after i, or -1 if there is none or i is not in the list.
func neighbour(i int, up bool, n int) int {
	j := i + 1
	if up {
		j = i - 1
	}
	if i < 0 || j < 0 || j >= n {
		return -1
	}
	return j
}

// reordered returns a list in which one item is moved directly before (up) or after the other.
func reordered[T any](list []T, is, other func(T) bool, up bool) []T {
	i := slices.IndexFunc(list, is)
	moved := list[i]
	rest := slices.Delete(slices.Clone(list), i, i+1)
	at := slices.IndexFunc(rest, other)
	if !up {
		at++
	}
	return slices.Insert(rest, at, moved)
}
