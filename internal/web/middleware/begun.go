package middleware

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

// Whoever has begun to sign in and must do something more is a stranger to every page but that one.

// Begun returns the visit of whoever has begun to sign in: a stranger with a session.
func (v *Visit) Begun(session app.Session) *Visit {
	out := *v
	out.Session, out.csrf, out.Beginner = true, session.CSRF, session
	return &out
}

// Beginning lets in whoever has begun to sign in. Others are sent where they are expected.
func (s *Server) Beginning(h Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v := VisitOf(c)
		switch {
		case v.begun != nil:
			if err := checkPageQuery(c); err != nil {
				return err
			}
			return h(c, v.Begun(*v.begun))
		case v.known():
			if !reads(c) {
				if err := v.Actor.MayChange(false); err != nil {
					return err
				}
			}
			return c.Redirect("/", fiber.StatusSeeOther)
		case reads(c):
			return c.Redirect("/login?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
		}
		return kpi.Denied("sign_in_first")
	}
}

// sendOn sends whoever has begun to sign in to what is still to be done.
func sendOn(c *fiber.Ctx) error {
	if IsAPI(c) || !reads(c) {
		return kpi.Denied("sign_in_unfinished")
	}
	return c.Redirect(page.StepPath+"?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
}
