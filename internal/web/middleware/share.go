package middleware

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// answerCacheSize bounds the shared answers held in memory, in bytes.
const answerCacheSize = 6 << 20

// marks are placeholders on a shared page for what differs from person to person. They are random per
// process and never sent, so that nobody can write one into a name or note.
var marks = struct{ name, login, csrf, key string }{newMark(), newMark(), newMark(), newMark()}

const (
	MarkHead = "mark-"
	markSize = len(MarkHead) + 32
)

func newMark() string { return (MarkHead + rand.Text() + rand.Text())[:markSize] }

// Share calls h once for all visitors who would be shown the same while nothing has changed, and fills
// in each person's name, CSRF token and form key as the answer is sent. The handler runs for an anonymous
// visitor, so that what is cached cannot hold a person (docs/adr/0021).
func (s *Server) Share(h Handler) Handler {
	return func(c *fiber.Ctx, v *Visit) error {
		if s.Dev {
			return h(c, v)
		}
		f := flight{shareKey(c, v, s.App.Today()) + s.state(v).Key(), v.At.Figures}
		answer, mine := s.answers.find(c.UserContext(), f)
		if mine {
			var err error
			answer, err = s.makeShared(c, v, h, f)
			if err != nil || answer == nil {
				return err
			}
		}
		if answer == nil { // another request's attempt failed; ours says why
			return h(c, v)
		}
		return s.sendShared(c, v, answer)
	}
}

// shareKey holds all that an answer depends on beside the records. Adding a field to kpi.Actor stops
// this from compiling, until it is decided whether the field belongs here.
func shareKey(c *fiber.Ctx, v *Visit, today kpi.Date) string {
	who := struct {
		ID   kpi.AccountID
		Name string
		Role kpi.Role
		Unit kpi.UnitID

		Scope kpi.TokenScope // limits what is changed, not what is read
	}(v.Actor)
	b := make([]byte, 0, 160)
	for _, part := range []string{c.OriginalURL(), string(v.Printer.Tag()), v.theme, string(who.Role), string(today),
		strconv.FormatBool(v.Session)} {
		b = append(append(b, part...), 0)
	}
	return string(strconv.AppendInt(b, int64(who.Unit), 10))
}

// makeShared calls the handler for an anonymous visitor and caches the answer. It returns nil when the
// status is not 200; the response is complete then.
func (s *Server) makeShared(c *fiber.Ctx, v *Visit, h Handler, f flight) (answer *sharedAnswer, err error) {
	defer func() { s.answers.put(f, answer) }() // also when it panics: others wait
	faceless := *v
	faceless.Actor.ID, faceless.Actor.Name = 0, marks.login
	if v.Name != "" {
		faceless.Name = marks.name
	}
	if v.csrf != "" {
		faceless.csrf = marks.csrf
	}
	faceless.key = marks.key
	c.Locals(visitKey{}, &faceless)
	defer c.Locals(visitKey{}, v)
	if err := h(c, &faceless); err != nil {
		return nil, err
	}
	resp := c.Response()
	made, err := newSharedAnswer(resp.Body(), string(resp.Header.ContentType()),
		string(resp.Header.Peek(fiber.HeaderContentLanguage)))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode() != fiber.StatusOK {
		resp.SetBodyRaw(made.filled(v.fill))
		return nil, nil
	}
	return made, nil
}

var errPerson = errors.New("an answer made for all names a person outside a page's text")

// nextMark finds the first mark in b; at is -1 if there is none.
func nextMark(b []byte) (at int, mark string) {
	for {
		i := bytes.Index(b[at:], []byte(MarkHead))
		if i < 0 || at+i+markSize > len(b) {
			return -1, ""
		}
		at += i
		switch mark = string(b[at : at+markSize]); mark {
		case marks.name, marks.login, marks.csrf, marks.key:
			return at, mark
		}
		at += len(MarkHead)
	}
}

// fill returns what v sees in place of a mark, escaped for text and quoted attributes.
func (v *Visit) fill(mark string) string {
	switch mark {
	case marks.name:
		return html.EscapeString(v.Name)
	case marks.login:
		return html.EscapeString(v.Actor.Name)
	case marks.csrf:
		return maskToken(v.csrf)
	}
	return NewKey()
}

// sendShared sends an answer to one person, or 304 if their browser has it already.
func (s *Server) sendShared(c *fiber.Ctx, v *Visit, a *sharedAnswer) error {
	h := &c.Response().Header
	h.SetContentType(a.contentType)
	h.Set(fiber.HeaderContentLanguage, a.language)
	h.Set(fiber.HeaderVary, "Accept-Language, Cookie, Authorization, Accept-Encoding")
	if a.etag != nil {
		h.Set(fiber.HeaderCacheControl, "private, no-cache")
		etag := v.etag(a)
		h.Set(fiber.HeaderETag, etag)
		if EtagMatches(c.Get(fiber.HeaderIfNoneMatch), etag) {
			c.Status(fiber.StatusNotModified).Response().ResetBody()
			return nil
		}
	}
	resp := c.Status(fiber.StatusOK).Response()
	resp.ResetBody() // the handler has written to it if the answer was just made
	switch takes := TakesGzip(c); {
	case !takes:
		resp.SetBodyRaw(a.filled(v.fill))
	case a.packed != nil:
		h.Set(fiber.HeaderContentEncoding, "gzip")
		resp.SetBodyRaw(a.packed)
	default:
		h.Set(fiber.HeaderContentEncoding, "gzip")
		return pack(resp.BodyWriter(), a.filled(v.fill))
	}
	return nil
}

// etag identifies an answer as this person sees it. It is weak because the compressed answer has the same.
func (v *Visit) etag(a *sharedAnswer) string {
	sum := sha256.Sum256(append(append(bytes.Clone(a.etag), v.csrf+"\x00"+v.Name+"\x00"...), v.Actor.Name...))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
}

func EtagMatches(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(candidate), "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}
