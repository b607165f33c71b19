package web

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// reportInput gathers a year's report in the visitor's language, or the one ?lang= names.
func (s *Server) reportInput(c *fiber.Ctx, v *visit) (report.Input, error) {
	q, err := s.query(c)
	if err != nil {
		return report.Input{}, err
	}
	language := v.printer.Tag()
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		language = tag
	}
	in, err := s.App.Report(c.UserContext(), v.actor, q, string(language))
	in.Language = lang.For(language)
	return in, err
}

// getReport shows the report, or the table that ?form= names, as the files hold it.
func (s *Server) getReport(c *fiber.Ctx, v *visit) error {
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	d, err := report.BuildForm(in, report.Form(c.Query("form")))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "report_show", newReportPage(pc, d))
}

// getReportFile sends one of a year's papers: ?form= names a table, without it the whole report.
func (s *Server) getReportFile(c *fiber.Ctx, v *visit) error {
	format, form := c.Params("format"), report.Form(c.Query("form"))
	writer, err := report.WriterOf(format, form)
	if err != nil {
		return err
	}
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writer.To(&file, in, form); err != nil {
		return fmt.Errorf("write the report as %s: %w", format, err)
	}
	return attach(c, fileName(in, form)+"."+format, writer.MediaType, &file, file.Len())
}

// fileName names a paper: the year, what it is and, for a table, up to when it counts.
func fileName(in report.Input, f report.Form) string {
	p, year := in.Language, int(in.Board.Year.Year)
	if f == report.WholeReport {
		return p.T("report.file_name", year)
	}
	return p.T("report.file_name.form", year, p.T(f.TitleKey()), p.AsOf(in.Board.AsOf))
}
