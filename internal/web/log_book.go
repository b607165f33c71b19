package web

import (
	"bufio"
	"io"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// getLogBook streams a year's log as a file, in the visitor's language or the one ?lang= names.
func (s *Server) getLogBook(c *fiber.Ctx, v *visit) error {
	format := c.Params("format")
	writer, ok := report.LogWriters[format]
	if !ok {
		return kpi.Missing("log_format_unknown", format)
	}
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	book, err := s.App.LogBook(c.UserContext(), v.actor, app.LogQuery{Year: year, Unit: c.Query("unit"),
		Indicator: c.Query("indicator"), State: kpi.State(c.Query("state")), Mine: c.Query("mine") == "1"})
	if err != nil {
		return err
	}
	book.Language = v.printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		book.Language = lang.For(tag)
	}
	unit := book.Language.Name(book.Unit.Name, book.Unit.NameEn)
	name := book.Language.T("log_book.file_name", unit, int(book.Year.Year)) + "." + format
	return s.stream(c, name, writer.MediaType, func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 64<<10)
		if err := writer.To(b, book); err != nil {
			return err
		}
		return b.Flush()
	})
}
