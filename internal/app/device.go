package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// SignedIn is a browser in which somebody is signed in.
type SignedIn struct {
	ID        string // names it to EndSession; it opens nothing
	Browser   Browser
	CreatedAt kpi.UnixMilli
	SeenAt    kpi.UnixMilli
	Current   bool // it is the one that asks
}

// Sessions lists where the actor is signed in, the last used first. secret is the session that asks.
func (a *App) Sessions(ctx context.Context, actor kpi.Actor, secret string) ([]SignedIn, error) {
	return read(ctx, a, func(r *store.Reader) ([]SignedIn, error) { return a.sessions(ctx, r, actor.ID, secret) })
}

// SessionsOf lists where somebody is signed in. Refusals: Forbidden, NotFound.
func (a *App) SessionsOf(ctx context.Context, actor kpi.Actor, name, secret string) ([]SignedIn, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]SignedIn, error) {
		account, err := r.Account(ctx, name)
		if err != nil {
			return nil, err
		}
		return a.sessions(ctx, r, account.ID, secret)
	})
}

func (a *App) sessions(ctx context.Context, r *store.Reader, id kpi.AccountID, secret string) ([]SignedIn, error) {
	all, err := r.AccountSessions(ctx, id)
	out := make([]SignedIn, 0, len(all))
	for _, s := range all {
		if !expired(s, a.stamp()) && s.Need == kpi.NeedNothing {
			out = append(out, SignedIn{ID: s.Hash, Browser: Browser{Address: s.Address, Agent: s.Agent},
				CreatedAt: s.CreatedAt, SeenAt: s.SeenAt, Current: s.Hash == hashSecret(secret)})
		}
	}
	return out, err
}

// EndSession signs the actor out in one browser, by its ID; one that is over already is no mistake.
func (a *App) EndSession(ctx context.Context, actor kpi.Actor, id string) error {
	return a.endSessions(ctx, actor, actor.Name, func(w *store.Writer, of kpi.AccountID) error {
		return w.DeleteAccountSession(ctx, of, id)
	})
}

// EndOtherSessions signs the actor out everywhere but in the browser whose session has the secret.
func (a *App) EndOtherSessions(ctx context.Context, actor kpi.Actor, secret string) error {
	return a.endSessions(ctx, actor, actor.Name, func(w *store.Writer, of kpi.AccountID) error {
		return w.DeleteOtherSessions(ctx, of, hashSecret(secret))
	})
}

// EndSessionsOf signs somebody out everywhere. Refusals: Forbidden, NotFound.
func (a *App) EndSessionsOf(ctx context.Context, actor kpi.Actor, name string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.endSessions(ctx, actor, name, func(w *store.Writer, of kpi.AccountID) error {
		return w.DeleteSessions(ctx, of)
	})
}

func (a *App) endSessions(ctx context.Context, actor kpi.Actor, name string,
	end func(*store.Writer, kpi.AccountID) error) error {
	if !actor.Role.Known() {
		return kpi.Denied("sign_in_first")
	}
	return a.changeAccount(ctx, actor, name, "session.end", end)
}
