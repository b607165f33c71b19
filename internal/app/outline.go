package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// outlineOf returns a year's outline, without entries if the shipped one applies.
func outlineOf(ctx context.Context, r *store.Reader, y kpi.Year) (o report.Outline, err error) {
	body, ok, err := r.Outline(ctx, y)
	err = stored(&o, body, ok, err, "outline", y)
	return o, err
}

// OutlineView is a year's outline as the page shows it.
type OutlineView struct {
	Input  report.Input // including the outline
	Mark   string       // of the year's own outline, whichever is shown
	Others []kpi.Year   // years with an outline of their own, to start from
	MaySet bool
}

// Outline returns a year's outline. If from names another year, that year's outline is shown instead,
// to start from. Refusals: NotFound, Forbidden.
func (a *App) Outline(ctx context.Context, actor kpi.Actor, y, from kpi.Year) (OutlineView, error) {
	if err := actor.MayReport(); err != nil {
		return OutlineView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v OutlineView, err error) {
		s, err := a.rootScope(ctx, r, actor, Query{Year: y})
		if err != nil {
			return v, err
		}
		if v.Input, err = a.report(ctx, r, s, "zh-CN"); err != nil {
			return v, err
		}
		if v.Mark = v.Input.Outline.Mark(); from != 0 {
			if v.Input.Outline, err = outlineOf(ctx, r, from); err != nil {
				return v, err
			}
		}
		v.MaySet = actor.MayPlan() == nil && s.year.State == kpi.YearOpen
		v.Others, err = r.OutlineYears(ctx)
		return v, err
	})
}

// SetOutline changes a year's outline. Texts of sections that it no longer has are kept, and print
// again if the section comes back. base is the mark of the outline that was opened: the change is
// refused if the outline has changed since; "" replaces any outline. Without a list of areas that are not listed
// ([report.Outline] Unlisted is nil), the year's stays. Refusals: Forbidden, NotFound, Conflict for a closed year and
// outline_changed_since, Invalid by field, also if an area that has words would no longer stand anywhere.
func (a *App) SetOutline(ctx context.Context, actor kpi.Actor, y kpi.Year, o report.Outline, base string) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if err := outlineTexts(&o); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		latest, err := outlineOf(ctx, &w.Reader, y)
		if err != nil {
			return err
		}
		if mark := latest.Mark(); base != "" && base != mark && mark != o.Mark() {
			changed := kpi.T("outline_changed_since")
			return &kpi.Error{Code: kpi.Conflict, Text: changed, Fields: []kpi.Field{{Name: "entries", Text: changed}}}
		}
		if o.Unlisted == nil {
			o.Unlisted = latest.Unlisted
		}
		if err := checkOutline(ctx, &w.Reader, o); err != nil {
			return err
		}
		if err := a.keepsTexts(ctx, &w.Reader, y, o); err != nil {
			return err
		}
		return a.storeOutline(ctx, w, actor, y, o)
	})
}

// SetAreaList switches on or off that figures which an area's text leaves out are listed below it. Refusals:
// Forbidden, NotFound, Conflict for a closed year.
func (a *App) SetAreaList(ctx context.Context, actor kpi.Actor, y kpi.Year, area string, on bool) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		codes, err := areaCodes(ctx, &w.Reader)
		if err != nil {
			return err
		}
		if !slices.Contains(codes, area) {
			return kpi.Missing("token_area_unknown", area)
		}
		o, err := outlineOf(ctx, &w.Reader, y)
		if err != nil || on != slices.Contains(o.Unlisted, area) {
			return err // as it is already
		}
		o.Unlisted = slices.DeleteFunc(o.Unlisted, func(code string) bool { return code == area })
		if !on {
			o.Unlisted = append(o.Unlisted, area)
		}
		return a.storeOutline(ctx, w, actor, y, o)
	})
}

func areaCodes(ctx context.Context, r *store.Reader) (codes []string, err error) {
	areas, err := r.Areas(ctx)
	for _, x := range areas {
		codes = append(codes, x.Code)
	}
	return codes, err
}

func checkOutline(ctx context.Context, r *store.Reader, o report.Outline) error {
	codes, err := areaCodes(ctx, r)
	if err != nil {
		return err
	}
	return o.Check(codes)
}

// keepsTexts refuses an outline that has no place for an area with words of its own: they would no longer print.
func (a *App) keepsTexts(ctx context.Context, r *store.Reader, y kpi.Year, o report.Outline) error {
	s, err := a.rootScope(ctx, r, kpi.Operator, Query{Year: y})
	if err != nil {
		return err
	}
	dropped := map[report.SectionKey]kpi.Name{}
	for _, language := range report.Languages {
		in, err := a.report(ctx, r, s, language)
		if err != nil {
			return err
		}
		in.Outline = o
		for _, x := range in.Board.Areas {
			key := report.AreaText(x.Area.Code)
			if strings.TrimSpace(in.Texts[key]) != "" && !in.Writes(key) {
				dropped[key] = kpi.Name{Name: x.Area.Name, NameEn: x.Area.NameEn}
			}
		}
	}
	var m kpi.Mistakes
	for _, key := range slices.Sorted(maps.Keys(dropped)) {
		m.Add("areas", "outline_drops_text", dropped[key])
	}
	return m.Err()
}

func (a *App) storeOutline(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year, o report.Outline) error {
	body, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("store the outline of %d: %w", y, err)
	}
	if err := w.SetOutline(ctx, y, string(body), actor.Name, a.stamp()); err != nil {
		return err
	}
	return a.audit(ctx, w, actor, "report.set_outline", yearSubject(y), o)
}

// outlineTexts cleans what people typed into an outline.
func outlineTexts(o *report.Outline) error {
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &o.Name), oneLine("place", &o.Place))
	read := func(e *report.Entry) { readTexts(&m, oneLine("title", &e.Title), oneLine("title", &e.TitleEn)) }
	for i := range o.Entries {
		read(&o.Entries[i])
		for j := range o.Entries[i].Parts {
			read(&o.Entries[i].Parts[j])
		}
	}
	return m.Err()
}

// copyOutline copies the outline of the year a new one is opened from.
func copyOutline(ctx context.Context, w *store.Writer, n NewYear, actor kpi.Actor, at kpi.UnixMilli) error {
	if n.From == 0 {
		return nil
	}
	body, ok, err := w.Outline(ctx, n.From)
	if err != nil || !ok {
		return err
	}
	return w.SetOutline(ctx, n.Year, body, actor.Name, at)
}
