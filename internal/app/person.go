package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// PersonalData is all that is stored about an account.
type PersonalData struct {
	Account kpi.Account
	At      kpi.UnixMilli
	Tables  []store.PersonRows
}

// PersonalData returns what is stored about an account, for the person and for administrators, and logs that it was
// asked for. Secrets are not told. Refusals: NotFound, Forbidden.
func (a *App) PersonalData(ctx context.Context, actor kpi.Actor, name string) (PersonalData, error) {
	if actor.Name != name {
		if err := actor.MayAdminister(); err != nil {
			return PersonalData{}, err
		}
	}
	return write(ctx, a, func(w *store.Writer) (out PersonalData, err error) {
		out.At = a.stamp()
		if out.Account, err = w.Account(ctx, name); err != nil {
			return out, err
		}
		if out.Tables, err = w.Person(ctx, out.Account); err != nil {
			return out, err
		}
		return out, a.audit(ctx, w, actor, "account.export", "account "+name, nil)
	})
}
