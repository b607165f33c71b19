package web

import (
	"github.com/gofiber/fiber/v2"
)

// formRoutes are the pages about the year's papers beside the report itself.
func (s *Server) formRoutes(r fiber.Router) {
	r.Get("/years/:year/report/forms", s.member(s.getForms))
	r.Get("/years/:year/report/monitoring", s.member(s.getOutlooks))
	r.Post("/years/:year/report/monitoring", s.member(s.postOutlook))
	r.Get("/years/:year/report/template", s.member(s.getTemplates))
	r.Post("/years/:year/report/template", s.member(s.postTemplate))
	r.Post("/years/:year/report/template/removal", s.member(s.postTemplateRemoval))
	r.Get("/years/:year/report/template/sample.docx", s.member(s.getSampleTemplate))
	r.Get("/years/:year/report/template/original.docx", s.member(s.getTemplateFile))
	r.Get("/years/:year/report/template/filled.docx", s.member(s.getFilledTemplate))
	r.Get("/years/:year/report/rekey", s.member(s.getRekey))
	r.Post("/years/:year/report/rekey", s.member(s.postRekey))
}

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
