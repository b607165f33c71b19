package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// What an entry is checked against hardly ever changes. It is remembered from one entry to the next
// under these keys; see [store.Remember] for why that is never out of date.
type (
	indicatorCode string
	yearNumber    kpi.Year
	authorName    string
	memberships   struct{}
	unitCode      struct {
		own  kpi.UnitID // the actor's, meant by no code
		code string
	}
)

// place is a unit followed by its ancestors in line.
type place struct {
	unit kpi.Unit
	line []kpi.UnitID
}

func knownIndicator(ctx context.Context, w *store.Writer, code string) (kpi.Indicator, error) {
	return store.Remember(ctx, w, indicatorCode(code), func() (kpi.Indicator, error) { return w.Indicator(ctx, code) })
}

// knownUnit is unitFor.
func knownUnit(ctx context.Context, w *store.Writer, actor kpi.Actor, code string) (place, error) {
	return store.Remember(ctx, w, unitCode{actor.Unit, code}, func() (p place, err error) {
		p.unit, p.line, err = unitFor(ctx, &w.Reader, actor, code)
		return p, err
	})
}

func knownYear(ctx context.Context, w *store.Writer, y kpi.Year) (kpi.YearInfo, error) {
	return store.Remember(ctx, w, yearNumber(y), func() (kpi.YearInfo, error) { return w.Year(ctx, y) })
}

// knownInYear reports whether an indicator is part of a year, archived or not.
func knownInYear(ctx context.Context, w *store.Writer, y kpi.Year, id kpi.IndicatorID) (bool, error) {
	return store.Remember(ctx, w, figureYear{id, y}, func() (bool, error) { return w.InYear(ctx, y, id) })
}

// knownMoves is where units belonged before they moved.
func knownMoves(ctx context.Context, w *store.Writer) ([]kpi.Membership, error) {
	return store.Remember(ctx, w, memberships{}, func() ([]kpi.Membership, error) { return w.Memberships(ctx) })
}

// knownName is an author's full name, the sign-in name where there is none.
func knownName(ctx context.Context, w *store.Writer, author string) (string, error) {
	return store.Remember(ctx, w, authorName(author), func() (string, error) {
		names := map[string]string{author: author}
		err := w.FillNames(ctx, names)
		return names[author], err
	})
}
