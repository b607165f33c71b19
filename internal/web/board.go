package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// getHome goes to the current year's board.
func (s *Server) getHome(c *fiber.Ctx, _ *visit) error {
	year, err := s.App.CurrentYear(c.UserContext())
	if err != nil {
		return err
	}
	return c.Redirect(boardPath(year.Year), fiber.StatusSeeOther)
}

// boardOf is the board that a page is about.
func (s *Server) boardOf(c *fiber.Ctx, v *visit) (pc pageContext, b progress.Board, err error) {
	q, err := s.query(c)
	if err != nil {
		return pc, b, err
	}
	q.Detail = true
	if b, err = s.App.Board(c.UserContext(), v.actor, q); err != nil {
		return pc, b, err
	}
	pc, err = s.yearPage(c, v, b.Year, b.Unit, b.AsOf)
	return pc, b, err
}

func (s *Server) getBoard(c *fiber.Ctx, v *visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	data := newBoardPage(pc, board, boardInput{MayLog: board.Year.CheckOpen() == nil && pc.mayLogSomewhere(),
		Open: c.Query("open") != "", Light: kpi.Light(c.Query("light"))})
	if data.Checked, err = s.checkedText(c, v); err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "board", data)
}

// checkedText says when everything was last compared with the log, and what came of it.
func (s *Server) checkedText(c *fiber.Ctx, v *visit) (string, error) {
	last, err := s.App.LastSelfCheck(c.UserContext())
	if err != nil || last.At == 0 {
		return "", err
	}
	return v.printer.T("board.checked", last.Differences, v.printer.Time(last.At, s.App.Zone())), nil
}
