package handler

import (
	"maps"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getReport shows the report, or the table named by ?form=, as the files have it.
func (s Pages) getReport(c *fiber.Ctx, v *middleware.Visit) error {
	in, err := s.Files.ReportInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, in.Board)
	if err != nil {
		return err
	}
	d, err := report.BuildPaper(in, report.Paper(c.Query("form")))
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "report_show", page.NewReport(pc, d))
}

// getReportPages shows the whole report as its printed pages. With ?place= it holds the draft that the actor is
// writing there, and shows that place.
func (s Pages) getReportPages(c *fiber.Ctx, v *middleware.Visit) error {
	in, err := s.Files.ReportInput(c, v)
	if err != nil {
		return err
	}
	place := report.SectionKey(c.Query("place"))
	if place != "" {
		q, err := s.Query(c)
		if err != nil {
			return err
		}
		w, err := s.App.Writing(c.UserContext(), v.Actor, q, place, string(v.Printer.Tag()))
		if err != nil {
			return err
		}
		if w.Draft != nil {
			in.Texts = maps.Clone(in.Texts)
			in.Texts[place] = w.Draft.Body
			if kept, err := in.Kept(w.Draft.Body); err == nil { // else it is shown as it was typed so far
				in.Texts[place] = kept
			}
		}
	}
	pc, err := s.boardPage(c, v, in.Board)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "report_pages", page.NewReportPages(pc, report.Build(in), place))
}

// getPapers lists a year's papers and the formats they come in.
func (s Pages) getPapers(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.ReportPapers)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "paper_list", page.NewPapers(pc))
}
