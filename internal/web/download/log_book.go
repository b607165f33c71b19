package download

import (
	"bufio"
	"fmt"
	"io"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/logbook"
	"dabiao/internal/web/middleware"
)

// LogBook returns the log that a request asks for, in the language of ?lang= or else the visitor's.
func (s Files) LogBook(c *fiber.Ctx, v *middleware.Visit, format string) (book logbook.Book, err error) {
	if _, ok := logbook.Writers[format]; !ok {
		return book, kpi.Missing("log_format_unknown", format)
	}
	year, err := middleware.YearParam(c)
	if err != nil {
		return book, err
	}
	book, err = s.App.LogBook(c.UserContext(), v.Actor, app.LogQuery{Year: year, Unit: c.Query("unit"),
		Indicator: c.Query("indicator"), State: kpi.State(c.Query("state")), Mine: c.Query("mine") == "1"})
	book.Language = v.Printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		book.Language = lang.For(tag)
	}
	return book, err
}

// GetLogBook streams a year's log as a file. ?watch= is the name under which its progress can
// be followed.
func (s Files) GetLogBook(c *fiber.Ctx, v *middleware.Visit) error {
	format := c.Params("format")
	book, err := s.LogBook(c, v, format)
	if err != nil {
		return err
	}
	if err := s.Given(c, v, "log.download", fmt.Sprintf("year %d", book.Year.Year),
		map[string]any{"format": format, "unit": book.Unit.Code, "indicator": c.Query("indicator")}); err != nil {
		return err
	}
	w := s.Writing.Begin(v, c.Query("watch"))
	book.Each = w.Counting(book)
	unit := book.Language.Name(book.Unit.Name, book.Unit.NameEn)
	name := book.Language.T("log_book.file_name", unit, int(book.Year.Year)) + "." + format
	writer := logbook.Writers[format]
	return s.Stream(c, name, writer.MediaType, func(to io.Writer) error {
		b := bufio.NewWriterSize(to, 64<<10)
		err := writer.To(b, book)
		if err == nil {
			err = b.Flush()
		}
		w.End(err)
		return err
	})
}
