package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getArea shows one area of the board by month.
func (s Pages) getArea(c *fiber.Ctx, v *middleware.Visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	area, err := findArea(board, c.Params("area"))
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "area_show", page.NewArea(pc, board, area))
}

func findArea(b progress.Board, code string) (progress.AreaFigures, error) {
	if code == "-" {
		code = ""
	}
	for _, a := range b.Areas {
		if a.Area.Code == code {
			return a, nil
		}
	}
	return progress.AreaFigures{}, kpi.Missing("area_not_found", code)
}
