package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/picture"
	"dabiao/internal/progress"
	"dabiao/internal/report/evidence"
	"dabiao/internal/store"
)

// EvidenceQuery asks for a year's evidence.
type EvidenceQuery struct {
	Year      kpi.Year
	Unit      string // code, including all units below; empty: the actor's own unit, or the root
	Area      string // code; empty: all
	Indicator string // code; empty: all
}

// EvidenceOfYear is a year's evidence in the order of its numbers, with the choices for filtering.
type EvidenceOfYear struct {
	Year       kpi.YearInfo
	Unit       kpi.Unit
	AsOf       kpi.AsOf
	Areas      []kpi.Area
	Indicators []kpi.Indicator // the year's indicators
	Files      []progress.NumberedEvidence
}

// YearEvidence lists the files of a year's entries with their numbers, which do not depend on the
// filter. Refusals: NotFound, Forbidden.
func (a *App) YearEvidence(ctx context.Context, actor kpi.Actor, q EvidenceQuery) (EvidenceOfYear, error) {
	return read(ctx, a, func(r *store.Reader) (out EvidenceOfYear, err error) {
		s, err := a.scope(ctx, r, actor, Query{Year: q.Year, Unit: q.Unit})
		if err != nil {
			return out, err
		}
		out.Year, out.Unit, out.AsOf = s.year, s.unit, s.asOf
		if out.Areas, err = cachedAreas(ctx, r); err != nil {
			return out, err
		}
		if out.Indicators, err = cachedIndicators(ctx, r, q.Year); err != nil {
			return out, err
		}
		if err := checkFilter(q, out); err != nil {
			return out, err
		}
		files, err := r.YearEvidence(ctx, q.Year)
		if err != nil {
			return out, err
		}
		below, err := belowUnit(ctx, r, s)
		if err != nil {
			return out, err
		}
		for _, f := range progress.NumberEvidence(out.Areas, out.Indicators, files) {
			if (q.Area == "" || f.Area.Code == q.Area) &&
				(q.Indicator == "" || f.Indicator.Code == q.Indicator) && below(f.Evidence.Unit) {
				out.Files = append(out.Files, f)
			}
		}
		return out, completeEvidence(ctx, r, actor, q.Year, out.Files)
	})
}

func checkFilter(q EvidenceQuery, in EvidenceOfYear) error {
	if q.Area != "" && !slices.ContainsFunc(in.Areas, func(a kpi.Area) bool { return a.Code == q.Area }) {
		return kpi.Missing("area_not_found", q.Area)
	}
	if q.Indicator != "" && !slices.ContainsFunc(in.Indicators,
		func(i kpi.Indicator) bool { return i.Code == q.Indicator }) {
		return kpi.Missing("indicator_not_found", q.Indicator)
	}
	return nil
}

// belowUnit returns a function that reports whether a unit belongs to the scope at the end of its year.
func belowUnit(ctx context.Context, r *store.Reader, s scope) (func(kpi.UnitID) bool, error) {
	if s.unit.Parent == 0 {
		return func(kpi.UnitID) bool { return true }, nil
	}
	tree, err := r.Tree(ctx)
	return func(u kpi.UnitID) bool { return slices.Contains(tree.Lineage(u, s.year.Year.End()), s.unit.ID) }, err
}

// withdrawnEvidence returns a year's entries with files that were withdrawn in the end.
func withdrawnEvidence(ctx context.Context, r *store.Reader, y kpi.Year) (map[kpi.UpdateID]bool, error) {
	rule, err := cachedReviewRule(ctx, r)
	if err != nil {
		return nil, err
	}
	answered, err := r.AnsweredEvidence(ctx, y)
	return kpi.Withdrawn(answered, rule), err
}

// completeEvidence fills in units and whether the entries were withdrawn, and leaves out what the actor may not see.
func completeEvidence(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year,
	files []progress.NumberedEvidence) error {
	withdrawn, err := withdrawnEvidence(ctx, r, y)
	if err != nil {
		return err
	}
	units := map[kpi.UnitID]kpi.Unit{}
	for _, f := range files {
		units[f.Evidence.Unit] = kpi.Unit{}
	}
	if err := r.FillUnits(ctx, units); err != nil {
		return err
	}
	for i := range files {
		f := &files[i]
		f.Unit, f.Withdrawn = units[f.Evidence.Unit], withdrawn[f.Update]
		f.Evidence = f.For(actor)
	}
	return nil
}

// EvidencePack returns a year's evidence for packing, with sensitive files, or with pictures as they were handed in,
// if asked for, and logs that it was packed. It checks that all files exist with the right size. Callers set the
// pack's Language. Refusals: those of YearEvidence, and Forbidden for sensitive files and originals.
func (a *App) EvidencePack(ctx context.Context, actor kpi.Actor, q EvidenceQuery,
	with evidence.With) (evidence.Pack, error) {
	p, unit, err := a.pack(ctx, actor, q, with)
	if err != nil {
		return p, err
	}
	return p, a.db.Write(ctx, func(w *store.Writer) error {
		w.About(unit.ID)
		return a.audit(ctx, w, actor, "evidence.pack", fmt.Sprintf("year %d", q.Year), map[string]any{"unit": unit.Code,
			"area": q.Area, "indicator": q.Indicator, "files": len(p.Files), "sensitive": with.Sensitive,
			"originals": with.Originals})
	})
}

// pack is EvidencePack without a word in the log; it also returns the unit that the files are of.
func (a *App) pack(ctx context.Context, actor kpi.Actor, q EvidenceQuery,
	with evidence.With) (p evidence.Pack, unit kpi.Unit, err error) {
	if with.Sensitive || with.Originals {
		if err := actor.MayOpenSensitive(); err != nil {
			return p, unit, err
		}
	}
	o, err := a.Office(ctx)
	if err != nil {
		return p, unit, err
	}
	list, err := a.YearEvidence(ctx, actor, q)
	if err != nil {
		return p, unit, err
	}
	for _, f := range list.Files {
		if f.Erased() {
			continue
		}
		if err := a.files.Check(ctx, f.SHA256, f.Size); err != nil {
			return p, unit, fmt.Errorf("pack evidence %d: %w", f.ID, a.unread(ctx, f.For(actor), err))
		}
	}
	return evidence.Pack{Office: kpi.Name{Name: o.Name, NameEn: o.NameEn}, Year: list.Year, Files: list.Files,
		With: with, Zone: a.zone, Open: a.packed(context.WithoutCancel(ctx))}, list.Unit, nil
}

// packed opens files for a pack, which is written when its asking is over: a damaged picture, from which nothing can be
// left out, stays out.
func (a *App) packed(ctx context.Context) func(kpi.Evidence, bool) (evidence.File, error) {
	return func(e kpi.Evidence, original bool) (evidence.File, error) {
		f, err := a.openFile(ctx, e, original)
		if errors.Is(err, picture.ErrDamaged) {
			return evidence.File{}, evidence.ErrStaysOut
		}
		return evidence.File{Content: f.Content, Closer: f.Closer}, err
	}
}
