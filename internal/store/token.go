package store

import (
	"context"

	"dabiao/internal/kpi"
)

//nolint:gosec // columns, no credentials
const tokenColumns = `t.hash, t.name, t.created_at, t.scope, t.ends_on, t.unit_id, t.used_at, t.used_from`

// tokenFields returns where the tokenColumns go.
func tokenFields(t *kpi.Token) []any {
	return []any{&t.Hash, &t.Name, &t.AddedAt, &t.Scope, &t.EndsOn, (*unitOrAll)(&t.Unit), &t.UsedAt, &t.UsedFrom}
}

// TokenAccount returns the token with a hash and the account that it acts for. It refuses unknown tokens and
// disabled accounts.
func (r *Reader) TokenAccount(ctx context.Context, hash string) (t kpi.Token, a kpi.Account, err error) {
	_, err = one(ctx, r, kpi.Denied("token_refused"), func(s scanner) (none struct{}, err error) {
		return none, s.Scan(append(tokenFields(&t), accountFields(&a)...)...)
	}, `SELECT `+tokenColumns+`, `+accountColumns+` FROM tokens t JOIN accounts a ON a.id = t.account_id
		WHERE t.hash = $1 AND a.disabled = 0`, hash)
	return t, a, err
}

// InsertToken adds a token of an account.
func (w *Writer) InsertToken(ctx context.Context, of kpi.AccountID, t kpi.Token) error {
	return w.exec(ctx, `INSERT INTO tokens (hash, account_id, name, created_at, scope, ends_on, unit_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, t.Hash, of, t.Name, t.AddedAt, t.Scope, t.EndsOn, ref(t.Unit))
}

// Tokens lists an account's tokens, oldest first.
func (r *Reader) Tokens(ctx context.Context, of kpi.AccountID) ([]kpi.Token, error) {
	return all(ctx, r, func(s scanner) (t kpi.Token, err error) { return t, s.Scan(tokenFields(&t)...) },
		`SELECT `+tokenColumns+` FROM tokens t WHERE t.account_id = $1 ORDER BY t.created_at, t.hash`, of)
}

// TouchToken records that a token was used.
func (w *Writer) TouchToken(ctx context.Context, hash, from string, at kpi.UnixMilli) error {
	return w.touch(ctx, `UPDATE tokens SET used_at = $1, used_from = $2 WHERE hash = $3`, at, from, hash)
}

// DeleteToken deletes a token of an account.
func (w *Writer) DeleteToken(ctx context.Context, of kpi.AccountID, hash string) error {
	return w.exec(ctx, `DELETE FROM tokens WHERE account_id = $1 AND hash = $2`, of, hash)
}

// DeleteTokens deletes all tokens of an account.
func (w *Writer) DeleteTokens(ctx context.Context, of kpi.AccountID) error {
	return w.exec(ctx, `DELETE FROM tokens WHERE account_id = $1`, of)
}

// EndTokens lets an account's tokens end by a day at the latest.
func (w *Writer) EndTokens(ctx context.Context, of kpi.AccountID, last kpi.Date) error {
	return w.exec(ctx, `UPDATE tokens SET ends_on = $1 WHERE account_id = $2 AND (ends_on = '' OR ends_on > $1)`, last,
		of)
}
