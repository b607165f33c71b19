package app

import (
	"context"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Keys of the cache: for all indicators by ID, and for the sums that an indicator is a part of.
type (
	allIndicators struct{}
	sumsWith      kpi.IndicatorID
)

func cachedIndicatorsByID(ctx context.Context, r *store.Reader) (map[kpi.IndicatorID]kpi.Indicator, error) {
	return store.Cached(ctx, r, allIndicators{}, func() (map[kpi.IndicatorID]kpi.Indicator, error) {
		all, err := r.Indicators(ctx)
		byID := map[kpi.IndicatorID]kpi.Indicator{}
		for _, i := range all {
			byID[i.ID] = i
		}
		return byID, err
	})
}

// sumsOf returns the sums in which an indicator's entries count too: those it is a part of, directly or
// through another.
func sumsOf(ctx context.Context, r *store.Reader, id kpi.IndicatorID) ([]kpi.Indicator, error) {
	return store.Cached(ctx, r, sumsWith(id), func() (out []kpi.Indicator, err error) {
		byID, err := cachedIndicatorsByID(ctx, r)
		for _, i := range byID {
			for _, part := range i.Summands(byID) {
				if part.ID == id {
					out = append(out, i)
				}
			}
		}
		return out, err
	})
}

// sources returns the indicators whose entries make up a figure: the indicator itself, or the summands
// of a sum.
func sources(ctx context.Context, r *store.Reader, ind kpi.Indicator) ([]kpi.Indicator, error) {
	if ind.SumOf == "" {
		return []kpi.Indicator{ind}, nil
	}
	byID, err := cachedIndicatorsByID(ctx, r)
	return ind.Summands(byID), err
}

// loggedFor returns the IDs of the indicators whose entries are listed with a figure.
func loggedFor(ctx context.Context, r *store.Reader, ind kpi.Indicator) (ids []kpi.IndicatorID, err error) {
	if ind.Kind == kpi.Ratio {
		return []kpi.IndicatorID{ind.Numerator, ind.Denominator}, nil
	}
	from, err := sources(ctx, r, ind)
	for _, i := range from {
		ids = append(ids, i.ID)
	}
	return ids, err
}

// sumRef finds the indicators of a sum by code or name. A text that as a whole names none may list
// several.
func sumRef(m *kpi.Mistakes, others []kpi.Indicator, texts []string) kpi.Sum {
	var ids []kpi.IndicatorID
	find := func(text string) bool {
		i := slices.IndexFunc(others, func(o kpi.Indicator) bool {
			return o.Code == text ||
				o.Name == text || o.NameEn == text
		})
		if i >= 0 {
			ids = append(ids, others[i].ID)
		}
		return i >= 0
	}
	for _, text := range texts {
		if text = strings.TrimSpace(text); text == "" || find(text) {
			continue
		}
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;+＋", r) }) {
			if part = strings.TrimSpace(part); part != "" && !find(part) {
				m.Add("sum_of", "indicator_not_found", part)
			}
		}
	}
	return kpi.SumOf(ids...)
}

// rebuildAll recomputes an indicator's figures in all years, and those of the sums it is a part of,
// after its definition changed how they add.
func rebuildAll(ctx context.Context, w *store.Writer, ind kpi.Indicator) error {
	years, err := w.Years(ctx)
	if err != nil {
		return err
	}
	tree, err := w.Tree(ctx)
	if err != nil {
		return err
	}
	sums, err := sumsOf(ctx, &w.Reader, ind.ID)
	if err != nil {
		return err
	}
	for _, y := range years {
		for _, i := range append([]kpi.Indicator{ind}, sums...) {
			if err := rebuild(ctx, w, y.Year, i, tree); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownTally returns what a unit's own entries add to an indicator.
func ownTally(ctx context.Context, w *store.Writer, ind kpi.Indicator, y kpi.Year,
	unit kpi.UnitID) (s kpi.Series, err error) {
	rule, err := cachedReviewRule(ctx, &w.Reader)
	if err != nil {
		return s, err
	}
	from, err := sources(ctx, &w.Reader, ind)
	if err != nil {
		return s, err
	}
	for _, part := range from {
		own, err := w.FigureUpdates(ctx, y, part.ID, unit)
		if err != nil {
			return s, err
		}
		s = plus(s, tally(ind, part, rule, own))
	}
	return s, nil
}
