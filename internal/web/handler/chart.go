package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getChart sends an indicator's chart as a picture: ?chart=months (the default) or years, ?theme=dark.
func (s Pages) getChart(c *fiber.Ctx, v *middleware.Visit) error {
	pc, view, err := s.indicatorOf(c, v, true)
	if err != nil {
		return err
	}
	picture, ok := page.ChartPicture(pc, view.Figure, c.Query("chart", "months"), c.Query("theme") == "dark")
	if !ok {
		return kpi.Missing("chart_not_found")
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, string(v.Printer.Tag()))
	return c.Send(picture)
}
