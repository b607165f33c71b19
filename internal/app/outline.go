package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// outlineOf returns a year's outline, without entries if the shipped one applies.
func outlineOf(ctx context.Context, r *store.Reader, y kpi.Year) (o report.Outline, err error) {
	body, ok, err := r.Outline(ctx, y)
	if err != nil || !ok {
		return o, err
	}
	if err := json.Unmarshal([]byte(body), &o); err != nil {
		return o, fmt.Errorf("stored outline of %d: %w", y, err)
	}
	return o, nil
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
// refused if the outline has changed since; "" replaces any outline. Refusals: Forbidden, NotFound,
// Conflict for a closed year and outline_changed_since, Invalid by field.
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
		areas, err := w.Areas(ctx)
		if err != nil {
			return err
		}
		var codes []string
		for _, x := range areas {
			codes = append(codes, x.Code)
		}
		if err := o.Check(codes); err != nil {
			return err
		}
		body, err := json.Marshal(o)
		if err != nil {
			return fmt.Errorf("store the outline of %d: %w", y, err)
		}
		if err := w.SetOutline(ctx, y, string(body), actor.Name, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "report.set_outline", yearSubject(y), o)
	})
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
