package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/password"
	"dabiao/internal/store"
)

// PasswordDemands are what a password must be by the rules of sign-in, as pages tell it.
func PasswordDemands(rules kpi.SignInRules) (out []kpi.Text) {
	for _, d := range password.Demands(rules) {
		out = append(out, d.Text)
	}
	return out
}

// newPassword returns the hash of a password that an account may have from now on. Refusals: Invalid password.
func (a *App) newPassword(ctx context.Context, text string, of kpi.Account) (string, error) {
	var m kpi.Mistakes
	if err := a.refusePassword(ctx, &m, text, of); err != nil {
		return "", err
	}
	if err := m.Err(); err != nil {
		return "", err
	}
	return a.passwords.hash(text)
}

// keepPassword gives an account a password, which its owner chose at a moment, 0 if somebody else did. It ends sessions
// and the one-time link.
func (a *App) keepPassword(ctx context.Context, w *store.Writer, of kpi.Account, hash string,
	chosen kpi.UnixMilli) error {
	rules, err := signInRules(ctx, &w.Reader)
	if err != nil {
		return err
	}
	if err := w.KeepPasswords(ctx, of.ID, max(rules.Kept()-1, 0), a.stamp()); err != nil {
		return err
	}
	return w.SetPassword(ctx, of.ID, hash, chosen)
}

// refusePassword adds what is wrong with a new password of an account; the error is a fault.
func (a *App) refusePassword(ctx context.Context, m *kpi.Mistakes, text string, of kpi.Account) error {
	var office Office
	var rules kpi.SignInRules
	var before []string
	err := a.db.Read(ctx, func(r *store.Reader) (err error) {
		if office, err = cachedOffice(ctx, r); err != nil {
			return err
		}
		if rules, err = signInRules(ctx, r); err != nil || rules.Kept() == 0 || of.ID == 0 {
			return err
		}
		before, err = r.PasswordsBefore(ctx, of.ID)
		return err
	})
	if err != nil || !m.Check("password", checkPassword(text, of, office, rules)) {
		return err
	}
	for _, hash := range before {
		used, err := passwordFits(text, hash)
		if err != nil {
			return err
		}
		if used {
			m.Add("password", "password_used", rules.Kept())
			break
		}
	}
	return nil
}

// checkPassword refuses a password that the rules of sign-in do not allow.
func checkPassword(text string, of kpi.Account, office Office, rules kpi.SignInRules) error {
	return password.Check(rules, text, of.Name, of.FullName, office.Name, office.NameEn)
}
