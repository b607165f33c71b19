package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// getChart is an indicator's chart as a picture that stands alone: chart=months (the default) or
// years, theme=dark.
func (s *Server) getChart(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	q.Detail = true
	view, err := s.App.Indicator(c.UserContext(), v.actor, q, c.Params("code"))
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.Figure.AsOf)
	if err != nil {
		return err
	}
	picture, ok := chartPicture(pc, view.Figure, c.Query("chart", "months"), c.Query("theme") == "dark")
	if !ok {
		return kpi.Missing("chart_not_found")
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, string(v.printer.Tag()))
	return c.Send(picture)
}
