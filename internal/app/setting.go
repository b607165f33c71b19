package app

import (
	"context"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// setting returns what is kept under a name; "" if nothing ever was.
func setting(ctx context.Context, r *store.Reader, name string) (string, error) {
	v, err := r.Setting(ctx, name)
	if isRefusal(err, kpi.NotFound) {
		return "", nil
	}
	return v, err
}

// settingOr returns the rule that is kept under a name, and what it is where nobody has ever set it.
func settingOr[T any](ctx context.Context, r *store.Reader, name string, unset T) (T, error) {
	kept, err := setting(ctx, r, name)
	if err != nil || kept == "" {
		return unset, err
	}
	if err := json.Unmarshal([]byte(kept), &unset); err != nil {
		return unset, fmt.Errorf("read the setting %s: %w", name, err)
	}
	return unset, nil
}

// setSetting keeps a rule under a name.
func setSetting[T any](ctx context.Context, w *store.Writer, name string, rule T) error {
	raw, err := json.Marshal(rule)
	if err != nil {
		return fmt.Errorf("keep the setting %s: %w", name, err)
	}
	return w.SetSetting(ctx, name, string(raw))
}
