// Package api is the JSON API and its description (openapi.json): what scripts outside the project rely on.
package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/download"
	"dabiao/internal/web/middleware"
)

// API answers programs.
type API struct {
	*middleware.Server
	Files download.Files
}

// member lets in who has signed in, and no call that asks for what the description does not know.
func (s API) member(h middleware.Handler) fiber.Handler {
	return s.Member(func(c *fiber.Ctx, v *middleware.Visit) error {
		if err := checkQuery(c); err != nil {
			return err
		}
		if err := checkMatch(c); err != nil {
			return err
		}
		if err := h(c, v); err != nil {
			return err
		}
		tag(c)
		return nil
	})
}
