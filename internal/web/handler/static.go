package handler

import (
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/assets"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// getAsset serves a file under its hashed name, to be cached forever.
func (s Pages) getAsset(c *fiber.Ctx, _ *middleware.Visit) error {
	file, ok := assets.File(c.Params("name"))
	if !ok {
		return middleware.ErrNoPage
	}
	c.Set(fiber.HeaderContentType, file.ContentType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Vary(fiber.HeaderAcceptEncoding)
	if middleware.TakesGzip(c) {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(file.Gzipped())
	}
	return c.Send(file.Plain())
}

// NothingHere refuses an address without a handler (404), or without one for this method (405).
func (s Pages) NothingHere(c *fiber.Ctx, _ *middleware.Visit) error {
	var allowed []string
	for _, r := range s.HTTP().GetRoutes(true) {
		if !slices.Contains(allowed, r.Method) && fiber.RoutePatternMatch(c.Path(), r.Path, s.HTTP().Config()) {
			allowed = append(allowed, r.Method)
		}
	}
	if len(allowed) == 0 {
		return middleware.ErrNoPage
	}
	c.Set(fiber.HeaderAllow, strings.Join(allowed, ", "))
	return middleware.ErrNoMethod
}

func (s Pages) getFavicon(c *fiber.Ctx, _ *middleware.Visit) error {
	return c.Redirect(assets.URL("favicon.svg"), fiber.StatusSeeOther)
}

// getHealth reports that the process is alive.
func (s Pages) getHealth(c *fiber.Ctx, _ *middleware.Visit) error { return c.SendString("ok\n") }

// getReady reports whether the server can write, and goes on to.
func (s Pages) getReady(c *fiber.Ctx, _ *middleware.Visit) error {
	if s.Stopping() {
		return c.Status(fiber.StatusServiceUnavailable).SendString("stopping\n")
	}
	if err := s.App.Writable(c.UserContext()); err != nil {
		s.Log.Error("not ready", "error", err.Error())
		return c.Status(fiber.StatusServiceUnavailable).SendString("cannot write: " + reasonOf(err) + "\n")
	}
	offices := ""
	if s.BesideSay != nil {
		offices = s.BesideSay()
	}
	if away := s.App.EvidenceAway(); away != nil { // all servers of an office see the same: it is no reason to ask another
		return c.SendString("ok, but no evidence: " + away.Key + "\n" + offices)
	}
	return c.SendString("ok\n" + offices)
}

// reasonOf returns the key of a refusal; what else went wrong is for the log.
func reasonOf(err error) string {
	if refusal := (*kpi.Error)(nil); errors.As(err, &refusal) {
		return refusal.Text.Key
	}
	return "no answer"
}
