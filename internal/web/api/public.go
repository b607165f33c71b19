package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

func (s API) postPublic(c *fiber.Ctx, v *middleware.Visit) error {
	var b input.PublicBody
	if err := decode(c, &b); err != nil {
		return err
	}
	if err := s.SetPublic(c, v, b); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
