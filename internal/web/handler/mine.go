package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getMine shows what the visitor has to log.
func (s Pages) getMine(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	m, err := s.App.Mine(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, m.Year, m.Unit, m.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "mine")
	data := page.NewMine(pc, m)
	if m.MayOwn && len(m.Choices) == 0 && m.Year.CheckOpen() == nil {
		admins, err := s.App.Admins(c.UserContext())
		if err != nil {
			return err
		}
		data.Missing = page.NewMissing(pc, admins)
	}
	return s.Render(c, fiber.StatusOK, "mine", data)
}

// postMine sets which indicators are the visitor's.
func (s Pages) postMine(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	if err := s.App.SetOwned(c.UserContext(), v.Actor, year, f["own"]); err != nil {
		return err
	}
	return c.Redirect(doneAt(page.MinePath(year), "saved"), fiber.StatusSeeOther)
}
