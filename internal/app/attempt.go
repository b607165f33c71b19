package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Limits for failed sign-ins within failureWait, and how long to wait after that.
const (
	failuresPerName    = 8
	failuresPerAddress = 40
	failureWait        = 15 * time.Minute
	maxAccountName     = 64 // characters; longer names belong to nobody
)

// countAttempt counts a sign-in as failed before the password is examined, so that many attempts at
// once gain no more guesses than one after another. It refuses if the name or the address has failed
// too often lately, and returns when the address had last failed before.
func (a *App) countAttempt(ctx context.Context, name, address string) (lastOfAddress kpi.UnixMilli, err error) {
	now := a.stamp()
	return lastOfAddress, a.db.Write(ctx, func(w *store.Writer) error {
		if err := w.ForgetAttempts(ctx, now-ms(failureWait)); err != nil {
			return err
		}
		if _, err := count(ctx, w, nameSubject(name), failuresPerName, now); err != nil {
			return err
		}
		lastOfAddress, err = count(ctx, w, addressSubject(address), failuresPerAddress, now)
		return err
	})
}

func count(ctx context.Context, w *store.Writer, subject string, limit int,
	now kpi.UnixMilli) (last kpi.UnixMilli, err error) {
	failures, last, err := w.Attempts(ctx, subject)
	if err != nil {
		return last, err
	}
	if failures >= limit {
		left := last + ms(failureWait) - now
		return last, kpi.Denied("sign_in_throttled", int64(left/ms(time.Minute))+1)
	}
	return last, w.SetAttempts(ctx, subject, failures+1, now)
}

// forgiveAttempt undoes what countAttempt counted: the name starts afresh; the address, which others
// share, is as it was.
func forgiveAttempt(ctx context.Context, w *store.Writer, name, address string, lastOfAddress kpi.UnixMilli) error {
	if err := w.SetAttempts(ctx, nameSubject(name), 0, 0); err != nil {
		return err
	}
	failures, _, err := w.Attempts(ctx, addressSubject(address))
	if err != nil {
		return err
	}
	return w.SetAttempts(ctx, addressSubject(address), max(failures-1, 0), lastOfAddress)
}

func nameSubject(name string) string {
	if runes := []rune(name); len(runes) > maxAccountName {
		name = string(runes[:maxAccountName])
	}
	return "name " + name
}

func addressSubject(address string) string { return "address " + address }
