package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Federated is who an identity provider says that somebody is.
type Federated struct {
	Name, FullName string
	Role           kpi.Role // "" where the provider is not asked for roles
	Unit           string   // a code, for an account that is made
	Create         bool     // an account is made where there is none
}

// SignInFederated lets in whom an identity provider vouches for. Neither password nor second factor is asked: that is
// the provider's. Refusals: Forbidden sso_unknown, sso_disabled, account_over, and sso_role if the account has another
// role than the provider says; those of AddAccount where an account is made.
func (a *App) SignInFederated(ctx context.Context, f Federated, from Browser) (out Entered, err error) {
	name, err := a.typedName(ctx, f.Name)
	if err != nil {
		return out, err
	}
	return write(ctx, a, func(w *store.Writer) (Entered, error) {
		account, err := w.Account(ctx, name)
		switch {
		case isRefusal(err, kpi.NotFound) && f.Create:
			account, err = a.addFederated(ctx, w, f)
		case isRefusal(err, kpi.NotFound):
			err = kpi.Denied("sso_unknown", name)
		}
		switch {
		case err != nil:
			return Entered{}, err
		case account.Disabled:
			return Entered{}, kpi.Denied("sso_disabled")
		case account.Ended(a.Today()):
			return Entered{}, kpi.Denied("account_over", string(account.EndsOn))
		case f.Role != "" && f.Role != account.Role:
			return Entered{}, kpi.Denied("sso_role")
		}
		return a.openSession(ctx, w, account, from, kpi.NeedNothing)
	})
}

func (a *App) addFederated(ctx context.Context, w *store.Writer, f Federated) (kpi.Account, error) {
	n := NewAccount{Name: f.Name, FullName: f.FullName, Role: f.Role, Unit: f.Unit}
	if n.Role.OfOffice() {
		n.Unit = ""
	}
	if err := a.readAccount(&n); err != nil {
		return kpi.Account{}, err
	}
	return a.addAccount(ctx, w, kpi.Actor{Name: kpi.Program}, n, "")
}
