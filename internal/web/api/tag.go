package api

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// mark names what an answer holds.
func mark(c *fiber.Ctx) string {
	sum := sha256.Sum256(c.Response().Body())
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

// tag names a JSON answer by what it holds, where the call has not named it, and leaves out what the program
// that asks holds already.
func tag(c *fiber.Ctx) {
	resp := c.Response()
	if method := c.Method(); method != fiber.MethodGet && method != fiber.MethodHead ||
		resp.StatusCode() != fiber.StatusOK ||
		resp.IsBodyStream() || !strings.HasPrefix(string(resp.Header.ContentType()), fiber.MIMEApplicationJSON) {
		return
	}
	etag := c.GetRespHeader(fiber.HeaderETag)
	if etag == "" {
		etag = strconv.Quote(mark(c))
		c.Set(fiber.HeaderETag, etag)
	}
	if held := c.Get(fiber.HeaderIfNoneMatch); held != "" && middleware.EtagMatches(held, etag) {
		c.Status(fiber.StatusNotModified).Response().ResetBody()
	}
}

// checkMatch refuses a condition on a call that does not look at it: it would change what the condition protects.
func checkMatch(c *fiber.Ctx) error {
	switch method := c.Method(); {
	case c.Get(fiber.HeaderIfMatch) == "", method == fiber.MethodGet, method == fiber.MethodHead,
		matching[method+" "+c.Route().Path]:
		return nil
	}
	return kpi.Refuse(kpi.Invalid, "if_match_unused")
}

// matched returns what If-Match names, without its quotes; "" for nothing, and for whatever there is (*).
func matched(c *fiber.Ctx) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimSpace(c.Get(fiber.HeaderIfMatch)), "W/"), `"*`)
}
