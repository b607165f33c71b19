package web

import "github.com/gofiber/fiber/v2"

// getCard shows the board as a picture to be kept or sent.
func (s *Server) getCard(c *fiber.Ctx, v *visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "card", newCardPage(pc, board))
}

func (s *Server) getCardPicture(c *fiber.Ctx, v *visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	return c.Send(newCard(pc, board).SVG())
}
