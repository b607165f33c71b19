package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// sessionLife is how long a browser keeps the cookie; the server ends sessions by its own rules.
const sessionLife = 7 * 24 * time.Hour

// cookieName has the __Host- prefix where the connection is encrypted; without, browsers would
// refuse it.
func (s *Server) cookieName(c *fiber.Ctx) string {
	if s.encrypted(c) {
		return "__Host-dabiao"
	}
	return "dabiao"
}

// encrypted reports whether the browser's connection is: to this server, or to a trusted proxy that
// says so.
func (s *Server) encrypted(c *fiber.Ctx) bool {
	return s.TLS || len(s.Proxies) > 0 && c.Protocol() == "https"
}

func (s *Server) getSignIn(c *fiber.Ctx, v *visit) error {
	if v.session {
		return c.Redirect(localPath(c.Query("next")), fiber.StatusSeeOther)
	}
	isNew, err := s.App.IsNew(c.UserContext())
	if err != nil {
		return err
	}
	if isNew {
		return kpi.Denied("setup_link_wrong")
	}
	return s.showSignIn(c, v, fiber.StatusOK, "", c.Query("next"), nil)
}

func (s *Server) showSignIn(c *fiber.Ctx, v *visit, status int, name, next string, refusal *kpi.Error) error {
	pc, err := s.page(c, v)
	if err != nil {
		return err
	}
	pc.Back = "/login"
	return s.render(c, status, "sign_in", newSignInPage(pc, name, localPath(next), refusal))
}

func (s *Server) postSignIn(c *fiber.Ctx, v *visit) error {
	form, err := s.values(c)
	if err != nil {
		return err
	}
	secret, err := s.App.SignIn(c.UserContext(), form.Get("name"), form.Get("password"), s.address(c))
	var refusal *kpi.Error
	if errors.As(err, &refusal) {
		status := statusOf(refusal)
		if status == fiber.StatusForbidden {
			status = fiber.StatusUnprocessableEntity
		}
		return s.showSignIn(c, v, status, form.Get("name"), form.Get("next"), refusal)
	}
	if err != nil {
		return err
	}
	if v.session { // whoever planted it must not come along
		if err := s.App.SignOut(c.UserContext(), c.Cookies(s.cookieName(c))); err != nil {
			return err
		}
	}
	s.setSession(c, secret, int(sessionLife.Seconds()))
	return c.Redirect(localPath(form.Get("next")), fiber.StatusSeeOther)
}

func (s *Server) setSession(c *fiber.Ctx, secret string, maxAge int) {
	c.Cookie(&fiber.Cookie{Name: s.cookieName(c), Value: secret, Path: "/", MaxAge: maxAge,
		Secure: s.encrypted(c), HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

func (s *Server) postSignOut(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	if err := s.App.SignOut(c.UserContext(), c.Cookies(s.cookieName(c))); err != nil {
		return err
	}
	s.setSession(c, "", -1)
	return c.Redirect("/login", fiber.StatusSeeOther)
}
