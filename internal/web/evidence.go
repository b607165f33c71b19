package web

import (
	"io"
	"mime"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// getEvidence sends a stored file to be saved, never to be run: as an attachment, unsniffed, in a
// sandbox.
func (s *Server) getEvidence(c *fiber.Ctx, v *visit) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return kpi.Missing("evidence_not_found", c.Params("id"))
	}
	e, content, err := s.App.Evidence(c.UserContext(), v.actor, kpi.EvidenceID(id))
	if err != nil {
		return err
	}
	return attach(c, e.Name, e.MediaType, content, int(e.Size))
}

// attach streams a file to be saved under its name. It closes content.
func attach(c *fiber.Ctx, name, mediaType string, content io.Reader, size int) error {
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, disposition(name))
	return c.SendStream(content, size)
}

// disposition names a file for old and new browsers (RFC 6266).
func disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/`, r) {
			return '_'
		}
		return r
	}, name)
	plain := mime.FormatMediaType("attachment", map[string]string{"filename": ascii})
	return plain + "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
