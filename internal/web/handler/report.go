package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getReport shows the report, or the table named by ?form=, as the files have it.
func (s Pages) getReport(c *fiber.Ctx, v *middleware.Visit) error {
	in, err := s.Files.ReportInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, in.Board)
	if err != nil {
		return err
	}
	d, err := report.BuildPaper(in, report.Paper(c.Query("form")))
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "report_show", page.NewReport(pc, d))
}
