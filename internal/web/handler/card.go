package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getCard shows the board as a picture to save or send.
func (s Pages) getCard(c *fiber.Ctx, v *middleware.Visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "card", page.NewCardPage(pc, board))
}

func (s Pages) getCardPicture(c *fiber.Ctx, v *middleware.Visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	return c.Send(page.NewCard(pc, board).SVG())
}
