package app

import (
	"context"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// InTurnOf returns a context in which files are read when it is the actor's turn (see intake.Turn).
func InTurnOf(ctx context.Context, actor kpi.Actor) context.Context {
	return intake.Waiting(ctx, intake.Waiter{Who: actor.Name})
}
