package middleware

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
)

// CookieName returns the session cookie's name: the office's own, where several are below one host. It has the __Host-
// prefix on encrypted connections only: browsers refuse it on others.
func (s *Server) CookieName(c *fiber.Ctx) string { return s.cookieName(c, "") }

// cookieName returns the name of the session's cookie or of one beside it. The path ends it, so that no path makes one
// office's name another's.
func (s *Server) cookieName(c *fiber.Ctx, beside string) string {
	name := "dabiao" + beside + strings.ReplaceAll(string(s.Base), "/", ".")
	if s.Encrypted(c) {
		return "__Host-" + name
	}
	return name
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

// passName returns the name of the cookie by which a browser is known at its next sign-in.
func (s *Server) passName(c *fiber.Ctx) string { return s.cookieName(c, "-device") }

// Pass returns what a browser was given when somebody signed in before; "": nothing.
func (s *Server) Pass(c *fiber.Ctx) string { return c.Cookies(s.passName(c)) }

// SetPass has a browser keep a pass for its next sign-in; it stays when a session ends.
func (s *Server) SetPass(c *fiber.Ctx, pass string) {
	c.Cookie(&fiber.Cookie{Name: s.passName(c), Value: pass, Path: "/", MaxAge: int(app.PassLife.Seconds()),
		Secure: s.Encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// ticketLife is how long somebody may be at the identity provider, in seconds.
const ticketLife = 600

func (s *Server) ticketName(c *fiber.Ctx) string { return s.cookieName(c, "-sso") }

// SetTicket has a browser keep what must come back from the identity provider, and where to go on; "" forgets it.
func (s *Server) SetTicket(c *fiber.Ctx, ticket, next string) {
	kept, age := ticket+" "+url.QueryEscape(next), ticketLife
	if ticket == "" {
		kept, age = "", -1
	}
	c.Cookie(&fiber.Cookie{Name: s.ticketName(c), Value: url.QueryEscape(kept), Path: "/", MaxAge: age,
		Secure: s.Encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// Ticket returns what a browser kept.
func (s *Server) Ticket(c *fiber.Ctx) (ticket, next string) {
	kept, err := url.QueryUnescape(c.Cookies(s.ticketName(c)))
	if err != nil {
		return "", ""
	}
	ticket, escaped, _ := strings.Cut(kept, " ")
	if next, err = url.QueryUnescape(escaped); err != nil {
		next = ""
	}
	return ticket, next
}

// keptName returns the name of the cookie by which a browser gets a form back that waits.
func (s *Server) keptName(c *fiber.Ctx) string { return s.cookieName(c, "-kept") }

// setKept has a browser keep what brings its form back; "" forgets it.
func (s *Server) setKept(c *fiber.Ctx, secret string) {
	age := ticketLife
	if secret == "" {
		age = -1
	}
	c.Cookie(&fiber.Cookie{Name: s.keptName(c), Value: secret, Path: "/", MaxAge: age,
		Secure: s.Encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}
