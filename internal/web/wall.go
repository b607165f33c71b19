package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
)

// slideSeconds is how long a slide stays where the address says nothing else (?seconds=20).
const slideSeconds = 12

// getWall shows a display's board. It is for whoever has the link, so it holds no names of people and
// leads nowhere.
func (s *Server) getWall(c *fiber.Ctx, v *visit) error {
	c.Set("X-Robots-Tag", "noindex")
	d, err := s.App.Display(c.UserContext(), c.Params("token"), s.address(c))
	if err != nil {
		return err
	}
	board, err := s.App.Wall(c.UserContext(), d)
	if err != nil {
		return err
	}
	office, err := s.App.Office(c.UserContext())
	if err != nil {
		return err
	}
	pc := pageContext{Printer: v.printer, Frame: app.Frame{Office: office}, Year: board.Year, Unit: board.Unit, AsOf: board.AsOf, Today: s.App.Today()}
	return s.render(c, fiber.StatusOK, "wall", newWallPage(pc, board, c.Path()+"/events", s.App.Now().Format("15:04"), c.QueryInt("seconds", slideSeconds)))
}

// getWallEvents tells a display of changes.
func (s *Server) getWallEvents(c *fiber.Ctx, _ *visit) error {
	d, err := s.App.Display(c.UserContext(), c.Params("token"), s.address(c))
	if err != nil {
		return err
	}
	return s.sendEvents(c, "display "+strconv.FormatInt(int64(d.ID), 10))
}
