package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getPapers lists a year's papers and the formats they come in.
func (s Pages) getPapers(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.ReportPapers)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "paper_list", page.NewPapers(pc))
}
