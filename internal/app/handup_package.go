package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewPackage asks for a package: of the months from First to Last of a year, as they are today.
type NewPackage struct {
	Year        kpi.Year
	First, Last int
	After       int // the version that the office above has, where that is more than this one knows of; 0: not said
}

// maxAfter limits what an office above may be said to have: a version above it is refused there.
const maxAfter = 999_999

// MakePackage makes, signs and keeps the next version of what is handed up. One that would say word for word what the
// last version says, on the same day, is that version, unless the office above has a later one: records that were
// restored from a backup count on from there. Refusals: Forbidden, NotFound; Conflict dictionary_missing,
// handup_unmapped, handup_no_unit, handup_no_key, handup_clock if there are entries of days to come; Invalid last,
// after.
func (a *App) MakePackage(ctx context.Context, actor kpi.Actor, n NewPackage) (kpi.MadePackage, error) {
	if err := actor.MayHandUp(); err != nil {
		return kpi.MadePackage{}, err
	}
	if n.After < 0 || n.After > maxAfter {
		var m kpi.Mistakes
		m.Add("after", "handup_after", maxAfter)
		return kpi.MadePackage{}, m.Err()
	}
	key, err := a.db.SigningKey()
	if err != nil {
		return kpi.MadePackage{}, err
	}
	p, err := read(ctx, a, func(r *store.Reader) (handup.Package, error) { return a.buildPackage(ctx, r, n) })
	if err != nil {
		return kpi.MadePackage{}, err
	}
	return write(ctx, a, func(w *store.Writer) (made kpi.MadePackage, err error) {
		earlier, err := w.MadePackages(ctx, n.Year)
		if err != nil {
			return made, err
		}
		number := n.After
		if len(earlier) > 0 && earlier[len(earlier)-1].Number > n.After {
			last := earlier[len(earlier)-1]
			if again, err := saysTheSame(ctx, w, last, p); err != nil || again {
				return last, err
			}
			number = last.Number
		}
		p.Version = number + 1
		sealed, err := handup.Seal(p, key)
		if err != nil {
			return made, err
		}
		if len(sealed.File) > handup.MaxFile {
			return made, kpi.Refuse(kpi.Invalid, "package_too_large", handup.MaxFile>>20)
		}
		made = kpi.MadePackage{Year: n.Year, Number: p.Version, First: n.First, Last: n.Last, SHA256: sealed.SHA256,
			By: actor.Name, At: a.stamp()}
		if made.ID, err = w.InsertMadePackage(ctx, made, sealed.File); err != nil {
			return made, err
		}
		return made, a.audit(ctx, w, actor, "package.make", packageSubject(n.Year, p.Version), made)
	})
}

func packageSubject(y kpi.Year, number int) string {
	return fmt.Sprintf("year %d package %d", y, number)
}

// saysTheSame reports whether a package says what one that was made says, but for its version.
func saysTheSame(ctx context.Context, w *store.Writer, last kpi.MadePackage, p handup.Package) (bool, error) {
	_, file, err := w.MadePackage(ctx, last.Year, last.Number)
	if err != nil {
		return false, err
	}
	was, err := handup.Open(file)
	if err != nil {
		return false, fmt.Errorf("read package %d of %d: %w", last.Number, last.Year, err)
	}
	p.Version = was.Package.Version
	return reflect.DeepEqual(was.Package, p), nil
}

// buildPackage computes what is handed up, without a version.
func (a *App) buildPackage(ctx context.Context, r *store.Reader, n NewPackage) (p handup.Package, err error) {
	v, err := a.handup(ctx, r, n.Year)
	if err != nil {
		return p, err
	}
	switch {
	case v.Dictionary.ID == "":
		return p, kpi.Missing("dictionary_missing", int(n.Year))
	case v.Kept.Unit == "":
		return p, kpi.Clash("handup_no_unit")
	}
	var m kpi.Mistakes
	if n.First < 1 || n.Last > 12 || n.First > n.Last {
		m.Add("last", "handup_months")
	} else if n.Last > v.Last {
		m.Add("last", "handup_future", int(n.Year), n.Last)
	}
	if err := m.Err(); err != nil {
		return p, err
	}
	unit, _ := v.Dictionary.Unit(v.Kept.Unit)
	p = handup.Package{Format: handup.PackageFormat, Year: n.Year, First: n.First, Last: n.Last, AsOf: a.Today(),
		Version: 1,
		To:      handup.To{Office: v.Dictionary.Office, Unit: unit, Dictionary: v.Dictionary.ID}, Sample: v.Year.Sample}
	if p.Office, err = handupOffice(ctx, r); err != nil {
		return p, err
	}
	if p.Signing, err = a.lastSigning(ctx, r, n.Year); err != nil {
		return p, err
	}
	if p.Figures, err = v.figures(ctx, r, n); err != nil {
		return p, err
	}
	for _, row := range v.Rows {
		if !row.Computed() && row.Own.ID == 0 {
			p.Absent = append(p.Absent, handup.Absent{Code: row.Code, Name: row.Name, NameEn: row.NameEn})
		}
	}
	if len(p.Figures) == 0 {
		return p, kpi.Clash("handup_unmapped")
	}
	for _, f := range p.Figures {
		for _, e := range f.Entries {
			if e.Dated > p.AsOf {
				return p, kpi.Clash("handup_clock", f.Names(), string(e.Dated), string(p.AsOf))
			}
		}
	}
	if err := p.Check(); err != nil { // the log and its sums disagree: verify says where
		return p, fmt.Errorf("a package that does not hold: %w", errors.New(err.Error()))
	}
	return p, nil
}

// lastSigning says by whom the year's report is signed; nil if it is not.
func (a *App) lastSigning(ctx context.Context, r *store.Reader, y kpi.Year) (*handup.Signing, error) {
	all, err := r.ReportSignings(ctx, y)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last := all[len(all)-1]
	by, err := cachedName(ctx, r, last.Author)
	return &handup.Signing{Number: last.Number, By: by, On: string(a.DayOf(last.At)), AsOf: last.AsOf.String(),
		SHA256: last.SHA256}, err
}

// figures returns the figures of what is mapped: from the office's sums, with the entries that count.
func (v HandupView) figures(ctx context.Context, r *store.Reader, n NewPackage) (out []handup.Figure, err error) {
	root, err := r.Root(ctx)
	if err != nil {
		return nil, err
	}
	series, err := r.UnitSeries(ctx, n.Year, root.ID)
	if err != nil {
		return nil, err
	}
	logged, err := v.logged(ctx, r, root)
	if err != nil {
		return nil, err
	}
	for _, row := range v.Rows {
		switch {
		case row.Own.ID == 0:
			continue
		case row.Problem != nil:
			return nil, row.Problem
		}
		entries, err := logged.of(ctx, r, row.Own)
		if err != nil {
			return nil, err
		}
		out = append(out, handup.NewFigure(row.Indicator, row.Own, series[row.Own.ID], entries, n.First, n.Last))
	}
	return out, nil
}

// loggedEntries are the entries of a year behind what is handed up.
type loggedEntries struct {
	root     kpi.Unit
	rule     kpi.ReviewRule
	logs     map[kpi.IndicatorID][]kpi.Update
	answers  map[kpi.UpdateID]kpi.UpdateID
	units    map[kpi.UnitID]kpi.Unit
	evidence map[kpi.UpdateID]int // without what must not be told
}

func (v HandupView) logged(ctx context.Context, r *store.Reader, root kpi.Unit) (l loggedEntries, err error) {
	l = loggedEntries{root: root, logs: map[kpi.IndicatorID][]kpi.Update{},
		answers: map[kpi.UpdateID]kpi.UpdateID{}, evidence: map[kpi.UpdateID]int{}}
	if l.rule, err = cachedReviewRule(ctx, r); err != nil {
		return l, err
	}
	if l.units, err = cachedUnits(ctx, r); err != nil {
		return l, err
	}
	ids := map[kpi.IndicatorID]bool{}
	for _, row := range v.Rows {
		if row.Own.ID == 0 {
			continue
		}
		from, err := sources(ctx, r, row.Own)
		if err != nil {
			return l, err
		}
		for _, i := range from {
			ids[i.ID] = true
		}
	}
	updates, err := r.EntriesOf(ctx, v.Year.Year, root.ID, keys(ids))
	if err != nil {
		return l, err
	}
	for _, u := range updates {
		l.logs[u.Indicator] = append(l.logs[u.Indicator], u)
		l.answers[u.ID] = u.Answers
	}
	files, err := r.YearEvidence(ctx, v.Year.Year)
	for _, f := range files {
		if !f.Sensitive && f.ErasedAt == 0 {
			l.evidence[f.Update]++
		}
	}
	return l, err
}

// of returns the entries that count for a figure of the whole office: where that is its own reading, those of others
// do not.
func (l loggedEntries) of(ctx context.Context, r *store.Reader, own kpi.Indicator) (out []handup.Entry, err error) {
	from, err := sources(ctx, r, own)
	for _, part := range from {
		for _, u := range kpi.Standing(l.logs[part.ID], l.rule) {
			if !own.Reaches() && u.Unit != l.root.ID {
				continue
			}
			unit := l.units[u.Unit]
			e := handup.Entry{ID: u.ID, Indicator: part.Code, Measure: part.Measure, Unit: unit.Code, UnitName: unit.Name,
				Dated: u.Dated, Amount: handup.Number(u.Quantity.Amount), Precision: u.Quantity.Precision,
				Wording: u.Quantity.Wording, Level: u.Level, Evidence: l.files(u.ID)}
			if e.Precision == kpi.Exact {
				e.Precision = ""
			}
			out = append(out, e)
		}
	}
	return out, err
}

// files returns how many files an entry has, with those of the entries it took the place of.
func (l loggedEntries) files(id kpi.UpdateID) (n int) {
	for ; id != 0; id = l.answers[id] {
		n += l.evidence[id]
	}
	return n
}

// MadePackage returns a package that was made, with its file. Refusals: Forbidden, NotFound.
func (a *App) MadePackage(ctx context.Context, actor kpi.Actor, y kpi.Year, number int) (p kpi.MadePackage,
	file []byte, err error) {
	if err := actor.MayHandUp(); err != nil {
		return p, nil, err
	}
	err = a.db.Read(ctx, func(r *store.Reader) (err error) {
		p, file, err = r.MadePackage(ctx, y, number)
		return err
	})
	return p, file, err
}
