package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// signInSetting is the setting's name.
const signInSetting = "sign_in"

// SignInRules returns what the office asks of whoever signs in, for administrators. Refusal: Forbidden.
func (a *App) SignInRules(ctx context.Context, actor kpi.Actor) (kpi.SignInRules, error) {
	if err := actor.MayAdminister(); err != nil {
		return kpi.SignInRules{}, err
	}
	return read(ctx, a, func(r *store.Reader) (kpi.SignInRules, error) { return signInRules(ctx, r) })
}

func signInRules(ctx context.Context, r *store.Reader) (kpi.SignInRules, error) {
	return store.Cached(ctx, r, signInRulesKey{}, func() (kpi.SignInRules, error) {
		return settingOr(ctx, r, signInSetting, kpi.SignInRules{Policy: kpi.PasswordsModern, Days: kpi.PasswordDays})
	})
}

// SetSignInRules sets what the office asks of whoever signs in. Whoever is signed in and does not meet it is signed
// out and meets it at the next sign-in; whom an identity provider vouches for stays, and so do tokens. Refusals:
// Forbidden; Invalid second_factor, policy, days.
func (a *App) SetSignInRules(ctx context.Context, actor kpi.Actor, s kpi.SignInRules) (kpi.SignInRules, error) {
	if err := actor.MayAdminister(); err != nil {
		return s, err
	}
	if err := s.Check(); err != nil {
		return s, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.SignInRules, error) {
		before, err := signInRules(ctx, &w.Reader)
		if err != nil {
			return s, err
		}
		s = s.After(before, actor.Name, a.stamp())
		if err := setSetting(ctx, w, signInSetting, s); err != nil {
			return s, err
		}
		out, err := a.endUnmet(ctx, w, s)
		if err != nil {
			return s, err
		}
		return s, a.audit(ctx, w, actor, "session.set_rules", "sign-in",
			map[string]any{"from": before, "to": s, "signed_out": out})
	})
}

// endUnmet signs out whoever has not done what the rules ask, and returns their sign-in names.
func (a *App) endUnmet(ctx context.Context, w *store.Writer, rules kpi.SignInRules) ([]string, error) {
	in, err := w.SignedIn(ctx)
	if err != nil {
		return nil, err
	}
	factors, err := w.WithSecondFactor(ctx)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, account := range in {
		if rules.Need(account, factors[account.ID], a.stamp()) == kpi.NeedNothing {
			continue
		}
		if err := w.DeleteOwnSessions(ctx, account.ID); err != nil {
			return nil, err
		}
		out = append(out, account.Name)
	}
	return out, nil
}
