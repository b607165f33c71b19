package web

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// visit is who is asking, and how they want to be answered.
type visit struct {
	printer lang.Printer
	theme   string
	actor   kpi.Actor
	name    string // the person's full name
	csrf    string // "" for tokens, which no browser sends by itself
	session bool
	refused error     // why a credential that was sent did not open the door
	at      app.Stamp // the records' state when the request came; zero without a credential
	key     string    // the form key of a page made for all (see share); "" otherwise
}

type visitKey struct{}

func visitOf(c *fiber.Ctx) *visit {
	if v, ok := c.Locals(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{printer: lang.For(lang.Match(c.Get(fiber.HeaderAcceptLanguage)))}
}

// meet finds out who is asking: the session of the cookie, or the account of the token.
func (s *Server) meet(c *fiber.Ctx) error {
	v := &visit{printer: lang.For(s.language(c)), theme: theme(c)}
	c.Locals(visitKey{}, v)
	secret, isToken := bearer(c)
	cookie := c.Cookies(s.cookieName(c))
	if isToken || cookie != "" {
		var err error
		if v.at, err = s.App.Stamp(c.UserContext()); err != nil {
			return err
		}
	}
	switch {
	case isToken:
		actor, err := s.App.TokenActor(c.UserContext(), v.at, secret)
		if err := v.refuse(err); err != nil {
			return err
		}
		v.actor, v.name = actor, actor.Name
	case cookie != "":
		session, err := s.App.Session(c.UserContext(), v.at, cookie)
		if err := v.refuse(err); err != nil {
			return err
		}
		if v.refused == nil {
			v.actor, v.name, v.csrf, v.session = session.Account.Actor(), session.Account.FullName, session.CSRF, true
		}
	}
	if err := s.admitBody(c, v); err != nil {
		return err
	}
	return c.Next()
}

// bearer is the token of a program.
func bearer(c *fiber.Ctx) (secret string, ok bool) {
	scheme, secret, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	return secret, strings.EqualFold(scheme, "Bearer")
}

// known reports whether someone has signed in.
func (v *visit) known() bool { return v.actor.Role.Known() && v.refused == nil }

// refuse keeps a refusal for the handlers that need a sign-in and gives back faults.
func (v *visit) refuse(err error) error {
	var e *kpi.Error
	if errors.As(err, &e) {
		v.refused = e
		return nil
	}
	return err
}

// open lets anyone in.
func (s *Server) open(h handler) fiber.Handler {
	return func(c *fiber.Ctx) error { return h(c, visitOf(c)) }
}

// member lets in who has signed in. A browser is sent to the sign-in page and back afterwards.
func (s *Server) member(h handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v := visitOf(c)
		switch {
		case v.known():
			if err := checkQuery(c); err != nil {
				return err
			}
			return h(c, v)
		case isAPI(c) && v.refused != nil:
			return v.refused
		case isAPI(c) || !reads(c):
			return kpi.Denied("sign_in_first")
		}
		return c.Redirect("/login?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
	}
}

// reads reports whether a request only asks for something.
func reads(c *fiber.Ctx) bool { return c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead }

func isAPI(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), "/api/") }

// page starts a page that is about no year.
func (s *Server) page(c *fiber.Ctx, v *visit) (pageContext, error) {
	return s.framed(c, v, 0, kpi.Unit{})
}

// framed starts a page with what stands around every one: the office, the years, the person, and, of
// a year and unit, what there is to do and where else to go.
func (s *Server) framed(c *fiber.Ctx, v *visit, y kpi.Year, u kpi.Unit) (pageContext, error) {
	pc := pageContext{Printer: v.printer, Theme: v.theme, Actor: v.actor, ActorName: v.name, CSRF: v.csrf,
		Today: s.App.Today(), Zone: s.App.Zone(), Back: c.OriginalURL(), Lasting: reads(c)}
	if !pc.Lasting {
		pc.Back = "/"
	}
	if s.Exposed {
		pc.Warning = v.printer.T("page.exposed")
	}
	frame, err := s.App.Frame(c.UserContext(), v.actor, y, u)
	pc.Frame = frame
	return pc, err
}

// nameAll has the page know the names of these people, whatever unit they are of.
func (s *Server) nameAll(c *fiber.Ctx, pc *pageContext, accounts []string) (err error) {
	pc.Names, err = s.App.Names(c.UserContext(), accounts)
	return err
}

// yearPage starts a page about a year and unit.
func (s *Server) yearPage(c *fiber.Ctx, v *visit, y kpi.YearInfo, u kpi.Unit, at kpi.AsOf) (pageContext, error) {
	pc, err := s.framed(c, v, y.Year, u)
	pc.Year, pc.Unit, pc.AsOf = y, u, at
	return pc, err
}

// saidSaved says so on the page that a form led to.
func (pc *pageContext) saidSaved(c *fiber.Ctx, key string) {
	if c.Query("saved") != "" {
		pc.Notice = pc.Printer.T(key)
	}
}

// query reads the year, unit and month a page or API call is about. A year that is no number does
// not exist.
func (s *Server) query(c *fiber.Ctx) (q app.Query, err error) {
	if q.Year, err = yearParam(c); err != nil {
		return q, err
	}
	q.Unit = c.Query("unit")
	if asOf := c.Query("as_of"); asOf != "" {
		p, err := kpi.ParsePeriod(asOf)
		var m kpi.Mistakes
		if !m.Check("as_of", err) {
			return q, m.Err()
		}
		q.AsOf = &p
	}
	return q, nil
}

func yearParam(c *fiber.Ctx) (kpi.Year, error) {
	n, err := c.ParamsInt("year")
	if err != nil {
		return 0, kpi.Missing("year_not_found", c.Params("year"))
	}
	return kpi.Year(n), nil
}

// monthParam is a month of the address's year, as 2026-03 or as its number (3, 03). Refusals:
// Invalid month_unreadable, as_of_other_year.
func monthParam(c *fiber.Ctx, y kpi.Year) (kpi.Period, error) {
	text := c.Params("month")
	if p, err := kpi.ParsePeriod(text); err == nil {
		if p.Year != y {
			return p, kpi.Refuse(kpi.Invalid, "as_of_other_year", text, int(y))
		}
		return p, nil
	}
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil || n < 1 || n > 12 || len(text) > 2 {
		return kpi.Period{}, kpi.Refuse(kpi.Invalid, "month_unreadable", text)
	}
	return kpi.Period{Year: y, Month: int(n)}, nil
}

func updateParam(c *fiber.Ctx) (kpi.UpdateID, error) {
	n, err := c.ParamsInt("id")
	if err != nil {
		return 0, kpi.Missing("update_not_found", c.Params("id"))
	}
	return kpi.UpdateID(n), nil
}
