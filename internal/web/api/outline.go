package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// OutlineJSON is a year's outline.
type OutlineJSON struct {
	Year    int  `json:"year"`
	Shipped bool `json:"shipped"` // the year has none of its own
	report.Outline
}

func (s API) getOutline(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	return s.sendOutline(c, v, year)
}

func (s API) sendOutline(c *fiber.Ctx, v *middleware.Visit, year kpi.Year) error {
	view, err := s.App.Outline(c.UserContext(), v.Actor, year, 0)
	if err != nil {
		return err
	}
	out := OutlineJSON{Year: int(year), Outline: view.Input.Outline}
	if len(out.Entries) == 0 {
		unlisted := out.Unlisted
		out.Shipped, out.Outline = true, report.ShippedOutline
		out.Unlisted = unlisted
	}
	c.Set(fiber.HeaderETag, strconv.Quote(view.Mark))
	return s.JSON(c, fiber.StatusOK, out)
}

// putOutline replaces a year's outline. With If-Match, only the version it names.
func (s API) putOutline(c *fiber.Ctx, v *middleware.Visit) error {
	var o report.Outline
	year, err := decodeOfYear(c, &o)
	if err != nil {
		return err
	}
	if err := s.App.SetOutline(c.UserContext(), v.Actor, year, o, matched(c)); err != nil {
		return err
	}
	return s.sendOutline(c, v, year)
}
