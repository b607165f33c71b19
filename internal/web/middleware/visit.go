package middleware

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Handler answers one request.
type Handler func(c *fiber.Ctx, v *Visit) error

// Visit is who is asking, and how they want to be answered.
type Visit struct {
	Printer lang.Printer
	theme   string
	Actor   kpi.Actor
	Name    string // the person's full name
	csrf    string // "" for tokens, which no browser sends by itself
	Session bool
	begun   *app.Session // the session of a sign-in that needs something more
	refused error        // why the credential that was sent is not valid
	At      app.Stamp    // the records' state when the request came; zero without a credential
	state   *app.State   // of the records, once asked for
	key     string       // the form key's mark on a shared page (see Share); "" otherwise

	Beginner app.Session // who has begun to sign in, on the pages for that
}

type visitKey struct{}

func VisitOf(c *fiber.Ctx) *Visit {
	if v, ok := c.Locals(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{Printer: lang.For(lang.Match(c.Get(fiber.HeaderAcceptLanguage)))}
}

// Meet identifies the visitor by session cookie or bearer token and holds the body to their limits.
func (s *Server) Meet(c *fiber.Ctx) error {
	v := &Visit{Printer: lang.For(s.language(c)), theme: s.theme(c)}
	c.Locals(visitKey{}, v)
	secret, isToken := bearer(c)
	cookie := c.Cookies(s.CookieName(c))
	if asksNobody(c.Path()) {
		isToken, cookie = false, ""
	}
	if isToken || cookie != "" {
		var err error
		if v.At, err = s.App.Stamp(c.UserContext()); err != nil {
			return err
		}
	}
	switch {
	case isToken:
		actor, err := s.App.TokenActor(c.UserContext(), v.At, secret, s.Address(c))
		if err := v.refuse(err); err != nil {
			return err
		}
		v.Actor, v.Name = actor, actor.Name
	case cookie != "":
		session, err := s.App.Session(c.UserContext(), v.At, cookie)
		if err := v.refuse(err); err != nil {
			return err
		}
		switch {
		case v.refused != nil:
		case session.Need != kpi.NeedNothing:
			v.begun = &session
		default:
			v.Actor, v.Name, v.csrf, v.Session = session.Account.Actor(), session.Account.FullName, session.CSRF, true
		}
	}
	if !v.known() && s.Crowded() { // strangers do not stay
		c.Context().SetConnectionClose()
	}
	if err := s.admitBody(c, v); err != nil {
		return err
	}
	return c.Next()
}

// asksNobody matches the addresses whose answer is the same for all: what watches the server, and what pages look like.
// They are answered whatever the database does.
func asksNobody(path string) bool {
	switch path {
	case "/healthz", "/readyz", "/metrics", "/favicon.ico":
		return true
	}
	return strings.HasPrefix(path, "/assets/")
}

// bearer returns the bearer token of a request.
func bearer(c *fiber.Ctx) (secret string, ok bool) {
	scheme, secret, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	return secret, strings.EqualFold(scheme, "Bearer")
}

// known reports whether someone has signed in.
func (v *Visit) known() bool { return v.Actor.Role.Known() && v.refused == nil }

// refuse keeps a refusal for handlers that need a sign-in and returns faults.
func (v *Visit) refuse(err error) error {
	var e *kpi.Error
	if errors.As(err, &e) {
		v.refused = e
		return nil
	}
	return err
}

// Open lets anyone in.
func (s *Server) Open(h Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := checkPageQuery(c); err != nil {
			return err
		}
		return h(c, VisitOf(c))
	}
}

// Member lets in anyone who has signed in. A browser is sent to the sign-in page and back afterwards.
// Refusals: Forbidden sign_in_first, and token_reads or token_logs for a token that may not change anything, or not
// this.
func (s *Server) Member(h Handler) fiber.Handler { return s.member(h, false) }

// Logger is Member for what logs entries, which a token may be limited to.
func (s *Server) Logger(h Handler) fiber.Handler { return s.member(h, true) }

func (s *Server) member(h Handler, logs bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v := VisitOf(c)
		switch {
		case v.known():
			c.SetUserContext(app.InTurnOf(c.UserContext(), v.Actor))
			if !reads(c) {
				if err := v.Actor.MayChange(logs); err != nil {
					return err
				}
				record(c)
			}
			if err := checkPageQuery(c); err != nil {
				return err
			}
			return h(c, v)
		case v.begun != nil:
			return sendOn(c)
		case IsAPI(c) && v.refused != nil:
			return v.refused
		case IsAPI(c) || !reads(c):
			return kpi.Denied("sign_in_first")
		}
		return c.Redirect("/login?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
	}
}

// reads reports whether a request is a GET or HEAD.
func reads(c *fiber.Ctx) bool { return c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead }

func IsAPI(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), "/api/") }
