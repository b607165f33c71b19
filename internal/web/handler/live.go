package handler

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
)

// getEvents tells an open page of a year whenever the records have changed, and nothing more: the page
// reloads what it may see.
func (s Pages) getEvents(c *fiber.Ctx, v *middleware.Visit) error {
	if _, err := middleware.YearParam(c); err != nil {
		return err
	}
	return s.SendEvents(c, "account "+strconv.FormatInt(int64(v.Actor.ID), 10))
}
