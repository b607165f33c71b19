package handler

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getBookPage says that a log is being written and makes the browser request the file at once, with
// scripts or without.
func (s Pages) getBookPage(c *fiber.Ctx, v *middleware.Visit) error {
	book, err := s.Files.LogBook(c, v, c.Query("format"))
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, book.Year, book.Unit, kpi.AsOf{})
	if err != nil {
		return err
	}
	data := page.NewBook(pc, c.Query("format"), string(c.Request().URI().QueryString()), middleware.NewKey())
	c.Set("Refresh", "1; url="+data.File)
	return s.Render(c, fiber.StatusOK, "log_book", data)
}

// getBookProgress streams the progress of a file that is being written for this account.
func (s Pages) getBookProgress(c *fiber.Ctx, v *middleware.Visit) error {
	from, to := io.Pipe()
	book, printer := s.Writing.Watch(v, c.Query("watch")), v.Printer
	go func() { to.CloseWithError(app.Aside(func() error { return book.Tell(to, printer) })) }()
	c.Set(fiber.HeaderContentType, MimeJSONLines)
	c.Set("X-Accel-Buffering", "no")
	return c.SendStream(from)
}
