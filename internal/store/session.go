package store

import (
	"context"

	"dabiao/internal/kpi"
)

// Session is a signed-in browser, identified by the hash of its secret.
type Session struct {
	Hash      string
	Account   kpi.Account
	CSRF      string
	CreatedAt kpi.UnixMilli
	SeenAt    kpi.UnixMilli
	Agent     string // the User-Agent header at sign-in, cut to what a page shows
	Address   string // whence somebody signed in
	Need      kpi.Need
	Federated bool // an identity provider vouched for them

	Token kpi.Token // with which a program comes instead
}

// Session returns the session with a hash. It refuses unknown sessions and those of disabled accounts.
func (r *Reader) Session(ctx context.Context, hash string) (Session, error) {
	return one(ctx, r, kpi.Denied("sign_in_first"), scanSession, `SELECT `+sessionColumns+`
		FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.hash = $1 AND a.disabled = 0`, hash)
}

// AccountSessions lists an account's sessions, the last used first.
func (r *Reader) AccountSessions(ctx context.Context, id kpi.AccountID) ([]Session, error) {
	return all(ctx, r, scanSession, `SELECT `+sessionColumns+` FROM sessions s JOIN accounts a ON a.id = s.account_id
		WHERE a.id = $1 ORDER BY s.seen_at DESC, s.hash`, id)
}

const sessionColumns = `s.hash, s.csrf, s.created_at, s.seen_at, s.agent, s.address, s.need, s.federated, ` + accountColumns

func scanSession(s scanner) (v Session, err error) {
	into := []any{&v.Hash, &v.CSRF, &v.CreatedAt, &v.SeenAt, &v.Agent, &v.Address, &v.Need,
		(*zeroOrOne)(&v.Federated)}
	return v, s.Scan(append(into, accountFields(&v.Account)...)...)
}

// InsertSession adds a session.
func (w *Writer) InsertSession(ctx context.Context, s Session) error {
	return w.exec(ctx, `INSERT INTO sessions (hash, account_id, csrf, created_at, seen_at, agent, address, need,
		federated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, s.Hash, s.Account.ID, s.CSRF, s.CreatedAt, s.SeenAt, s.Agent, s.Address,
		s.Need, flag(s.Federated))
}

// TouchSession records that a session was used.
func (w *Writer) TouchSession(ctx context.Context, hash string, at kpi.UnixMilli) error {
	return w.exec(ctx, `UPDATE sessions SET seen_at = $1 WHERE hash = $2`, at, hash)
}

// DeleteSession ends one session.
func (w *Writer) DeleteSession(ctx context.Context, hash string) error {
	return w.exec(ctx, `DELETE FROM sessions WHERE hash = $1`, hash)
}

// DeleteSessions ends all sessions of an account.
func (w *Writer) DeleteSessions(ctx context.Context, id kpi.AccountID) error {
	return w.exec(ctx, `DELETE FROM sessions WHERE account_id = $1`, id)
}

// SignedIn lists the accounts that are signed in by what this program asks, and by no identity provider.
func (r *Reader) SignedIn(ctx context.Context) ([]kpi.Account, error) {
	return all(ctx, r, scanAccount, `SELECT `+accountColumns+` FROM accounts a WHERE a.id IN
		(SELECT account_id FROM sessions WHERE federated = 0 AND need = '') ORDER BY a.id`)
}

// DeleteOwnSessions ends the sessions of an account by which it is signed in so.
func (w *Writer) DeleteOwnSessions(ctx context.Context, id kpi.AccountID) error {
	return w.exec(ctx, `DELETE FROM sessions WHERE account_id = $1 AND federated = 0 AND need = ''`, id)
}

// DeleteSessionsBefore ends sessions created or last used before the given moments.
func (w *Writer) DeleteSessionsBefore(ctx context.Context, created, seen kpi.UnixMilli) error {
	return w.exec(ctx, `DELETE FROM sessions WHERE created_at < $1 OR seen_at < $2`, created, seen)
}

// DeleteAccountSession ends one session of an account.
func (w *Writer) DeleteAccountSession(ctx context.Context, id kpi.AccountID, hash string) error {
	return w.exec(ctx, `DELETE FROM sessions WHERE account_id = $1 AND hash = $2`, id, hash)
}

// DeleteOtherSessions ends all sessions of an account but one.
func (w *Writer) DeleteOtherSessions(ctx context.Context, id kpi.AccountID, kept string) error {
	return w.exec(ctx, `DELETE FROM sessions WHERE account_id = $1 AND hash <> $2`, id, kept)
}

// Attempts returns how often a subject failed to sign in and when last; zeros for an unknown subject.
func (r *Reader) Attempts(ctx context.Context, subject string) (failures int, last kpi.UnixMilli, err error) {
	err = r.tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(failures), 0), COALESCE(MAX(last_at), 0) FROM attempts
		WHERE subject = $1`,
		subject).Scan(&failures, &last)
	return failures, last, err
}

// ForgetAttempts deletes the counts of subjects that failed last before the given moment.
func (w *Writer) ForgetAttempts(ctx context.Context, before kpi.UnixMilli) error {
	return w.exec(ctx, `DELETE FROM attempts WHERE last_at < $1`, before)
}

// ForgetAttemptsOf deletes the counts of a subject and of those that begin with it. It must have none of the letters
// that LIKE reads otherwise.
func (w *Writer) ForgetAttemptsOf(ctx context.Context, subject string) error {
	return w.exec(ctx, `DELETE FROM attempts WHERE subject LIKE $1`, subject+"%")
}

// SetAttempts stores how often a subject failed; 0 deletes the count.
func (w *Writer) SetAttempts(ctx context.Context, subject string, failures int, at kpi.UnixMilli) error {
	if failures == 0 {
		return w.exec(ctx, `DELETE FROM attempts WHERE subject = $1`, subject)
	}
	return w.exec(ctx, `INSERT INTO attempts (subject, failures, last_at) VALUES ($1, $2, $3)
		ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`, subject, failures, at)
}
