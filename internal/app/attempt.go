package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Limits for failed sign-ins within failureWait. Whoever has reached failuresPerPair, or failuresPerPass, waits for
// failureWait. A name or an address that many fail with is slowed down, for browsers that never signed in to the
// account: one attempt in slowName or slowAddress. Nobody can be locked out of their own browser from elsewhere
// (docs/adr/0076).
const (
	failuresPerPair    = 8  // of a name from an address
	failuresPerPass    = 8  // of a name from a browser that signed in to it before
	failuresPerName    = 60 // from all addresses
	failuresPerAddress = 40 // of all names
	failureWait        = 15 * time.Minute
	slowName           = time.Minute
	slowAddress        = 10 * time.Second
)

// attempt is a sign-in that was counted as failed.
type attempt struct {
	name, address string
	pass          *browserPass  // the browser has signed in to the account before
	last          kpi.UnixMilli // when the pair or the pass had last failed before
	lastOfName    kpi.UnixMilli // when they had last failed before
	lastOfAddress kpi.UnixMilli
}

// countAttempt counts a sign-in as failed before the password is examined, so that many attempts at once gain no more
// guesses than one after another. It refuses after too many failures, and does not ask whether there is such an
// account.
func (a *App) countAttempt(ctx context.Context, name string, from Browser) (out attempt, err error) {
	now := a.stamp()
	return out, a.db.Write(ctx, func(w *store.Writer) error {
		if err := w.ForgetAttempts(ctx, now-ms(failureWait)); err != nil {
			return err
		}
		out = attempt{name: name, address: from.Address}
		if out.pass, err = a.knownPass(ctx, w, name, from.Pass); err != nil {
			return err
		}
		if out.pass != nil {
			out.last, err = count(ctx, w, passSubject(*out.pass), failuresPerPass, failureWait, now)
			return err
		}
		if out.last, err = count(ctx, w, pairSubject(name, from.Address), failuresPerPair, failureWait, now); err != nil {
			return err
		}
		if out.lastOfName, err = count(ctx, w, nameSubject(name), failuresPerName, slowName, now); err != nil {
			return err
		}
		out.lastOfAddress, err = count(ctx, w, addressSubject(from.Address), failuresPerAddress, slowAddress, now)
		return err
	})
}

// count adds a failure to a subject. At the limit it refuses until wait has passed since the last.
func count(ctx context.Context, w *store.Writer, subject string, limit int, wait time.Duration,
	now kpi.UnixMilli) (last kpi.UnixMilli, err error) {
	failures, last, err := w.Attempts(ctx, subject)
	if err != nil {
		return last, err
	}
	if failures >= limit && within(last, now, wait-1) {
		return last, kpi.Denied("sign_in_throttled", minutesLeft(last, now, wait))
	}
	return last, w.SetAttempts(ctx, subject, failures+1, now)
}

// minutesLeft returns how many minutes of a wait are left since a moment, begun ones as whole: at most the wait.
func minutesLeft(since, now kpi.UnixMilli, wait time.Duration) int64 {
	left := min(since+ms(wait)-now, ms(wait))
	return int64((left-1)/ms(time.Minute)) + 1
}

// forgive undoes what was counted of a sign-in that succeeded: who signed in starts afresh; the name's and the
// address's counts, to which others may have added, are as they were.
func (t attempt) forgive(ctx context.Context, w *store.Writer) error {
	if t.pass != nil {
		return w.SetAttempts(ctx, passSubject(*t.pass), 0, 0)
	}
	if err := w.SetAttempts(ctx, pairSubject(t.name, t.address), 0, 0); err != nil {
		return err
	}
	if err := uncount(ctx, w, nameSubject(t.name), t.lastOfName); err != nil {
		return err
	}
	return uncount(ctx, w, addressSubject(t.address), t.lastOfAddress)
}

// takeBack undoes what was counted of a sign-in that goes on with a code: what failed before still counts, or who knows
// the password could guess codes without end.
func (t attempt) takeBack(ctx context.Context, w *store.Writer) error {
	if t.pass != nil {
		return uncount(ctx, w, passSubject(*t.pass), t.last)
	}
	if err := uncount(ctx, w, pairSubject(t.name, t.address), t.last); err != nil {
		return err
	}
	if err := uncount(ctx, w, nameSubject(t.name), t.lastOfName); err != nil {
		return err
	}
	return uncount(ctx, w, addressSubject(t.address), t.lastOfAddress)
}

func uncount(ctx context.Context, w *store.Writer, subject string, last kpi.UnixMilli) error {
	failures, _, err := w.Attempts(ctx, subject)
	if err != nil {
		return err
	}
	return w.SetAttempts(ctx, subject, max(failures-1, 0), last)
}

// forgetAttempts lets an account in again from everywhere, as far as its name goes.
func forgetAttempts(ctx context.Context, w *store.Writer, account kpi.Account) error {
	for _, subject := range []string{nameSubject(account.Name), pairSubject(account.Name, ""),
		passSubject(browserPass{account: account.ID})} {
		if err := w.ForgetAttemptsOf(ctx, subject); err != nil {
			return err
		}
	}
	return nil
}

// nameHash stands for a name in subjects: short whatever was typed, and not the password that somebody typed into
// the field for names.
func nameHash(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:12])
}

func nameSubject(name string) string { return "name " + nameHash(name) }

func pairSubject(name, address string) string { return "pair " + nameHash(name) + " " + address }

func addressSubject(address string) string { return "address " + address }
