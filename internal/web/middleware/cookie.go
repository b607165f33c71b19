package middleware

import (
	"github.com/gofiber/fiber/v2"
)

// CookieName returns the session cookie's name. It has the __Host- prefix on encrypted connections only:
// browsers refuse it on others.
func (s *Server) CookieName(c *fiber.Ctx) string {
	if s.Encrypted(c) {
		return "__Host-dabiao"
	}
	return "dabiao"
}

// Encrypted reports whether the browser's connection is encrypted, to this server or to a trusted proxy
// that says so.
func (s *Server) Encrypted(c *fiber.Ctx) bool {
	return s.TLS || len(s.Proxies) > 0 && c.Protocol() == "https"
}

func (s *Server) SetSession(c *fiber.Ctx, secret string, maxAge int) {
	c.Cookie(&fiber.Cookie{Name: s.CookieName(c), Value: secret, Path: "/", MaxAge: maxAge,
		Secure: s.Encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}
