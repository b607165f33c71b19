package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// AddToken adds an API token that acts for an account. The secret is returned only here; the database
// stores its hash. Refusals: Forbidden, NotFound.
func (a *App) AddToken(ctx context.Context, actor kpi.Actor, account, name string) (secret string, err error) {
	if err := actor.MayAdminister(); err != nil {
		return "", err
	}
	secret = newSecret()
	return secret, a.changeAccount(ctx, actor, account, "token.add", func(w *store.Writer, id kpi.AccountID) error {
		return w.InsertToken(ctx, hashSecret(secret), id, name, a.stamp())
	})
}

// Tokens lists an account's API tokens, oldest first. Refusals: Forbidden, NotFound.
func (a *App) Tokens(ctx context.Context, actor kpi.Actor, account string) ([]kpi.Token, error) {
	if err := actor.MayAdminister(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.Token, error) {
		of, err := r.Account(ctx, account)
		if err != nil {
			return nil, err
		}
		return r.Tokens(ctx, of.ID)
	})
}

// EndToken invalidates an account's API token at once; an unknown token is ignored.
func (a *App) EndToken(ctx context.Context, actor kpi.Actor, account, hash string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.changeAccount(ctx, actor, account, "token.end", func(w *store.Writer, id kpi.AccountID) error {
		return w.DeleteToken(ctx, id, hash)
	})
}
