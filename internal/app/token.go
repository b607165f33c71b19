package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// tokenTouched is the accuracy of a token's last use.
const tokenTouched = time.Hour

// NewToken is an API token to be made: for whom, what for, and how far it goes. Scope is everything if it is "", the
// last day the latest there may be, and Unit, a code, the account's own.
type NewToken struct {
	Account, Name string
	Scope         kpi.TokenScope
	EndsOn        kpi.Date
	Unit          string
}

// AddToken adds an API token that acts for an account. The secret is returned only here; the database stores its
// hash. Refusals: Forbidden, NotFound; Conflict if nobody gets in by the account any more; Invalid by field.
func (a *App) AddToken(ctx context.Context, actor kpi.Actor, n NewToken) (t kpi.Token, secret string, err error) {
	if err := actor.MayAdminister(); err != nil {
		return t, "", err
	}
	secret = newSecret()
	t, err = write(ctx, a, func(w *store.Writer) (kpi.Token, error) { return a.addToken(ctx, w, actor, n, secret) })
	return t, secret, err
}

func (a *App) addToken(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewToken,
	secret string) (t kpi.Token, err error) {
	account, err := w.Account(ctx, n.Account)
	if err != nil {
		return t, err
	}
	if account.Ended(a.Today()) {
		return t, kpi.Clash("account_ended", account.Name)
	}
	t = kpi.Token{Hash: hashSecret(secret), AddedAt: a.stamp(), Name: n.Name, Scope: n.Scope, EndsOn: n.EndsOn}
	if t.Scope == "" {
		t.Scope = kpi.TokenAll
	}
	latest := kpi.LastTokenDay(a.Today())
	if account.EndsOn != "" && account.EndsOn < latest {
		latest = account.EndsOn
	}
	if t.EndsOn == "" {
		t.EndsOn = latest
	}
	var m kpi.Mistakes
	readTexts(&m, oneLine("name", &t.Name))
	if _, err := kpi.ParseDate(string(t.EndsOn)); m.Check("ends_on", err) {
		m.Merge(t.Check(a.Today()))
		if account.EndsOn != "" && account.EndsOn < t.EndsOn {
			m.Add("ends_on", "token_end_account", string(account.EndsOn))
		}
	}
	unit, err := tokenUnit(ctx, w, account, n.Unit)
	if m.Merge(asField("unit", err)); err != nil && !isRefusal(err, kpi.NotFound) && !isRefusal(err, kpi.Invalid) {
		return t, err
	}
	if t.Unit = unit.ID; m.Err() != nil {
		return t, m.Err()
	}
	if err := w.InsertToken(ctx, account.ID, t); err != nil {
		return t, err
	}
	return t, a.audit(ctx, w, actor, "token.add", "account "+account.Name, toldToken{t.ID(), t.Name, t.Scope, t.EndsOn,
		unit.Code})
}

// toldToken is what the audit log says of a token.
type toldToken struct {
	Token, Name string
	Scope       kpi.TokenScope
	EndsOn      kpi.Date
	Unit        string
}

// tokenUnit returns the unit that a token is to be narrowed to; none for no code.
func tokenUnit(ctx context.Context, w *store.Writer, account kpi.Account, code string) (u kpi.Unit, err error) {
	if trim(&code); code == "" {
		return u, nil
	}
	if account.Unit != 0 {
		var m kpi.Mistakes
		m.Add("unit", "token_unit_own")
		return u, m.Err()
	}
	return w.Unit(ctx, code)
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

// EndToken invalidates an account's API token at once, by its ID. Refusals: Forbidden; NotFound account_not_found,
// token_not_found.
func (a *App) EndToken(ctx context.Context, actor kpi.Actor, account, id string) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		of, err := w.Account(ctx, account)
		if err != nil {
			return err
		}
		tokens, err := w.Tokens(ctx, of.ID)
		if err != nil {
			return err
		}
		for _, t := range tokens {
			if t.ID() != id {
				continue
			}
			if err := w.DeleteToken(ctx, of.ID, t.Hash); err != nil {
				return err
			}
			return a.audit(ctx, w, actor, "token.end", "account "+account, toldToken{Token: t.ID(), Name: t.Name,
				Scope: t.Scope, EndsOn: t.EndsOn})
		}
		return kpi.Missing("token_not_found", id)
	})
}

// TokenActor returns the actor an API token acts for. at is a stamp of this request, from the address it came from.
// Refusals: Forbidden token_refused, token_over.
func (a *App) TokenActor(ctx context.Context, at Stamp, secret, from string) (kpi.Actor, error) {
	hash, now := hashSecret(secret), a.stamp()
	s, known := a.auth.find(at, credential{token, hash})
	if !known {
		err := a.db.Read(ctx, func(r *store.Reader) (err error) {
			s.Token, s.Account, err = r.TokenAccount(ctx, hash)
			return err
		})
		if err != nil {
			return kpi.Actor{}, err
		}
	}
	if s.Token.Over(a.Today()) {
		return kpi.Actor{}, kpi.Denied("token_over", string(s.Token.EndsOn))
	}
	if s.Account.Ended(a.Today()) {
		return kpi.Actor{}, kpi.Denied("token_refused")
	}
	if !within(s.Token.UsedAt, now, tokenTouched) {
		touch := func(w *store.Writer) error { return w.TouchToken(ctx, hash, from, now) }
		_ = a.db.Write(ctx, touch) //nolint:errcheck // who has a token reads on while the database takes no writes
		s.Token.UsedAt = now
		known = false
	}
	if !known {
		a.auth.put(at, credential{token, hash}, s)
	}
	return s.Token.Actor(s.Account), nil
}
