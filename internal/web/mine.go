package web

import (
	"github.com/gofiber/fiber/v2"
)

// getMine shows what the person has to log.
func (s *Server) getMine(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	m, err := s.App.Mine(c.UserContext(), v.actor, year)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, m.Year, m.Unit, m.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "mine.saved")
	return s.render(c, fiber.StatusOK, "mine", newMinePage(pc, m))
}

// postMine says which indicators are the person's.
func (s *Server) postMine(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	if err := s.App.SetOwned(c.UserContext(), v.actor, year, f["own"]); err != nil {
		return err
	}
	return c.Redirect(minePath(year)+"?saved=1", fiber.StatusSeeOther)
}
