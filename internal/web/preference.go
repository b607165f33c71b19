package web

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
)

const (
	langCookie  = "lang"
	themeCookie = "theme"
	cookieLife  = 365 * 24 * time.Hour
)

// language is what the person chose, else what their browser asks for.
func (s *Server) language(c *fiber.Ctx) lang.Tag {
	if tag, ok := lang.ParseTag(c.Cookies(langCookie)); ok && !isAPI(c) {
		return tag
	}
	return lang.Match(c.Get(fiber.HeaderAcceptLanguage))
}

// themes are the looks a person may choose; "auto" is what the system says.
var themes = []string{"auto", "light", "dark", "contrast"}

// theme is "light", "dark", "contrast", or "" for what the system says.
func theme(c *fiber.Ctx) string {
	if t := c.Cookies(themeCookie); t != "auto" && slices.Contains(themes, t) {
		return t
	}
	return ""
}

// postPreferences keeps language and theme in cookies and goes back to where the person was.
func (s *Server) postPreferences(c *fiber.Ctx, _ *visit) error {
	form, err := s.values(c)
	if err != nil {
		return err
	}
	if tag, ok := lang.ParseTag(form.Get("lang")); ok {
		s.setPreference(c, langCookie, string(tag))
	}
	if t := form.Get("theme"); slices.Contains(themes, t) {
		s.setPreference(c, themeCookie, t)
	}
	return c.Redirect(localPath(form.Get("back")), fiber.StatusSeeOther)
}

func (s *Server) setPreference(c *fiber.Ctx, name, value string) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(cookieLife.Seconds()),
		Secure: s.encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// localPath keeps redirects on this server: a path of ours, or the front page.
func localPath(p string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsFunc(p, notInPath) {
		return "/"
	}
	return p
}

// notInPath are characters browsers drop or turn into a slash, and those no header may hold.
func notInPath(r rune) bool { return r == '\\' || unicode.IsControl(r) }
