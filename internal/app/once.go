package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

const maxKey = 200

// once logs an entry under an idempotency key: the same key and content return the same entry again.
func (a *App) once(ctx context.Context, actor kpi.Actor, key string, content any,
	fn func(*store.Writer) (kpi.Update, error)) (kpi.Update, error) {
	return onceOfMany(ctx, a, answerKey{actor.Name, key, content}, fn, func(u kpi.Update) int64 { return int64(u.ID) },
		func(w *store.Writer, id int64) (kpi.Update, error) { return w.Update(ctx, kpi.UpdateID(id)) })
}

// answerKey identifies a write for idempotency.
type answerKey struct {
	account, key string
	content      any // what was sent
}

func (k answerKey) fingerprint() (string, error) {
	raw, err := json.Marshal(k.content)
	if err != nil {
		return "", fmt.Errorf("fingerprint a write: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])[:store.FingerprintLength], nil
}

// once runs a write that creates something with an ID. If the key was already used for the same
// content, it returns what was created then. Without a key it just runs fn. Refusals: Invalid
// key_malformed, Conflict key_reused.
func once[T any](ctx context.Context, a *App, k answerKey, fn func(*store.Writer) (T, error), idOf func(T) int64,
	again func(*store.Writer, int64) (T, error)) (out T, err error) {
	return onceBy(ctx, a.db.Write, k, a.stamp, fn, idOf, again)
}

// onceOfMany is once for what many do at the same time: see [store.DB.WriteForeseen].
func onceOfMany[T any](ctx context.Context, a *App, k answerKey, fn func(*store.Writer) (T, error), idOf func(T) int64,
	again func(*store.Writer, int64) (T, error)) (out T, err error) {
	return onceBy(ctx, a.db.WriteForeseen, k, a.stamp, fn, idOf, again)
}

func onceBy[T any](ctx context.Context, by writing, k answerKey, now func() kpi.UnixMilli,
	fn func(*store.Writer) (T, error), idOf func(T) int64,
	again func(*store.Writer, int64) (T, error)) (out T, err error) {
	if len(k.key) > maxKey {
		return out, kpi.Refuse(kpi.Invalid, "key_malformed", maxKey)
	}
	if k.key == "" {
		return writeBy(ctx, by, fn)
	}
	fingerprint, err := k.fingerprint()
	if err != nil {
		return out, err
	}
	return writeBy(ctx, by, func(w *store.Writer) (T, error) {
		known, result, ok, err := w.Answered(ctx, k.account, k.key)
		switch {
		case err != nil:
			return out, err
		case ok && known != fingerprint:
			return out, kpi.Clash("key_reused")
		case ok:
			return again(w, result)
		}
		made, err := fn(w)
		if err != nil {
			return made, err
		}
		return made, w.InsertAnswer(ctx, k.account, k.key, fingerprint, idOf(made), now())
	})
}
