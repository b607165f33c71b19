package app_test

import (
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// By default, that is without a setting, hashing is expensive: for passwords from the setup, of a new
// account and of a changed one, and for the one that belongs to nobody.
func TestPasswordsAreDearUnlessATestSaysOtherwise(t *testing.T) {
	for _, c := range []struct {
		name   string
		config app.Config
		want   string
	}{
		{"the program's", app.Config{}, "$argon2id$v=19$m=19456,t=2,p=1$"},
		{"a test's", app.Config{Passwords: app.CheapPasswords}, "$argon2id$v=19$m=8,t=1,p=1$"},
	} {
		t.Run(c.name, func(t *testing.T) {
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			db := storetest.SQLite(t)
			c.config.DB, c.config.Zone, c.config.Now = db, time.UTC, func() time.Time {
				return time.Date(2026, 6, 15, 9, 0, 0, 0,
					time.UTC)
			}
			a := app.New(c.config)
			must(a.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局"}, UnitCode: "county", Year: 2026, Name: "admin",
				Password: "correct horse"}))
			for _, name := range []string{"new", "changed"} {
				_, err := a.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: name, Role: kpi.Staff, Password: "correct horse"})
				must(err)
			}
			must(a.SetPassword(ctx, kpi.Operator, "changed", "correct horse 2"))
			for name, password := range map[string]string{"admin": "correct horse", "new": "correct horse",
				"changed": "correct horse 2"} {
				must(db.Read(ctx, func(r *store.Reader) error {
					hash, err := r.PasswordHash(ctx, name)
					if !strings.HasPrefix(hash, c.want) {
						t.Errorf("%s: %s, want %s…", name, hash, c.want)
					}
					return err
				}))
				_, err := a.SignIn(ctx, name, password, app.Browser{Address: "192.0.2.1"})
				must(err)
				_, err = a.SignIn(ctx, name, password+"!", app.Browser{Address: "192.0.2.2"})
				wantRefusal(t, err, kpi.Forbidden)
			}
			_, err := a.SignIn(ctx, "nobody", "correct horse", app.Browser{Address: "192.0.2.3"})
			wantRefusal(t, err, kpi.Forbidden)
		})
	}
}
