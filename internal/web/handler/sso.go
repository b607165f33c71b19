package handler

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/sso"
	"dabiao/internal/web/middleware"
)

// getSSO sends a browser to the identity provider.
func (s Pages) getSSO(c *fiber.Ctx, v *middleware.Visit) error {
	if s.SSO == nil {
		return middleware.ErrNoPage
	}
	to, kept, err := s.SSO.Begin(c.UserContext())
	if err != nil {
		return s.refuseSSO(c, v, err)
	}
	s.SetTicket(c, kept.String(), middleware.LocalPath(c.Query("next")))
	return c.Redirect(to, fiber.StatusSeeOther)
}

// getSSOBack lets in who comes back from there.
func (s Pages) getSSOBack(c *fiber.Ctx, v *middleware.Visit) error {
	if s.SSO == nil {
		return middleware.ErrNoPage
	}
	kept, next := s.Ticket(c)
	s.SetTicket(c, "", "")
	who, err := s.SSO.End(c.UserContext(), sso.ReadTicket(kept), c.Query("state"), c.Query("code"))
	if err != nil {
		return s.refuseSSO(c, v, err)
	}
	entered, err := s.App.SignInFederated(c.UserContext(), app.Federated{Name: who.Name, FullName: who.FullName,
		Role: who.Role, Unit: who.Unit, Create: s.SSO.Create}, s.browser(c))
	if err != nil {
		return s.refuseSSO(c, v, err)
	}
	if v.Session {
		if err := s.App.SignOut(c.UserContext(), c.Cookies(s.CookieName(c))); err != nil {
			return err
		}
	}
	s.enter(c, entered)
	return c.Redirect(middleware.LocalPath(next), fiber.StatusSeeOther)
}

// refuseSSO shows the sign-in page with what was wrong.
func (s Pages) refuseSSO(c *fiber.Ctx, v *middleware.Visit, err error) error {
	var refusal *kpi.Error
	if !errors.As(err, &refusal) {
		return err
	}
	return s.showSignIn(c, v, fiber.StatusUnprocessableEntity, signInInput{next: "/", refusal: refusal})
}
