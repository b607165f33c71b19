package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
)

// getLog offers the indicators to log and shows the year's latest entries.
func (s *Server) getLog(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	board, err := s.App.Board(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	latest, _, err := s.App.Log(c.UserContext(), v.actor, app.LogQuery{Year: q.Year, Unit: q.Unit})
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, board.Year, board.Unit, board.AsOf)
	if err != nil {
		return err
	}
	mayLog := board.Year.CheckOpen() == nil && pc.mayLogSomewhere()
	return s.render(c, fiber.StatusOK, "update_log", newLogPage(pc, board, latest, mayLog))
}
