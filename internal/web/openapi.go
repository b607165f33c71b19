package web

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"
)

// OpenAPI describes the JSON API; a test holds it against the routes and real answers.
//
//go:embed openapi.json
var OpenAPI []byte

func (s *Server) getOpenAPI(c *fiber.Ctx, _ *visit) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(OpenAPI)
}
