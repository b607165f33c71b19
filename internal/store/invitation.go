package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Invitation is a one-time link to set an account's password, identified by the hash of its secret.
type Invitation struct {
	Hash    string
	Account kpi.Account
	First   bool // the account has never had a password
	EndsAt  kpi.UnixMilli
}

// Invitation returns the invitation with a hash, in time or not. Refusal: NotFound.
func (r *Reader) Invitation(ctx context.Context, hash string) (Invitation, error) {
	return one(ctx, r, kpi.Missing("invitation_unknown"), func(s scanner) (i Invitation, err error) {
		into := []any{&i.Hash, &i.EndsAt, &i.First}
		return i, s.Scan(append(into, accountFields(&i.Account)...)...)
	}, `SELECT i.hash, i.ends_at, a.password_hash = '', `+accountColumns+`
		FROM invitations i JOIN accounts a ON a.id = i.account_id WHERE i.hash = $1`, hash)
}

// InvitationEnds returns until when an account's invitation is open; 0 for none.
func (r *Reader) InvitationEnds(ctx context.Context, id kpi.AccountID) (ends kpi.UnixMilli, err error) {
	err = r.tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(ends_at), 0) FROM invitations WHERE account_id = $1`, id).
		Scan(&ends)
	return ends, err
}

// SetInvitation gives an account an invitation; one it had before ends.
func (w *Writer) SetInvitation(ctx context.Context, id kpi.AccountID, hash, by string, at, ends kpi.UnixMilli) error {
	if err := w.DeleteInvitation(ctx, id); err != nil {
		return err
	}
	return w.exec(ctx, `INSERT INTO invitations (hash, account_id, made_by, made_at, ends_at) VALUES ($1, $2, $3, $4, $5)`,
		hash, id, by, at, ends)
}

// DeleteInvitation ends an account's invitation.
func (w *Writer) DeleteInvitation(ctx context.Context, id kpi.AccountID) error {
	return w.exec(ctx, `DELETE FROM invitations WHERE account_id = $1`, id)
}
