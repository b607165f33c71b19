package programtest

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/daytest"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// small returns the program, not started yet, over a new office with one unit and one indicator: its database is
// small, so that many copies of it can be looked at.
func small(t *testing.T) (p *Program, unit string) { return smallOn(t, daytest.StoryDay) }

// smallOn is small, set up on another day by the clock of the machine.
func smallOn(t *testing.T, day kpi.Date) (p *Program, unit string) {
	t.Helper()
	binary, err := Binary()
	if err != nil {
		t.Fatal(err)
	}
	p = &Program{Year: int(day.Year()), binary: binary, dir: t.TempDir(),
		day: string(day), zone: "Asia/Shanghai"}
	db, a, err := openOffice(t.Context(), p.Data(), day)
	must(t, err)
	defer db.Close()
	must(t, a.SetUp(t.Context(), app.Setup{Office: app.Office{Name: "某局"}, UnitCode: "office", Year: kpi.Year(p.Year),
		Name: "admin", Password: "correct horse"}))
	_, err = a.CreateIndicator(t.Context(), kpi.Operator, app.NewIndicator{Indicator: kpi.Indicator{Code: indicator,
		Name: "新媒体推送", Kind: kpi.Flow, Measure: "条"}})
	must(t, err)
	for _, role := range []kpi.Role{kpi.Staff, kpi.Admin} {
		name := string(role)
		if role != kpi.Admin {
			_, err = a.AddAccount(t.Context(), kpi.Operator, app.NewAccount{Name: name, Role: role, Password: "correct horse"})
			must(t, err)
		}
		_, token, err := a.AddToken(t.Context(), kpi.Operator, app.NewToken{Account: name, Name: "test"})
		must(t, err)
		p.Accounts = append(p.Accounts, Account{Role: name, Name: name, Password: "correct horse", Token: token})
	}
	return p, "office"
}

// openOffice opens the records in a folder as the program does, on the morning of a day.
func openOffice(ctx context.Context, dir string, day kpi.Date) (*store.DB, *app.App, error) {
	db, err := store.Open(ctx, store.Config{Dir: dir, KeyFile: filepath.Join(dir, store.KeyFileName)})
	if err != nil {
		return nil, nil, err
	}
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	morning := func() time.Time { return day.Time().Add(time.Hour) } // nine o'clock in the office
	return db, app.New(app.Config{DB: db, Files: files, Now: morning, Zone: time.UTC, Passwords: app.CheapPasswords}), nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
