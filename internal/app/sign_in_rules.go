package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// signInSetting is the setting's name.
const signInSetting = "sign_in"

// SignInRules returns what the office asks of whoever signs in.
func (a *App) SignInRules(ctx context.Context) (kpi.SignInRules, error) {
	return read(ctx, a, func(r *store.Reader) (kpi.SignInRules, error) { return signInRules(ctx, r) })
}

func signInRules(ctx context.Context, r *store.Reader) (kpi.SignInRules, error) {
	return store.Cached(ctx, r, signInRulesKey{}, func() (kpi.SignInRules, error) {
		s := kpi.SignInRules{Policy: kpi.PasswordsModern, Days: kpi.PasswordDays}
		kept, err := setting(ctx, r, signInSetting)
		if err != nil || kept == "" {
			return s, err
		}
		if err := json.Unmarshal([]byte(kept), &s); err != nil {
			return s, fmt.Errorf("read the rules of sign-in: %w", err)
		}
		return s, nil
	})
}

// SetSignInRules sets what the office asks of whoever signs in, from their next sign-in on. Refusals: Forbidden;
// Invalid second_factor, policy, days.
func (a *App) SetSignInRules(ctx context.Context, actor kpi.Actor, s kpi.SignInRules) error {
	if err := actor.MayAdminister(); err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return err
	}
	s.SetBy, s.SetAt = actor.Name, a.stamp()
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keep the rules of sign-in: %w", err)
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		before, err := signInRules(ctx, &w.Reader)
		if err != nil {
			return err
		}
		if err := w.SetSetting(ctx, signInSetting, string(raw)); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "session.set_rules", "sign-in", map[string]any{"from": before, "to": s})
	})
}
