package handler

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getHome goes to where the person's work is in the current year.
func (s Pages) getHome(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := s.App.CurrentYear(c.UserContext())
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, year, kpi.Unit{}, kpi.AsOf{})
	if err != nil {
		return err
	}
	return c.Redirect(page.Landing(pc), fiber.StatusSeeOther)
}

// boardPage starts a page about what a board shows.
func (s Pages) boardPage(c *fiber.Ctx, v *middleware.Visit, b progress.Board) (page.Context, error) {
	return s.YearPage(c, v, b.Year, b.Unit, b.AsOf)
}

// boardOf returns the board that a page is about.
func (s Pages) boardOf(c *fiber.Ctx, v *middleware.Visit) (pc page.Context, b progress.Board, err error) {
	q, err := s.Query(c)
	if err != nil {
		return pc, b, err
	}
	q.Detail = true
	if b, err = s.App.Board(c.UserContext(), v.Actor, q); err != nil {
		return pc, b, err
	}
	pc, err = s.boardPage(c, v, b)
	return pc, b, err
}

func (s Pages) getBoard(c *fiber.Ctx, v *middleware.Visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	start, err := s.App.Start(c.UserContext(), v.Actor, board)
	if err != nil {
		return err
	}
	below, err := s.handedUp(c, v, board)
	if err != nil {
		return err
	}
	data := page.NewBoard(pc, board, page.BoardInput{Start: start, Below: below,
		MayLog: pc.Fills() && pc.MayLogSomewhere(), Open: c.Query("open") != "", Light: kpi.Light(c.Query("light"))})
	if data.Checked, err = s.checked(c, v); err != nil {
		return err
	}
	data.Backed = page.NewBoardBackup(v.Printer, s.App.BackedUp(), s.App.Zone())
	return s.Render(c, fiber.StatusOK, "board", data)
}

// handedUp returns how many offices below have handed up the board's month, to those who may see what they handed up.
func (s Pages) handedUp(c *fiber.Ctx, v *middleware.Visit, b progress.Board) (app.HandedUp, error) {
	if b.Unit.Parent != 0 || v.Actor.MayReport() != nil {
		return app.HandedUp{}, nil
	}
	return s.App.HandedUp(c.UserContext(), v.Actor, app.Query{Year: b.Year.Year, AsOf: &b.AsOf.Period})
}

// getOverview shows all of a year's indicators as one picture.
func (s Pages) getOverview(c *fiber.Ctx, v *middleware.Visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "overview", page.NewOverview(pc, board))
}

// checked says when everything was last compared with the log, and what came of it; nil while it never was, or damage
// was found since.
func (s Pages) checked(c *fiber.Ctx, v *middleware.Visit) (*page.BoardCheck, error) {
	if s.App.Damaged() {
		return nil, nil //nolint:nilnil // nothing is said then
	}
	last, err := s.App.LastSelfCheck(c.UserContext())
	if err != nil || last.At == 0 {
		return nil, err
	}
	return page.NewBoardCheck(v.Printer, last.Differences, last.At, s.App.Zone()), nil
}

// getTrends shows the units, the points and the years of a board.
func (s Pages) getTrends(c *fiber.Ctx, v *middleware.Visit) error {
	t, err := middleware.Asked(s.Server, c, v, s.App.Trends)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, t.Board)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "trends", page.NewTrends(pc, t))
}

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

// getCardFile sends the same picture to be saved.
func (s Pages) getCardFile(c *fiber.Ctx, v *middleware.Visit) error {
	pc, board, err := s.boardOf(c, v)
	if err != nil {
		return err
	}
	if err := s.fileGiven(c, v, board.Year.Year, "card", map[string]any{"unit": board.Unit.Code}); err != nil {
		return err
	}
	svg := page.NewCard(pc, board).SVG()
	return middleware.Attach(c, page.CardName(pc, board)+".svg", "image/svg+xml", bytes.NewReader(svg), len(svg))
}
