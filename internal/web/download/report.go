package download

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// ReportInput loads a year's report, in the language of ?lang= or else the visitor's.
func (s Files) ReportInput(c *fiber.Ctx, v *middleware.Visit) (report.Input, error) {
	q, err := s.Query(c)
	if err != nil {
		return report.Input{}, err
	}
	language := v.Printer.Tag()
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		language = tag
	}
	in, err := s.App.Report(c.UserContext(), v.Actor, q, string(language))
	in.Language = lang.For(language)
	return in, err
}

// GetReportFile sends one of a year's papers: the table named by ?form=, or else the whole report.
func (s Files) GetReportFile(c *fiber.Ctx, v *middleware.Visit) error {
	format, which := c.Params("format"), report.Paper(c.Query("form"))
	writer, err := report.WriterOf(format, which)
	if err != nil {
		return err
	}
	in, err := s.ReportInput(c, v)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writer.To(&file, in, which); err != nil {
		return fmt.Errorf("write the report as %s: %w", format, err)
	}
	if err := s.Given(c, v, "report.download", fmt.Sprintf("year %d", in.Board.Year.Year), map[string]any{"form": which,
		"format": format, "unit": in.Board.Unit.Code, "as_of": in.Board.AsOf.Period.String()}); err != nil {
		return err
	}
	return middleware.Attach(c, fileName(in, which)+"."+format, writer.MediaType, &file, file.Len())
}

// fileName returns a paper's file name: the year, the title and, for a table, the month.
func fileName(in report.Input, f report.Paper) string {
	p, year := in.Language, int(in.Board.Year.Year)
	if f == report.WholeReport {
		return p.T("report.file_name", year)
	}
	return p.T("report.file_name.paper", year, p.T(f.TitleKey()), p.AsOf(in.Board.AsOf))
}
