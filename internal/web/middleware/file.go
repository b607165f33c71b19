package middleware

import (
	"io"
	"mime"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
)

// Stream sends a file while it is written. An error after the first byte breaks the connection off, so
// that nobody takes a part for the whole.
func (s *Server) Stream(c *fiber.Ctx, name, mediaType string, write func(io.Writer) error) error {
	from, to := io.Pipe()
	id := c.Locals(RequestKey{})
	go func() {
		err := app.Aside(func() error { return write(to) })
		if err != nil {
			s.Log.Error("file broken off", "id", id, "file", name, "error", err.Error())
		}
		to.CloseWithError(err)
	}()
	return Attach(c, name, mediaType, from, -1)
}

// Attach sends content as a download and closes it. A size of -1 is unknown.
func Attach(c *fiber.Ctx, name, mediaType string, content io.Reader, size int) error {
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, Disposition(name))
	return c.SendStream(content, size)
}

// Disposition returns a Content-Disposition header that names a file for old and new browsers (RFC 6266).
func Disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/`, r) {
			return '_'
		}
		return r
	}, name)
	plain := mime.FormatMediaType("attachment", map[string]string{"filename": ascii})
	return plain + "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

const MIMEXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
