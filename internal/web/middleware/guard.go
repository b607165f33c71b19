package middleware

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/spent"
)

// contentSecurityPolicy lets a page load what this server serves, and nothing else and nothing inline.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

// Guard runs before everything else. It sets security headers, a time limit and the request ID under
// which faults are logged, turns panics into faults, and refuses unknown hosts, encoded bodies and
// cross-site requests.
func (s *Server) Guard(c *fiber.Ctx) (err error) {
	start := time.Now()
	id := requestID()
	c.Locals(RequestKey{}, id)
	timeout := HandlerTimeout
	if isMultipart(c) {
		timeout += uploadTimeout
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	ctx, times := spent.In(ctx)
	c.SetUserContext(ctx)
	s.setHeaders(c)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
		if err != nil {
			err = s.answerError(c, err)
		}
		s.metrics.observe(c, time.Since(start))
		s.logRequest(c, id, time.Since(start))
		s.logSlow(c, id, time.Since(start), times)
	}()
	switch {
	case !s.knownHost(c.Hostname()):
		return errHost
	case c.Get(fiber.HeaderContentEncoding) != "":
		return ErrContentType
	case !sameOrigin(c):
		return kpi.Denied("request_foreign")
	}
	return c.Next()
}

// logRequest says who asked for what from where, and what was refused, by its key: never what was typed.
func (s *Server) logRequest(c *fiber.Ctx, id string, took time.Duration) {
	said := []any{"id", id, "method", c.Method(), "path", loggedPath(c.Path()), "status", c.Response().StatusCode(),
		"ms", took.Milliseconds(), "from", s.Address(c)}
	if account := VisitOf(c).Actor.Name; account != "" {
		said = append(said, "account", account)
	}
	if key, ok := c.Locals(refusedKey{}).(string); ok {
		said = append(said, "refused", key)
	}
	s.Log.Info("request", said...)
}

// refusedKey is where a request keeps the key of what it was refused for.
type refusedKey struct{}

// NoteRefusal has the log say what a request was refused for.
func NoteRefusal(c *fiber.Ctx, refusal kpi.Text) { c.Locals(refusedKey{}, refusal.Key) }

// loggedPath hides the secret in the address of a display or a one-time link from the log.
func loggedPath(path string) string {
	for _, secret := range []string{"/wall/", "/invite/"} {
		if strings.HasPrefix(path, secret) {
			return secret + "…"
		}
	}
	return path
}

// admitBody checks the announced length before any of the body is read: formLimit, or maxUpload
// for files from someone signed in, who also gets the time a slow connection needs.
func (s *Server) admitBody(c *fiber.Ctx, v *Visit) error {
	limit, _ := s.formLimit(c, v)
	if s.drains(c) {
		limit = maxDrained
	}
	if v.known() && isMultipart(c) {
		limit = maxUpload
		if err := c.Context().SetReadDeadline(time.Now().Add(uploadTimeout)); err != nil {
			return fmt.Errorf("give an upload time: %w", err)
		}
	}
	if c.Request().Header.ContentLength() > limit {
		c.Context().SetConnectionClose()
		return ErrTooLarge
	}
	return nil
}

// takesTable matches the addresses where a whole table of indicators is sent in one request.
var takesTable = regexp.MustCompile(`^(/api/v1/years/[^/]+/(indicators|adoptions)|` +
	`/years/[^/]+/(plan/table(/rows)?|adopt(/[^/]+)?))$`)

// formLimit returns how many bytes a body without files may have, and how many fields a form: more where someone who
// signed in, now or before, sends a table.
func (s *Server) formLimit(c *fiber.Ctx, v *Visit) (size, fields int) {
	if (v.known() || s.knownBefore(c)) && takesTable.MatchString(c.Path()) {
		return MaxTable, maxTableFields
	}
	return MaxForm, maxPlain
}

func isMultipart(c *fiber.Ctx) bool {
	return strings.HasPrefix(strings.ToLower(c.Get(fiber.HeaderContentType)), fiber.MIMEMultipartForm)
}

type RequestKey struct{}

func requestID() string {
	raw := make([]byte, 6)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// headers are sent with every answer. Names are in canonical form.
var headers = [][2][]byte{
	{[]byte("Content-Security-Policy"), []byte(contentSecurityPolicy)},
	{[]byte("X-Content-Type-Options"), []byte("nosniff")},
	{[]byte("Referrer-Policy"), []byte("same-origin")},
	{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
	{[]byte("Cross-Origin-Resource-Policy"), []byte("same-origin")},
	{[]byte("X-Frame-Options"), []byte("DENY")},
	{[]byte("Cache-Control"), []byte("no-store")},
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	for _, h := range headers {
		c.Response().Header.SetCanonical(h[0], h[1])
	}
	if s.Encrypted(c) {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// knownHost refuses names an attacker could point at this machine (DNS rebinding): only addresses,
// names without a dot, .local and .localhost, and names the operator listed are answered.
func (s *Server) knownHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	switch {
	case host == "":
		return false
	case net.ParseIP(host) != nil, !strings.Contains(host, "."):
		return true
	case strings.HasSuffix(host, ".local"), strings.HasSuffix(host, ".localhost"):
		return true
	}
	return slices.Contains(s.Hosts, host)
}

// PublicAddress returns where everybody opens this server, as far as that is known: the scheme and host of a request
// under a name that the operator listed; "" otherwise. What a request claims is not enough for paper.
func (s *Server) PublicAddress(c *fiber.Ctx) string {
	host, _, err := net.SplitHostPort(c.Hostname())
	if err != nil {
		host = c.Hostname()
	}
	if !slices.Contains(s.Hosts, strings.ToLower(host)) {
		return ""
	}
	return strings.ToLower(s.Here(c))
}

// sameOrigin refuses a browser's unsafe request that another site caused, by the rules of Go's
// http.CrossOriginProtection: Sec-Fetch-Site where it is sent, else Origin against Host. Programs
// send neither and are let through; they bring a token.
func sameOrigin(c *fiber.Ctx) bool {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return true
	}
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
	default:
		return false
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == c.Hostname()
}
