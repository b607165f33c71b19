package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// coverOf returns what a year's papers say of themselves, zero if nobody stated anything.
func coverOf(ctx context.Context, r *store.Reader, y kpi.Year) (c report.Cover, err error) {
	body, ok, err := r.Cover(ctx, y)
	err = stored(&c, body, ok, err, "cover", y)
	return c, err
}

// SetCover states all that a year's papers say of themselves; what is empty is not stated. Repeating it does
// no harm. Refusals: Forbidden, NotFound, Conflict for a closed year, Invalid with every mistake by field.
func (a *App) SetCover(ctx context.Context, actor kpi.Actor, y kpi.Year, c report.Cover) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("title", &c.Title), oneLine("title_en", &c.TitleEn), oneLine("document", &c.Document),
		oneLine("contact", &c.Contact), oneLine("phone", &c.Phone), oneLine("filled_by", &c.FilledBy),
		oneLine("head", &c.Head), oneLine("contact_en", &c.ContactEn), oneLine("filled_by_en", &c.FilledByEn),
		oneLine("head_en", &c.HeadEn))
	if m.Err() == nil {
		m.Merge(c.Check())
	}
	if err := m.Err(); err != nil {
		return err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("store the cover of %d: %w", y, err)
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		if err := w.SetCover(ctx, y, string(body), actor.Name, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "report.set_cover", yearSubject(y), c)
	})
}

// copyCover begins a new year's cover with what stays of the year it is opened from.
func copyCover(ctx context.Context, w *store.Writer, n NewYear, actor kpi.Actor, at kpi.UnixMilli) error {
	if n.From == 0 {
		return nil
	}
	before, err := coverOf(ctx, &w.Reader, n.From)
	if err != nil || before.Next() == (report.Cover{}) {
		return err
	}
	body, err := json.Marshal(before.Next())
	if err != nil {
		return fmt.Errorf("store the cover of %d: %w", n.Year, err)
	}
	return w.SetCover(ctx, n.Year, string(body), actor.Name, at)
}
