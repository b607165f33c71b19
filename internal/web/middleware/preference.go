package middleware

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
	"dabiao/internal/web/page"
)

const (
	LangCookie  = "lang"
	ThemeCookie = "theme"
	cookieLife  = 365 * 24 * time.Hour
)

// preferenceName is a preference's cookie: as for the session, no other program of a neighbouring name sets it.
func (s *Server) preferenceName(c *fiber.Ctx, name string) string {
	if s.Encrypted(c) {
		return "__Host-" + name
	}
	return name
}

// language returns what the person chose or else what their browser asks for.
func (s *Server) language(c *fiber.Ctx) lang.Tag {
	if tag, ok := lang.ParseTag(c.Cookies(s.preferenceName(c, LangCookie))); ok && !IsAPI(c) {
		return tag
	}
	return lang.Match(c.Get(fiber.HeaderAcceptLanguage))
}

// theme returns "light", "dark", "contrast", or "" to follow the system.
func (s *Server) theme(c *fiber.Ctx) string {
	if t := c.Cookies(s.preferenceName(c, ThemeCookie)); t != "auto" && slices.Contains(page.Themes, t) {
		return t
	}
	return ""
}

func (s *Server) SetPreference(c *fiber.Ctx, name, value string) {
	c.Cookie(&fiber.Cookie{Name: s.preferenceName(c, name), Value: value, Path: "/", MaxAge: int(cookieLife.Seconds()),
		Secure: s.Encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// LocalPath returns p if it is a path on this server, else "/", so that a redirect cannot lead elsewhere.
func LocalPath(p string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsFunc(p, notInPath) {
		return "/"
	}
	return p
}

// notInPath reports characters that browsers drop or turn into a slash, or that no header may hold.
func notInPath(r rune) bool { return r == '\\' || unicode.IsControl(r) }
