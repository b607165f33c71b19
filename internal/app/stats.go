package app

import (
	"context"

	"dabiao/internal/store"
)

// Stats returns operating figures of the database; they reveal no unit, person or figure of the office.
func (a *App) Stats(ctx context.Context) (store.Stats, error) { return a.db.Stats(ctx) }
