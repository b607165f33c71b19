package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

const accountColumns = `a.id, a.name, a.full_name, a.role, a.unit_id, a.disabled, a.ends_on,
	a.password_at`

// Accounts lists all accounts in the order they were added.
func (r *Reader) Accounts(ctx context.Context) ([]kpi.Account, error) {
	return all(ctx, r, scanAccount, `SELECT `+accountColumns+` FROM accounts a ORDER BY a.id`)
}

// Account returns the account with a sign-in name.
func (r *Reader) Account(ctx context.Context, name string) (kpi.Account, error) {
	return one(ctx, r, kpi.Missing("account_not_found", name), scanAccount,
		`SELECT `+accountColumns+` FROM accounts a WHERE a.name = $1`, name)
}

// FillNames sets the values of m, whose keys are sign-in names, to the people's full names where they
// have one.
func (r *Reader) FillNames(ctx context.Context, m map[string]string) error {
	return fill(ctx, r, m, func(s scanner) (v [2]string, err error) { err = s.Scan(&v[0], &v[1]); return v, err },
		func(v [2]string) (string, string) { return v[0], v[1] },
		`SELECT name, full_name FROM accounts WHERE full_name <> '' AND name IN (%s)`)
}

// OfficeNames returns the full names of the accounts of the whole office, by sign-in name.
func (r *Reader) OfficeNames(ctx context.Context) (map[string]string, error) {
	list, err := all(ctx, r, func(s scanner) (v [2]string, err error) { err = s.Scan(&v[0], &v[1]); return v, err },
		`SELECT name, full_name FROM accounts WHERE unit_id IS NULL AND full_name <> ''`)
	names := map[string]string{}
	for _, v := range list {
		names[v[0]] = v[1]
	}
	return names, err
}

// PasswordHash returns the stored hash of an account's password.
func (r *Reader) PasswordHash(ctx context.Context, name string) (string, error) {
	return one(ctx, r, kpi.Missing("account_not_found", name), scanString,
		`SELECT password_hash FROM accounts WHERE name = $1`, name)
}

func scanAccount(s scanner) (a kpi.Account, err error) {
	return a, s.Scan(accountFields(&a)...)
}

// accountFields returns where the accountColumns go.
func accountFields(a *kpi.Account) []any {
	return []any{&a.ID, &a.Name, &a.FullName, &a.Role, (*unitOrAll)(&a.Unit), (*zeroOrOne)(&a.Disabled), &a.EndsOn,
		&a.PasswordAt}
}

// unitOrAll reads a unit that NULL leaves 0.
type unitOrAll kpi.UnitID

func (u *unitOrAll) Scan(v any) error {
	var id sql.NullInt64
	err := id.Scan(v)
	*u = unitOrAll(id.Int64)
	return err
}

// zeroOrOne reads a column that holds 0 or 1.
type zeroOrOne bool

func (f *zeroOrOne) Scan(v any) error {
	var n sql.NullInt64
	err := n.Scan(v)
	*f = n.Int64 == 1
	return err
}

// InsertAccount adds an account and returns its ID.
func (w *Writer) InsertAccount(ctx context.Context, a kpi.Account, passwordHash string,
	at kpi.UnixMilli) (kpi.AccountID, error) {
	return insert[kpi.AccountID](ctx, w, `INSERT INTO accounts (name, full_name, role, unit_id, password_hash, ends_on,
		created_at, password_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, a.Name, a.FullName, a.Role, ref(a.Unit),
		passwordHash, a.EndsOn, at, a.PasswordAt)
}

// PasswordsBefore returns the hashes of an account's passwords that are kept, the present one first.
func (r *Reader) PasswordsBefore(ctx context.Context, id kpi.AccountID) ([]string, error) {
	return all(ctx, r, scanString, `SELECT hash FROM (
			SELECT password_hash AS hash, 1 AS present, 0 AS id FROM accounts WHERE id = $1 AND password_hash <> ''
			UNION ALL SELECT hash, 0, id FROM old_passwords WHERE account_id = $1) AS passwords
		ORDER BY present DESC, id DESC`, id)
}

// KeepPasswords keeps the present password of an account among the last it had, so many at most.
func (w *Writer) KeepPasswords(ctx context.Context, id kpi.AccountID, most int, at kpi.UnixMilli) error {
	if err := w.exec(ctx, `INSERT INTO old_passwords (account_id, hash, until)
		SELECT id, password_hash, CAST($1 AS BIGINT) FROM accounts WHERE id = $2 AND password_hash <> ''`, at,
		id); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM old_passwords WHERE account_id = $1 AND id NOT IN
		(SELECT id FROM old_passwords WHERE account_id = $1 ORDER BY id DESC LIMIT $2)`, id, most)
}

// SetPassword replaces an account's password, chosen by its owner at a moment, or 0, and ends its sessions and its
// invitation.
func (w *Writer) SetPassword(ctx context.Context, id kpi.AccountID, passwordHash string, chosen kpi.UnixMilli) error {
	if err := w.exec(ctx, `UPDATE accounts SET password_hash = $1, password_at = $2 WHERE id = $3`, passwordHash, chosen,
		id); err != nil {
		return err
	}
	if err := w.DeleteInvitation(ctx, id); err != nil {
		return err
	}
	return w.DeleteSessions(ctx, id)
}

// DisableAccount disables an account and ends its sessions, tokens and invitation.
func (w *Writer) DisableAccount(ctx context.Context, id kpi.AccountID) error {
	if err := w.exec(ctx, `UPDATE accounts SET disabled = 1 WHERE id = $1`, id); err != nil {
		return err
	}
	if err := w.DeleteTokens(ctx, id); err != nil {
		return err
	}
	if err := w.DeleteInvitation(ctx, id); err != nil {
		return err
	}
	return w.DeleteSessions(ctx, id)
}

// SetAccountEnd sets the last day on which somebody gets in by an account; "" for no end. Its tokens end then too,
// and do not come back with a later day.
func (w *Writer) SetAccountEnd(ctx context.Context, id kpi.AccountID, last kpi.Date) error {
	if last != "" {
		if err := w.EndTokens(ctx, id, last); err != nil {
			return err
		}
	}
	return w.exec(ctx, `UPDATE accounts SET ends_on = $1 WHERE id = $2`, last, id)
}

// EnableAccount enables an account again.
func (w *Writer) EnableAccount(ctx context.Context, id kpi.AccountID) error {
	return w.exec(ctx, `UPDATE accounts SET disabled = 0 WHERE id = $1`, id)
}
