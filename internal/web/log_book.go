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

// logBook is the log a request asks for as a file, in the visitor's language or the one ?lang= names.
func (s *Server) logBook(c *fiber.Ctx, v *visit, format string) (book report.LogBook, err error) {
	if _, ok := report.LogWriters[format]; !ok {
		return book, kpi.Missing("log_format_unknown", format)
	}
	year, err := yearParam(c)
	if err != nil {
		return book, err
	}
	book, err = s.App.LogBook(c.UserContext(), v.actor, app.LogQuery{Year: year, Unit: c.Query("unit"),
		Indicator: c.Query("indicator"), State: kpi.State(c.Query("state")), Mine: c.Query("mine") == "1"})
	book.Language = v.printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		book.Language = lang.For(tag)
	}
	return book, err
}

// getBookPage says that a log is being written and has the browser ask for the file at once, with
// scripts or without.
func (s *Server) getBookPage(c *fiber.Ctx, v *visit) error {
	book, err := s.logBook(c, v, c.Query("format"))
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, book.Year, book.Unit, kpi.AsOf{})
	if err != nil {
		return err
	}
	page := newBookPage(pc, c.Query("format"), string(c.Request().URI().QueryString()), newKey())
	c.Set("Refresh", "1; url="+page.File)
	return s.render(c, fiber.StatusOK, "log_book", page)
}

// getLogBook streams a year's log as a file. ?watch= names the writing for getBookProgress.
func (s *Server) getLogBook(c *fiber.Ctx, v *visit) error {
	format := c.Params("format")
	book, err := s.logBook(c, v, format)
	if err != nil {
		return err
	}
	w := s.writing.begin(v, c.Query("watch"))
	book.Each = w.counting(book)
	unit := book.Language.Name(book.Unit.Name, book.Unit.NameEn)
	name := book.Language.T("log_book.file_name", unit, int(book.Year.Year)) + "." + format
	writer := report.LogWriters[format]
	return s.stream(c, name, writer.MediaType, func(to io.Writer) error {
		b := bufio.NewWriterSize(to, 64<<10)
		err := writer.To(b, book)
		if err == nil {
			err = b.Flush()
		}
		w.end(err)
		return err
	})
}

// getBookProgress tells line by line how far a file is that this account is being written.
func (s *Server) getBookProgress(c *fiber.Ctx, v *visit) error {
	from, to := io.Pipe()
	lines, conn, printer := s.writing.watch(v, c.Query("watch")), c.Context().Conn(), v.printer
	go func() {
		to.CloseWithError(lines.tell(&patientWriter{to, conn}, printer)) //nolint:errcheck // it never fails
	}()
	c.Set(fiber.HeaderContentType, mimeLines)
	c.Set("X-Accel-Buffering", "no")
	return c.SendStream(from)
}
