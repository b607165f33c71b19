package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/store"
)

// Verification is the result of verifying everything.
type Verification struct {
	Differences []string // one line each; none if everything is as it was written
	Notes       []string // what could not be proven, and why
}

// Verify is [App.VerifyAll] for those who ask for the differences only.
func (a *App) Verify(ctx context.Context) ([]string, error) {
	v, err := a.VerifyAll(ctx)
	return v.Differences, err
}

// VerifyAll recomputes every figure from the log, every evidence hash and every audit hash, and holds every
// record against the last audit entry that speaks of it. It holds one indicator's figures of one year in
// memory at a time, and twelve bytes of each entry, however long the log.
//
// heads are ends of the audit log that were kept elsewhere: it must begin with each of them.
func (a *App) VerifyAll(ctx context.Context, heads ...store.Head) (Verification, error) {
	var v Verification
	differences, err := read(ctx, a, func(r *store.Reader) (out []string, err error) {
		marks := &store.Marks{}
		years, err := r.Years(ctx)
		if err != nil {
			return nil, err
		}
		indicators, err := r.Indicators(ctx)
		if err != nil {
			return nil, err
		}
		tree, err := r.Tree(ctx)
		if err != nil {
			return nil, err
		}
		for _, y := range years {
			for _, ind := range indicators {
				found, err := verifyFigures(ctx, r, y.Year, ind, tree, marks)
				if err != nil {
					return out, err
				}
				out = append(out, found...)
			}
		}
		astray, err := r.StatesAstray(ctx)
		if err != nil {
			return out, err
		}
		for _, u := range astray {
			out = append(out, fmt.Sprintf("update %d: kept as %s, its review says otherwise", u.ID, u.State))
		}
		reports, err := verifySignings(ctx, r, years)
		out = append(out, reports...)
		if err != nil {
			return out, err
		}
		records, notes, err := a.verifyRecords(ctx, r, marks, heads)
		v.Notes = notes
		return append(out, records...), err
	})
	if v.Differences = differences; err != nil {
		return v, err
	}
	files, err := a.verifyEvidence(ctx)
	if v.Differences = append(v.Differences, files...); err != nil {
		return v, err
	}
	pages, err := a.db.CheckFile(ctx)
	if v.Differences = append(v.Differences, pages...); err != nil || len(v.Differences) > 0 {
		return v, err
	}
	return v, a.db.Cleared()
}

// verifyFigures compares the roll-up of one indicator and year with what its log adds up to, and adds the
// log's entries to marks.
func verifyFigures(ctx context.Context, r *store.Reader, y kpi.Year, ind kpi.Indicator,
	tree kpi.Tree, marks *store.Marks) ([]string, error) {
	if ind.SumOf != "" { // what was logged before it was a sum
		if err := r.EachUpdate(ctx, y, ind.ID, marks, func(kpi.Update) {}); err != nil {
			return nil, err
		}
	}
	want, err := recompute(ctx, r, y, ind, tree, marks)
	if err != nil {
		return nil, err
	}
	have, err := r.IndicatorSeries(ctx, y, ind.ID)
	if err != nil {
		return nil, err
	}
	var out []string
	for unit := range union(want, have) {
		if want[unit] != have[unit] {
			out = append(out, fmt.Sprintf("%d: unit %d, indicator %s: kept %v, the log gives %v", y, unit,
				inLine(ind.Code), have[unit], want[unit]))
		}
	}
	slices.Sort(out)
	return out, nil
}

// recompute computes the roll-up of one indicator and year from its log alone. Its own entries are added to
// marks, unless that is nil.
func recompute(ctx context.Context, r *store.Reader, y kpi.Year, ind kpi.Indicator,
	tree kpi.Tree, marks *store.Marks) (map[kpi.UnitID]kpi.Series, error) {
	from, err := sources(ctx, r, ind)
	if err != nil {
		return nil, err
	}
	shares := map[kpi.UnitID][]kpi.Series{}
	for _, part := range from {
		if part.ID != ind.ID {
			marks = nil
		}
		if err := contributions(ctx, r, y, ind, part, tree, marks, shares); err != nil {
			return nil, err
		}
	}
	out := map[kpi.UnitID]kpi.Series{}
	for unit, list := range shares {
		if ind.Units.Extreme() {
			out[unit] = progress.Extreme(ind.Units, list)
			continue
		}
		for _, share := range list {
			out[unit] = plus(out[unit], share)
		}
	}
	return out, nil
}

// contributions adds each unit's entries of part to the shares of the units they reach.
func contributions(ctx context.Context, r *store.Reader, y kpi.Year, ind, part kpi.Indicator, tree kpi.Tree,
	marks *store.Marks, shares map[kpi.UnitID][]kpi.Series) error {
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return err
	}
	var own []kpi.Update // of one unit
	add := func() {
		if len(own) == 0 {
			return
		}
		series := tally(ind, part, rule, own)
		for at, share := range progress.Contribute(ind, series, tree.Lineages(own[0].Unit, y)) {
			shares[at] = append(shares[at], share)
		}
		own = own[:0]
	}
	err = r.EachUpdate(ctx, y, part.ID, marks, func(u kpi.Update) {
		if len(own) > 0 && own[0].Unit != u.Unit {
			add()
		}
		own = append(own, u)
	})
	add()
	return err
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
	used, broken := map[string]bool{}, map[string]bool{}
	for _, e := range all {
		used[e.SHA256] = used[e.SHA256] || !e.Erased()
	}
	for _, e := range all {
		sum, err := a.files.Sum(ctx, e.SHA256)
		switch {
		case e.Erased() && errors.Is(err, fs.ErrNotExist) || used[e.SHA256] && e.Erased():
		case e.Erased() && err == nil:
			out = append(out, fmt.Sprintf("evidence %d: it was erased, and its file is still there", e.ID))
		case errors.Is(err, fs.ErrNotExist):
			broken[e.SHA256] = true
			out = append(out, fmt.Sprintf("evidence %d (%s): the file is missing", e.ID, inLine(e.Name)))
		case err != nil:
			return out, err
		case sum != e.SHA256:
			broken[e.SHA256] = true
			out = append(out, fmt.Sprintf("evidence %d (%s): the file was changed", e.ID, inLine(e.Name)))
		}
	}
	a.evidenceState.found(broken)
	return out, nil
}
