package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getCheck(c *fiber.Ctx, v *middleware.Visit) error {
	in, err := s.CheckInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "check_show", page.NewFindings(pc, in))
}
