package web

import (
	"github.com/gofiber/fiber/v2"
)

// getForms lists a year's papers and the files they can be had as.
func (s *Server) getForms(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	view, err := s.App.ReportPapers(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "forms", newFormsPage(pc))
}
