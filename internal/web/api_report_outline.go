package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// outlineJSON is a year's outline.
type outlineJSON struct {
	Year    int  `json:"year"`
	Shipped bool `json:"shipped"` // the year has none of its own
	report.Outline
}

func (s *Server) apiOutline(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	return s.sendOutline(c, v, year)
}

func (s *Server) sendOutline(c *fiber.Ctx, v *visit, year kpi.Year) error {
	view, err := s.App.Outline(c.UserContext(), v.actor, year, 0)
	if err != nil {
		return err
	}
	out := outlineJSON{Year: int(year), Outline: view.Input.Outline}
	if len(out.Entries) == 0 {
		out.Shipped, out.Outline = true, report.ShippedOutline
	}
	c.Set(fiber.HeaderETag, strconv.Quote(view.Mark))
	return s.json(c, fiber.StatusOK, out)
}

// apiPutOutline replaces a year's outline: the one that If-Match names, or whatever there is without.
func (s *Server) apiPutOutline(c *fiber.Ctx, v *visit) error {
	var o report.Outline
	year, err := decodeOfYear(c, &o)
	if err != nil {
		return err
	}
	if err := s.App.SetOutline(c.UserContext(), v.actor, year, o, matched(c)); err != nil {
		return err
	}
	return s.sendOutline(c, v, year)
}
