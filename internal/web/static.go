package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/assets"
)

// getAsset serves a file under its hashed name, for ever.
func (s *Server) getAsset(c *fiber.Ctx, _ *visit) error {
	file, ok := assets.File(c.Params("name"))
	if !ok {
		return errNoPage
	}
	c.Set(fiber.HeaderContentType, file.ContentType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Vary(fiber.HeaderAcceptEncoding)
	if strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(file.Gzipped())
	}
	return c.Send(file.Plain())
}

// nothingHere refuses an address that nothing answers, or nothing under this method.
func (s *Server) nothingHere(c *fiber.Ctx, _ *visit) error {
	var allowed []string
	for _, r := range s.http.GetRoutes(true) {
		if !slices.Contains(allowed, r.Method) && fiber.RoutePatternMatch(c.Path(), r.Path, s.http.Config()) {
			allowed = append(allowed, r.Method)
		}
	}
	if len(allowed) == 0 {
		return errNoPage
	}
	c.Set(fiber.HeaderAllow, strings.Join(allowed, ", "))
	return errNoMethod
}

func (s *Server) getFavicon(c *fiber.Ctx, _ *visit) error {
	return c.Redirect(assets.URL("favicon.svg"), fiber.StatusSeeOther)
}

// getHealth says that the process lives.
func (s *Server) getHealth(c *fiber.Ctx, _ *visit) error { return c.SendString("ok\n") }

// getReady says whether updates can be kept.
func (s *Server) getReady(c *fiber.Ctx, _ *visit) error {
	if err := s.App.Writable(c.UserContext()); err != nil {
		s.Log.Error("not ready", "error", err.Error())
		return c.Status(fiber.StatusServiceUnavailable).SendString("cannot write\n")
	}
	return c.SendString("ok\n")
}
