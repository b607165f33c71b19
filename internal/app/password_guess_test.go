package app_test

import (
	"errors"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// Wherever a password is set, one that is guessed first is refused at its field, and what was in use stays.
func TestAPasswordThatIsGuessedFirstIsRefusedWhereverItIsSet(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		invited, err := b.app.AddInvited(ctx, kpi.Operator, app.NewAccount{Name: "li", FullName: "李四光", Role: kpi.Leader})
		b.must(err)
		n := app.NewAccount{Name: "new", FullName: "李四光", Role: kpi.Leader}
		for guess, reason := range map[string]string{"Password1!": "password_common", "20260615": "password_digits",
			"某县某局2026": "password_own", "李四光12345": "password_own", "A bureau 1": "password_own"} {
			for where, set := range map[string]func() error{
				"a new account": func() error {
					n.Password = guess
					_, err := b.app.AddAccount(ctx, kpi.Operator, n)
					return err
				},
				"a link": func() error {
					_, err := b.app.AcceptInvitation(ctx, invited.Secret, guess)
					return err
				},
				"an administrator's choice": func() error { return b.app.SetPassword(ctx, kpi.Operator, "li", guess) },
			} {
				wantPasswordRefused(b.T, guess+" by "+where, set(), reason)
			}
		}
		_, err = b.app.ChangePassword(ctx, b.staff, "correct horse", "clerk123", app.Browser{Address: "192.0.2.1"})
		wantPasswordRefused(b.T, "one's own change", err, "password_own")
		_, err = b.app.SignIn(ctx, "clerk", "correct horse", app.Browser{Address: "192.0.2.1"})
		b.must(err)
	})
}

func wantPasswordRefused(t *testing.T, what string, err error, reason string) {
	t.Helper()
	var refusal *kpi.Error
	if !errors.As(err, &refusal) || len(refusal.Fields) != 1 || refusal.Fields[0].Name != "password" ||
		refusal.Fields[0].Text.Key != reason {
		t.Errorf("%s: %v, want %s", what, err, reason)
	}
}
