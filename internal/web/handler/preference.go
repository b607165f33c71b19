package handler

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// postPreferences sets the language and theme cookies and redirects back to where the visitor was.
func (s Pages) postPreferences(c *fiber.Ctx, _ *middleware.Visit) error {
	form, err := s.Values(c)
	if err != nil {
		return err
	}
	if tag, ok := lang.ParseTag(form.Get("lang")); ok {
		s.SetPreference(c, middleware.LangCookie, string(tag))
	}
	if t := form.Get("theme"); slices.Contains(page.Themes, t) {
		s.SetPreference(c, middleware.ThemeCookie, t)
	}
	return c.Redirect(middleware.LocalPath(form.Get("back")), fiber.StatusSeeOther)
}
