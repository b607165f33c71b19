package handler

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/sso"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getSSO sends a browser to the identity provider.
func (s Pages) getSSO(c *fiber.Ctx, v *middleware.Visit) error {
	if s.SSO == nil {
		return middleware.ErrNoPage
	}
	to, kept, err := s.SSO.Begin(c.UserContext())
	if err != nil {
		return s.refuseSSO(c, v, err, c.Query("next"), nil)
	}
	s.SetTicket(c, kept.String(), middleware.LocalPath(c.Query("next")))
	return c.Redirect(to, fiber.StatusSeeOther)
}

// postSSO keeps the form that waits on the sign-in page and sends the browser on. It answers with a page, because a
// browser may not follow a form to another site.
func (s Pages) postSSO(c *fiber.Ctx, v *middleware.Visit) error {
	if s.SSO == nil {
		return middleware.ErrNoPage
	}
	form, err := s.Values(c)
	if err != nil {
		return err
	}
	if err := s.KeepAway(c, form); err != nil {
		return err
	}
	next := middleware.LocalPath(form.Get("next"))
	c.Set("Refresh", "0; url="+page.SSOPath(next))
	return s.showSignIn(c, v, fiber.StatusOK, signInInput{next: next, away: true})
}

// getSSOBack lets in who comes back from there.
func (s Pages) getSSOBack(c *fiber.Ctx, v *middleware.Visit) error {
	if s.SSO == nil {
		return middleware.ErrNoPage
	}
	kept, next := s.Ticket(c)
	s.SetTicket(c, "", "")
	waiting, err := s.TakeBack(c)
	if err != nil {
		return err
	}
	refuse := func(err error) error { return s.refuseSSO(c, v, err, next, waiting) }
	who, err := s.SSO.End(c.UserContext(), sso.ReadTicket(kept), c.Query("state"), c.Query("code"))
	if err != nil {
		return refuse(err)
	}
	entered, err := s.App.SignInFederated(c.UserContext(), app.Federated{Issuer: who.Issuer, Subject: who.Subject,
		Name: who.Name, FullName: who.FullName, Role: who.Role, Unit: who.Unit, Create: s.SSO.Create}, s.browser(c))
	if err != nil {
		return refuse(err)
	}
	if v.Session {
		if err := s.App.SignOut(c.UserContext(), c.Cookies(s.CookieName(c))); err != nil {
			return err
		}
	}
	s.enter(c, entered)
	to := middleware.LocalPath(next)
	if len(waiting) > 0 {
		return s.Resume(c, entered.Secret, to, waiting)
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// refuseSSO shows the sign-in page with what was wrong, where to go on, and the form that waits.
func (s Pages) refuseSSO(c *fiber.Ctx, v *middleware.Visit, err error, next string, waiting []page.KeptField) error {
	var refusal *kpi.Error
	if !errors.As(err, &refusal) {
		return err
	}
	middleware.NoteRefusal(c, refusal.Text)
	return s.showSignIn(c, v, fiber.StatusUnprocessableEntity, signInInput{next: next, refusal: refusal, kept: waiting})
}

// postUnlink takes an account's link to the identity provider away.
func (s Pages) postUnlink(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "unlinked", func(a kpi.Account, _ url.Values) error {
		return s.App.Unlink(c.UserContext(), v.Actor, a.Name)
	})
}
