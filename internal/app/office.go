package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

const (
	officeName   = "office_name"
	officeNameEn = "office_name_en"
)

// Office returns the office that keeps the figures; its names are empty until they were set.
func (a *App) Office(ctx context.Context) (Office, error) {
	return read(ctx, a, func(r *store.Reader) (Office, error) { return office(ctx, r) })
}

func office(ctx context.Context, r *store.Reader) (o Office, err error) {
	if o.Name, err = setting(ctx, r, officeName); err != nil {
		return o, err
	}
	o.NameEn, err = setting(ctx, r, officeNameEn)
	return o, err
}

// SetOffice sets the office's names. Refusals: Forbidden, Invalid by field.
func (a *App) SetOffice(ctx context.Context, actor kpi.Actor, o Office) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error { return a.setOffice(ctx, w, actor, o) })
}

func (a *App) setOffice(ctx context.Context, w *store.Writer, actor kpi.Actor, o Office) error {
	if err := o.read(); err != nil {
		return err
	}
	if err := w.SetSetting(ctx, officeName, o.Name); err != nil {
		return err
	}
	if err := w.SetSetting(ctx, officeNameEn, o.NameEn); err != nil {
		return err
	}
	return a.audit(ctx, w, actor, "office.set", "office", o)
}

// read cleans the names and refuses an office without one.
func (o *Office) read() error {
	var m kpi.Mistakes
	readTexts(&m, oneLine("office", &o.Name), oneLine("office_en", &o.NameEn))
	if m.Err() == nil && o.Name == "" {
		m.Add("office", "name_missing")
	}
	return m.Err()
}
