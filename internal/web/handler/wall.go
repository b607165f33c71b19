package handler

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/lang"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getWall shows a display's board. Anyone with the link can see it, so it has no names of people and no
// links.
func (s Pages) getWall(c *fiber.Ctx, v *middleware.Visit) error {
	c.Set("X-Robots-Tag", "noindex")
	d, err := s.App.Display(c.UserContext(), c.Params("token"), s.Address(c))
	if err != nil {
		return err
	}
	if tag, ok := lang.ParseTag(d.Language); ok {
		v.Printer = lang.For(tag)
	}
	board, err := s.App.Wall(c.UserContext(), d)
	if err != nil {
		return err
	}
	office, err := s.App.Office(c.UserContext())
	if err != nil {
		return err
	}
	pc := page.Context{Printer: v.Printer, Frame: app.Frame{Office: office}, Year: board.Year, Unit: board.Unit,
		AsOf: board.AsOf, Today: s.App.Today()}
	return s.Render(c, fiber.StatusOK, "wall", page.NewWall(pc, board, c.Path()+"/events", s.App.Now().Format("15:04"),
		c.QueryInt("seconds", page.SlideSeconds)))
}

// getWallEvents streams changes to a display.
func (s Pages) getWallEvents(c *fiber.Ctx, _ *middleware.Visit) error {
	d, err := s.App.Display(c.UserContext(), c.Params("token"), s.Address(c))
	if err != nil {
		return err
	}
	return s.SendEvents(c, "display "+strconv.FormatInt(int64(d.ID), 10))
}

// getEvents tells an open page of a year whenever the records have changed, and nothing more: the page
// reloads what it may see.
func (s Pages) getEvents(c *fiber.Ctx, v *middleware.Visit) error {
	if _, err := middleware.YearParam(c); err != nil {
		return err
	}
	return s.SendEvents(c, "account "+strconv.FormatInt(int64(v.Actor.ID), 10))
}
