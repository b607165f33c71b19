package web

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
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

func (s *Server) getReport(c *fiber.Ctx, v *visit) error {
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "report_show", newReportPage(pc, report.Build(in)))
}

func (s *Server) getReportFile(c *fiber.Ctx, v *visit) error {
	format := c.Params("format")
	writer, ok := report.Writers[format]
	if !ok {
		return kpi.Missing("format_unknown", format)
	}
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writer.To(&file, in); err != nil {
		return fmt.Errorf("write the report as %s: %w", format, err)
	}
	name := in.Language.T("report.file_name", int(in.Board.Year.Year)) + "." + format
	return attach(c, name, writer.MediaType, &file, file.Len())
}
