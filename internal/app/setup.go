package app

import (
	"context"
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Setup is what a new installation asks for.
type Setup struct {
	Office         Office
	UnitCode       string // of the office itself, the root of all units
	Year           kpi.Year
	Name, FullName string // of the first administrator
	Password       string
}

// IsNew reports whether nobody can sign in yet.
func (a *App) IsNew(ctx context.Context) (bool, error) {
	return read(ctx, a, func(r *store.Reader) (bool, error) {
		accounts, err := r.Accounts(ctx)
		return len(accounts) == 0, err
	})
}

// Check refuses a setup that cannot be done, with every mistake by field: office, year, name, full_name,
// password.
func (s Setup) Check() error {
	_, err := s.read()
	return err
}

// read cleans what was typed and collects the mistakes in it.
func (s Setup) read() (Setup, error) {
	trim(&s.UnitCode)
	var m kpi.Mistakes
	m.Merge(s.Office.read())
	m.Merge(checkYear(s.Year))
	readAccountName(&m, &s.Name)
	readTexts(&m, oneLine("full_name", &s.FullName))
	m.Merge(kpi.Account{Name: s.Name, Role: kpi.Admin}.Check())
	m.Check("password", checkPassword(s.Password, kpi.Account{Name: s.Name, FullName: s.FullName}, s.Office,
		kpi.SignInRules{Policy: kpi.PasswordsModern}))
	return s, m.Err()
}

// SetUp initializes a new installation: the office, its root unit, the first year and the first
// administrator, all or nothing. Refusals: Conflict if it was done already; Invalid by field.
func (a *App) SetUp(ctx context.Context, s Setup) error {
	s, err := s.read()
	if err != nil {
		return err
	}
	hash, err := a.passwords.hash(s.Password)
	if err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if accounts, err := w.Accounts(ctx); err != nil {
			return err
		} else if len(accounts) > 0 {
			return kpi.Clash("setup_done")
		}
		if err := a.setOffice(ctx, w, kpi.Operator, s.Office); err != nil {
			return err
		}
		root := NewUnit{Code: s.UnitCode, Name: s.Office.Name, NameEn: s.Office.NameEn}
		if _, err := a.createUnit(ctx, w, kpi.Operator, root); err != nil {
			return err
		}
		if _, err := a.openYear(ctx, w, kpi.Operator, NewYear{Year: s.Year}); err != nil {
			return err
		}
		if err := w.SetSetting(ctx, startYear, strconv.Itoa(int(s.Year))); err != nil {
			return err
		}
		_, err := a.addAccount(ctx, w, kpi.Operator, NewAccount{Name: s.Name, FullName: s.FullName, Role: kpi.Admin,
			chosen: a.stamp()}, hash)
		return err
	})
}
