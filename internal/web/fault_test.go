package web

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// A fault of the database is logged with the request and with the statement and table it is of; the
// person is told neither.
func TestAFaultIsLoggedWithItsStatementAndTable(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		files, err := blob.Open(t.TempDir(), nil)
		must(t, err)
		var log bytes.Buffer
		o := &office{db: db, clock: morning, tokens: map[string]string{}}
		o.app = app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return o.clock }, Zone: morning.Location(),
			Passwords: app.CheapPasswords})
		o.Server, err = New(Config{App: o.app, Log: slog.New(slog.NewTextHandler(&log, nil))})
		must(t, err)
		must(t, o.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局"}, UnitCode: "county", Year: 2026, Name: "admin",
			Password: goodPassword}))
		o.tokens["admin"] = o.token(t, "admin")
		behind(`ALTER TABLE updates RENAME COLUMN author TO writer`)
		g := o.get(t, "admin", "/api/v1/updates").want(t, 500)
		if strings.Contains(g.body, "updates") {
			t.Errorf("the person is told the statement: %s", g.body)
		}
		for _, want := range []string{"level=ERROR", "path=/api/v1/updates", "select of updates", "author"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%q is not logged: %s", want, log.String())
			}
		}
	})
}
