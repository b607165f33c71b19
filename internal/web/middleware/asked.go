package middleware

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// Asked calls find with the year, unit and month of the address. A page and the API call of the same view
// both use it, so that both refuse alike.
func Asked[V any](s *Server, c *fiber.Ctx, v *Visit,
	find func(context.Context, kpi.Actor, app.Query) (V, error)) (V, error) {
	q, err := s.Query(c)
	if err != nil {
		var none V
		return none, err
	}
	return find(c.UserContext(), v.Actor, q)
}
