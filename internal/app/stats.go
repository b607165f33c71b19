package app

import (
	"context"

	"dabiao/internal/store"
)

// Stats are figures of the database itself; they name no unit, person or figure of the office.
func (a *App) Stats(ctx context.Context) (store.Stats, error) { return a.db.Stats(ctx) }
