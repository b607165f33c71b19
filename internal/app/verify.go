package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// Verify recomputes every figure from the log, every evidence hash and every audit link, and lists
// each difference in one line; an empty list means all is as it was written.
func (a *App) Verify(ctx context.Context) ([]string, error) {
	differences, err := read(ctx, a, func(r *store.Reader) ([]string, error) {
		years, err := r.Years(ctx)
		if err != nil {
			return nil, err
		}
		var out []string
		for _, y := range years {
			found, err := verifyYear(ctx, r, y.Year)
			if err != nil {
				return out, err
			}
			out = append(out, found...)
		}
		broken, err := r.BrokenAudit(ctx)
		for _, id := range broken {
			out = append(out, fmt.Sprintf("audit entry %d: its link to the one before does not hold", id))
		}
		return out, err
	})
	if err != nil {
		return differences, err
	}
	files, err := a.verifyEvidence(ctx)
	return append(differences, files...), err
}

// verifyYear compares the roll-up of a year with what its log adds up to.
func verifyYear(ctx context.Context, r *store.Reader, y kpi.Year) ([]string, error) {
	want, err := recompute(ctx, r, y)
	if err != nil {
		return nil, err
	}
	have, err := r.YearSeries(ctx, y)
	if err != nil {
		return nil, err
	}
	var out []string
	for key := range union(want, have) {
		if want[key] != have[key] {
			out = append(out, fmt.Sprintf("%d: unit %d, indicator %d: kept %v, the log gives %v", y, key.Unit, key.Indicator, have[key], want[key]))
		}
	}
	return out, nil
}

// recompute is the roll-up of a year from its log alone.
func recompute(ctx context.Context, r *store.Reader, y kpi.Year) (map[store.FigureKey]kpi.Series, error) {
	indicators, err := r.Indicators(ctx)
	if err != nil {
		return nil, err
	}
	parents, err := parentsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	out := map[store.FigureKey]kpi.Series{}
	for _, ind := range indicators {
		updates, err := r.IndicatorUpdates(ctx, y, ind.ID)
		if err != nil {
			return nil, err
		}
		own := map[kpi.UnitID][]kpi.Update{}
		for _, u := range updates {
			own[u.Unit] = append(own[u.Unit], u)
		}
		for unit, entries := range own {
			series := progress.Tally(ind.Kind, entries)
			for at := unit; at != 0; at = parents[at] {
				key := store.FigureKey{Unit: at, Indicator: ind.ID}
				out[key] = plus(out[key], series)
				if !ind.Kind.OverUnits() {
					break
				}
			}
		}
	}
	return out, nil
}

func parentsOf(ctx context.Context, r *store.Reader) (map[kpi.UnitID]kpi.UnitID, error) {
	units, err := r.Units(ctx)
	out := map[kpi.UnitID]kpi.UnitID{}
	for _, u := range units {
		out[u.ID] = u.Parent
	}
	return out, err
}

func plus(a, b kpi.Series) kpi.Series {
	for m := range a {
		a[m] = a[m].Plus(b[m])
	}
	return a
}

func union[K comparable, V any](a, b map[K]V) map[K]bool {
	out := map[K]bool{}
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

func (a *App) verifyEvidence(ctx context.Context) ([]string, error) {
	all, err := read(ctx, a, func(r *store.Reader) ([]kpi.Evidence, error) { return r.AllEvidence(ctx) })
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range all {
		sum, err := a.files.Sum(e.SHA256)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			out = append(out, fmt.Sprintf("evidence %d (%s): the file is missing", e.ID, e.Name))
		case err != nil:
			return out, err
		case sum != e.SHA256:
			out = append(out, fmt.Sprintf("evidence %d (%s): the file was changed", e.ID, e.Name))
		}
	}
	return out, nil
}
