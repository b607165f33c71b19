package app

import (
	"context"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Federated is who an identity provider says that somebody is.
type Federated struct {
	Issuer, Subject string // by which they are known here once they have been let in
	Name, FullName  string
	Role            kpi.Role // "" where the provider is not asked for roles
	Unit            string   // a code, for an account that is made
	Create          bool     // an account is made where there is none
}

// SignInFederated lets in whom an identity provider vouches for. Neither password nor second factor is asked: that is
// the provider's. Whoever comes for the first time is linked to the account of their name, which from then on lets
// in nobody else by the provider (docs/adr/0090). Refusals: Forbidden sso_unknown, sso_disabled, account_over, sso_role
// if the account has another role than the provider says, sso_other if it is another's there, sso_renamed if they are
// called otherwise there than before; those of AddAccount where an account is made.
func (a *App) SignInFederated(ctx context.Context, f Federated, from Browser) (out Entered, err error) {
	out, err = write(ctx, a, func(w *store.Writer) (Entered, error) {
		account, linked, err := a.federatedAccount(ctx, w, f)
		switch {
		case err != nil:
			return Entered{}, err
		case account.Disabled:
			return Entered{}, kpi.Denied("sso_disabled")
		case account.Ended(a.Today()):
			return Entered{}, kpi.Denied("account_over", string(account.EndsOn))
		case f.Role != "" && f.Role != account.Role:
			return Entered{}, kpi.Denied("sso_role")
		case !linked:
			if err := a.link(ctx, w, account, f); err != nil {
				return Entered{}, err
			}
		}
		return a.insertSession(ctx, w, store.Session{Account: account, Federated: true}, from)
	})
	if err != nil {
		err = a.refused(ctx, f.Name, from, err)
	}
	return out, err
}

// federatedAccount returns the account of whom a provider vouches for, and whether it is theirs already: what the
// provider's own word for them says, else the account of their name, if it is nobody's yet, or one that is made. The
// name must be the account's to the letter: one that differs in width or spaces is somebody else's there.
func (a *App) federatedAccount(ctx context.Context, w *store.Writer, f Federated) (account kpi.Account, linked bool,
	err error) {
	account, err = w.AccountOf(ctx, f.Issuer, f.Subject)
	if err == nil && account.Name != f.Name && account.Name != intake.FoldName(f.Name) { // as an account was made
		return account, true, kpi.Denied("sso_renamed", account.Name, f.Name)
	}
	if !isRefusal(err, kpi.NotFound) {
		return account, true, err
	}
	account, err = w.Account(ctx, f.Name)
	if isRefusal(err, kpi.NotFound) {
		if !f.Create {
			return account, false, kpi.Denied("sso_unknown", f.Name)
		}
		account, err = a.addFederated(ctx, w, f)
	}
	if err != nil {
		return account, false, err
	}
	_, err = w.Identity(ctx, account.ID)
	if err == nil {
		return account, false, kpi.Denied("sso_other", f.Name)
	}
	if isRefusal(err, kpi.NotFound) {
		err = nil
	}
	return account, false, err
}

// link ties an account to whom the provider vouches for.
func (a *App) link(ctx context.Context, w *store.Writer, account kpi.Account, f Federated) error {
	if err := w.InsertIdentity(ctx, account.ID, store.Identity{Issuer: f.Issuer, Subject: f.Subject,
		LinkedAt: a.stamp()}); err != nil {
		return err
	}
	return a.audit(ctx, w, account.Actor(), "account.link", "account "+account.Name,
		map[string]any{"issuer": f.Issuer, "subject": f.Subject})
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

// Linked returns since when accounts are linked to an identity provider, those that are. Refusal: Forbidden.
func (a *App) Linked(ctx context.Context, actor kpi.Actor) (map[kpi.AccountID]kpi.UnixMilli, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) (map[kpi.AccountID]kpi.UnixMilli, error) { return r.Linked(ctx) })
}

// Unlink takes an account's link to an identity provider away and ends its sessions: whoever comes under its name next
// is linked to it. Refusals: Forbidden, NotFound.
func (a *App) Unlink(ctx context.Context, actor kpi.Actor, name string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.changeAccount(ctx, actor, name, "account.unlink", func(w *store.Writer, id kpi.AccountID) error {
		if _, err := w.Identity(ctx, id); err != nil {
			return err
		}
		if err := w.DeleteIdentity(ctx, id); err != nil {
			return err
		}
		return w.DeleteSessions(ctx, id)
	})
}
