package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// How long an invitation is open: a new colleague may be away for days; who has forgotten a password
// waits for the link.
const (
	invitationFirst = 7 * 24 * time.Hour
	invitationReset = 24 * time.Hour
)

// Invitation is a one-time link by which somebody sets the password of their account, so that nobody else
// ever knows it. Until it is used the password from before works on.
type Invitation struct {
	Account kpi.Account
	Secret  string // of the link; returned when it is made, the database stores the hash
	First   bool   // the account has never had a password
	EndsAt  kpi.UnixMilli
}

// Invite makes the one-time link of an account; the one made before ends. Refusals: Forbidden, NotFound;
// Conflict if nobody gets in by the account any more.
func (a *App) Invite(ctx context.Context, actor kpi.Actor, name string) (Invitation, error) {
	if err := actor.MayAdminister(); err != nil {
		return Invitation{}, err
	}
	return write(ctx, a, func(w *store.Writer) (Invitation, error) {
		account, err := w.Account(ctx, name)
		if err != nil {
			return Invitation{}, err
		}
		return a.invite(ctx, w, actor, account)
	})
}

func (a *App) invite(ctx context.Context, w *store.Writer, actor kpi.Actor,
	account kpi.Account) (i Invitation, err error) {
	if account.Ended(a.Today()) {
		return i, kpi.Clash("account_ended", account.Name)
	}
	hash, err := w.PasswordHash(ctx, account.Name)
	if err != nil {
		return i, err
	}
	now := a.stamp()
	i = Invitation{Account: account, Secret: newSecret(), First: hash == "", EndsAt: now + ms(invitationReset)}
	if i.First {
		i.EndsAt = now + ms(invitationFirst)
	}
	if err := w.SetInvitation(ctx, account.ID, hashSecret(i.Secret), actor.Name, now, i.EndsAt); err != nil {
		return i, err
	}
	return i, a.audit(ctx, w, actor, "account.invite", "account "+account.Name, struct {
		EndsAt kpi.UnixMilli
	}{i.EndsAt})
}

// InvitationEnds returns until when an account's link is open; 0 if it has none. Refusals: Forbidden,
// NotFound.
func (a *App) InvitationEnds(ctx context.Context, actor kpi.Actor, name string) (kpi.UnixMilli, error) {
	if err := actor.MayAdminister(); err != nil {
		return 0, err
	}
	return read(ctx, a, func(r *store.Reader) (kpi.UnixMilli, error) {
		account, err := r.Account(ctx, name)
		if err != nil {
			return 0, err
		}
		ends, err := r.InvitationEnds(ctx, account.ID)
		if ends < a.stamp() {
			ends = 0
		}
		return ends, err
	})
}

// Invitation returns whose link has a secret. Refusal: NotFound invitation_unknown for a link that was
// used, replaced, has ended or never was.
func (a *App) Invitation(ctx context.Context, secret string) (Invitation, error) {
	return read(ctx, a, func(r *store.Reader) (Invitation, error) { return a.invitation(ctx, r, secret) })
}

func (a *App) invitation(ctx context.Context, r *store.Reader, secret string) (Invitation, error) {
	i, err := r.Invitation(ctx, hashSecret(secret))
	begun := i.EndsAt - ms(invitationFirst) // at the latest
	if err == nil && (i.EndsAt < a.stamp() || !within(begun, a.stamp(), invitationFirst) || i.Account.Ended(a.Today())) {
		err = kpi.Missing("invitation_unknown")
	}
	return Invitation{Account: i.Account, First: i.First, EndsAt: i.EndsAt}, err
}

// AcceptInvitation sets the password of the account whose link has the secret, ends the link and the
// account's sessions and tokens, and returns the account. Refusals: NotFound; Invalid password.
func (a *App) AcceptInvitation(ctx context.Context, secret, password string) (kpi.Account, error) {
	i, err := a.Invitation(ctx, secret) // before the costly hash
	if err != nil {
		return kpi.Account{}, err
	}
	hash, err := a.newPassword(ctx, password, i.Account)
	if err != nil {
		return i.Account, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Account, error) {
		i, err := a.invitation(ctx, &w.Reader, secret)
		if err != nil {
			return i.Account, err
		}
		if err := forgetAttempts(ctx, w, i.Account); err != nil {
			return i.Account, err
		}
		if err := w.DeleteTokens(ctx, i.Account.ID); err != nil {
			return i.Account, err
		}
		if err := a.keepPassword(ctx, w, i.Account, hash, a.stamp()); err != nil {
			return i.Account, err
		}
		return i.Account, a.audit(ctx, w, i.Account.Actor(), "account.password", "account "+i.Account.Name, struct{}{})
	})
}
