// Package api is the JSON API, on which scripts outside the project rely, and its description,
// openapi.json.
package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/intake"
	"dabiao/internal/web/download"
	"dabiao/internal/web/middleware"
)

// API has the handlers of the JSON API.
type API struct {
	*middleware.Server
	Files download.Files
}

// member lets in anyone who has signed in, and refuses query parameters that the description does not
// have.
func (s API) member(h middleware.Handler) fiber.Handler { return s.Member(s.asked(h)) }

// logger is member for what logs entries.
func (s API) logger(h middleware.Handler) fiber.Handler { return s.Logger(s.asked(h)) }

func (s API) asked(h middleware.Handler) middleware.Handler {
	return func(c *fiber.Ctx, v *middleware.Visit) error {
		if err := checkQuery(c); err != nil {
			return err
		}
		if err := checkMatch(c); err != nil {
			return err
		}
		if key := idempotencyKey(c); key != "" {
			c.SetUserContext(intake.Waiting(c.UserContext(), intake.Waiter{Who: v.Actor.Name, Key: readingKey(v, key)}))
		}
		if err := h(c, v); err != nil {
			return err
		}
		tag(c)
		return nil
	}
}
