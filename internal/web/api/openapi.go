package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
)

// OpenAPI describes the JSON API; a test holds it against the routes and real answers.
//
//go:embed openapi.json
var OpenAPI []byte

func (s API) getOpenAPI(c *fiber.Ctx, _ *middleware.Visit) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(OpenAPI)
}
