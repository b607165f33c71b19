package app

import (
	"context"

	"dabiao/internal/store"
)

type peopleOfOffice struct{}

// cachedOfficeNames returns the full names of the people of the whole office who have one, by sign-in
// name.
func cachedOfficeNames(ctx context.Context, r *store.Reader) (map[string]string, error) {
	return store.Cached(ctx, r, peopleOfOffice{}, func() (map[string]string, error) { return r.OfficeNames(ctx) })
}

// Names returns people's full names by their sign-in names; people without one keep the sign-in name.
func (a *App) Names(ctx context.Context, accounts []string) (map[string]string, error) {
	return read(ctx, a, func(r *store.Reader) (map[string]string, error) {
		names := map[string]string{}
		for _, account := range accounts {
			names[account] = account
		}
		return names, r.FillNames(ctx, names)
	})
}
