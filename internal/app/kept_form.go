package app

import (
	"context"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// A form that waits for its writer's sign-in stands on the sign-in page. While they are at an identity provider there
// is no page of ours, and it stands here.

// KeptFormLife is how long a form waits, mostKeptForms how many do: whoever keeps one is a stranger still.
const (
	KeptFormLife  = 10 * time.Minute
	mostKeptForms = 64
)

// KeepForm keeps what a form holds and returns what the browser brings to get it back.
func (a *App) KeepForm(ctx context.Context, body string) (secret string, err error) {
	secret, now := newSecret(), a.stamp()
	return secret, a.db.Write(ctx, func(w *store.Writer) error {
		if err := w.ForgetForms(ctx, now-ms(KeptFormLife)); err != nil {
			return err
		}
		return w.KeepForm(ctx, hashSecret(secret), body, now, mostKeptForms)
	})
}

// TakeForm returns a form that waits, once; "" if none does.
func (a *App) TakeForm(ctx context.Context, secret string) (string, error) {
	if secret == "" {
		return "", nil
	}
	return write(ctx, a, func(w *store.Writer) (string, error) {
		body, err := w.KeptForm(ctx, hashSecret(secret), a.stamp()-ms(KeptFormLife))
		if isRefusal(err, kpi.NotFound) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		return body, w.DeleteKeptForm(ctx, hashSecret(secret))
	})
}
