package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/report/check"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// checkPage returns the context of a page about a year's check.
func (s Pages) checkPage(c *fiber.Ctx, v *middleware.Visit) (pc page.Context, in check.Input, err error) {
	if in, err = s.CheckInput(c, v); err != nil {
		return pc, in, err
	}
	pc, err = s.boardPage(c, v, in.Board)
	return pc, in, err
}

func (s Pages) getCheck(c *fiber.Ctx, v *middleware.Visit) error {
	pc, in, err := s.checkPage(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "check_show", page.NewFindings(pc, in))
}
