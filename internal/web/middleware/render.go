package middleware

import (
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/spent"
	"dabiao/internal/web/page"
	"dabiao/views"
)

func parseViews(dev bool, tag lang.Tag) (*views.Set, error) {
	if dev {
		return views.Watch(os.DirFS("views"), page.Funcs(lang.For(tag)))
	}
	return parsedViews[tag]()
}

// parsedViews are parsed once for all offices of the program.
var parsedViews = func() map[lang.Tag]func() (*views.Set, error) {
	out := map[lang.Tag]func() (*views.Set, error){}
	for _, tag := range lang.Tags {
		out[tag] = sync.OnceValues(func() (*views.Set, error) {
			return views.Parse(fs.FS(views.FS), page.Funcs(lang.For(tag)))
		})
	}
	return out
}()

// Render writes a page.
func (s *Server) Render(c *fiber.Ctx, status int, page string, data any) error {
	defer spent.Begin(c.UserContext(), spent.Rendering)()
	v := VisitOf(c)
	c.Status(status).Type("html", "utf-8")
	c.Set(fiber.HeaderContentLanguage, string(v.Printer.Tag()))
	c.Vary(fiber.HeaderAcceptLanguage, fiber.HeaderCookie)
	if err := s.pages[v.Printer.Tag()].Render(c, page, data); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	if body := c.Response().Body(); kpi.HasHidden(body) { // wherever it came from, nothing turns the page around
		c.Response().SetBodyString(kpi.ShowHidden(string(body)))
	}
	if s.Base != "" {
		c.Response().SetBodyRaw(s.Base.pageBelow(c.Response().Body()))
	}
	return nil
}
