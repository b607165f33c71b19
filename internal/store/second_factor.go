package store

import (
	"context"

	"dabiao/internal/kpi"
)

// SecondFactor is what an account's owner proves to have: an authenticator app that knows a secret.
type SecondFactor struct {
	Sealed   string // the secret; see Seal
	SetAt    kpi.UnixMilli
	UsedStep int64 // the last time step whose code was taken
}

// SecondFactor returns an account's second factor; NotFound if it has none.
func (r *Reader) SecondFactor(ctx context.Context, of kpi.AccountID) (SecondFactor, error) {
	return one(ctx, r, kpi.Missing("second_factor_none"), func(s scanner) (f SecondFactor, err error) {
		return f, s.Scan(&f.Sealed, &f.SetAt, &f.UsedStep)
	}, `SELECT sealed, set_at, used_step FROM second_factors WHERE account_id = $1`, of)
}

// WithSecondFactor returns the accounts that have a second factor.
func (r *Reader) WithSecondFactor(ctx context.Context) (map[kpi.AccountID]bool, error) {
	list, err := all(ctx, r, func(s scanner) (id kpi.AccountID, err error) { return id, s.Scan(&id) },
		`SELECT account_id FROM second_factors`)
	out := map[kpi.AccountID]bool{}
	for _, id := range list {
		out[id] = true
	}
	return out, err
}

// SetSecondFactor gives an account a second factor in place of the one it had, with the hashes of its recovery codes.
func (w *Writer) SetSecondFactor(ctx context.Context, of kpi.AccountID, f SecondFactor, codes []string) error {
	if err := w.DeleteSecondFactor(ctx, of); err != nil {
		return err
	}
	if err := w.exec(ctx, `INSERT INTO second_factors (account_id, sealed, set_at, used_step) VALUES ($1, $2, $3, $4)`, of,
		f.Sealed, f.SetAt, f.UsedStep); err != nil {
		return err
	}
	return w.SetRecoveryCodes(ctx, of, codes)
}

// DeleteSecondFactor takes an account's second factor and recovery codes away.
func (w *Writer) DeleteSecondFactor(ctx context.Context, of kpi.AccountID) error {
	if err := w.exec(ctx, `DELETE FROM recovery_codes WHERE account_id = $1`, of); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM second_factors WHERE account_id = $1`, of)
}

// UseStep records that the code of a time step was taken.
func (w *Writer) UseStep(ctx context.Context, of kpi.AccountID, step int64) error {
	return w.touch(ctx, `UPDATE second_factors SET used_step = $1 WHERE account_id = $2`, step, of)
}

// SetRecoveryCodes replaces an account's recovery codes.
func (w *Writer) SetRecoveryCodes(ctx context.Context, of kpi.AccountID, hashes []string) error {
	if err := w.exec(ctx, `DELETE FROM recovery_codes WHERE account_id = $1`, of); err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := w.exec(ctx, `INSERT INTO recovery_codes (hash, account_id) VALUES ($1, $2)`, hash, of); err != nil {
			return err
		}
	}
	return nil
}

// CountRecoveryCodes returns how many recovery codes an account has left.
func (r *Reader) CountRecoveryCodes(ctx context.Context, of kpi.AccountID) (n int, err error) {
	return n, r.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1`, of).Scan(&n)
}

// HasRecoveryCode reports whether an account has the recovery code with a hash.
func (r *Reader) HasRecoveryCode(ctx context.Context, of kpi.AccountID, hash string) (bool, error) {
	var n int
	err := r.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND hash = $2`, of, hash).
		Scan(&n)
	return n > 0, err
}

// DeleteRecoveryCode takes a recovery code away.
func (w *Writer) DeleteRecoveryCode(ctx context.Context, of kpi.AccountID, hash string) error {
	return w.exec(ctx, `DELETE FROM recovery_codes WHERE account_id = $1 AND hash = $2`, of, hash)
}
