package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Identity is who an account's owner is at an identity provider.
type Identity struct {
	Issuer   string
	Subject  string // the issuer's word for somebody, which it gives to nobody else
	LinkedAt kpi.UnixMilli
}

// Identity returns who an account's owner is at an identity provider; NotFound if the account is not linked.
func (r *Reader) Identity(ctx context.Context, of kpi.AccountID) (Identity, error) {
	return one(ctx, r, kpi.Missing("identity_none"), func(s scanner) (i Identity, err error) {
		return i, s.Scan(&i.Issuer, &i.Subject, &i.LinkedAt)
	}, `SELECT issuer, subject, linked_at FROM identities WHERE account_id = $1`, of)
}

// AccountOf returns the account that is linked to an identity; NotFound if none is.
func (r *Reader) AccountOf(ctx context.Context, issuer, subject string) (kpi.Account, error) {
	return one(ctx, r, kpi.Missing("identity_none"), scanAccount, `SELECT `+accountColumns+` FROM accounts a
		JOIN identities i ON i.account_id = a.id WHERE i.issuer = $1 AND i.subject = $2`, issuer, subject)
}

// Linked returns since when accounts are linked, those that are.
func (r *Reader) Linked(ctx context.Context) (map[kpi.AccountID]kpi.UnixMilli, error) {
	type link struct {
		of kpi.AccountID
		at kpi.UnixMilli
	}
	list, err := all(ctx, r, func(s scanner) (l link, err error) { return l, s.Scan(&l.of, &l.at) },
		`SELECT account_id, linked_at FROM identities`)
	out := map[kpi.AccountID]kpi.UnixMilli{}
	for _, l := range list {
		out[l.of] = l.at
	}
	return out, err
}

// InsertIdentity links an account to an identity.
func (w *Writer) InsertIdentity(ctx context.Context, of kpi.AccountID, i Identity) error {
	return w.exec(ctx, `INSERT INTO identities (account_id, issuer, subject, linked_at) VALUES ($1, $2, $3, $4)`, of,
		i.Issuer, i.Subject, i.LinkedAt)
}

// DeleteIdentity takes an account's link away.
func (w *Writer) DeleteIdentity(ctx context.Context, of kpi.AccountID) error {
	return w.exec(ctx, `DELETE FROM identities WHERE account_id = $1`, of)
}

// KeepForm keeps a form by the hash of what a browser keeps, and forgets all but the newest so many.
func (w *Writer) KeepForm(ctx context.Context, hash, body string, at kpi.UnixMilli, most int) error {
	if err := w.exec(ctx, `INSERT INTO kept_forms (hash, body, kept_at) VALUES ($1, $2, $3)`, hash, body, at); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM kept_forms WHERE hash NOT IN
		(SELECT hash FROM kept_forms ORDER BY kept_at DESC, hash LIMIT $1)`, most)
}

// ForgetForms forgets the forms that are kept since before a moment.
func (w *Writer) ForgetForms(ctx context.Context, before kpi.UnixMilli) error {
	return w.exec(ctx, `DELETE FROM kept_forms WHERE kept_at < $1`, before)
}

// KeptForm returns a form that is kept since a moment or later; NotFound if there is none.
func (r *Reader) KeptForm(ctx context.Context, hash string, since kpi.UnixMilli) (string, error) {
	return one(ctx, r, kpi.Missing("identity_none"), scanString,
		`SELECT body FROM kept_forms WHERE hash = $1 AND kept_at >= $2`, hash, since)
}

// DeleteKeptForm forgets a form.
func (w *Writer) DeleteKeptForm(ctx context.Context, hash string) error {
	return w.exec(ctx, `DELETE FROM kept_forms WHERE hash = $1`, hash)
}
