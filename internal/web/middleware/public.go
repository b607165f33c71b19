package middleware

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
)

func (s *Server) SetPublic(c *fiber.Ctx, v *Visit, b input.PublicBody) error {
	year, err := YearParam(c)
	if err != nil {
		return err
	}
	if !b.Public {
		return s.App.CloseToPublic(c.UserContext(), v.Actor, year)
	}
	return s.App.OpenToPublic(c.UserContext(), v.Actor, kpi.PublicYear{Year: year, Indexed: b.Indexed})
}
