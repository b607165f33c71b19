package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/page"
)

// saidSaved says so on the page that a form led to.
func saidSaved(c *fiber.Ctx, pc *page.Context, key string) {
	if c.Query("saved") != "" {
		pc.Notice = pc.Printer.T(key)
	}
}
