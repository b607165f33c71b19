package handler

import (
	"cmp"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// sessionLife is how long browsers keep the cookie. The server ends sessions by its own rules.
const sessionLife = 7 * 24 * time.Hour

// sessionPath says who is signed in. A page asks for it before it sends a form, and follows it to the
// sign-in page where nobody is.
const sessionPath = "/session"

// sessionJSON is who is signed in, with what a page that somebody else filled in says about that; # stands
// for that person's name.
type sessionJSON struct {
	Who   string `json:"who"`
	CSRF  string `json:"csrf"`
	Again string `json:"again"`
	Other string `json:"other"`
	Own   string `json:"own"`
	Carry string `json:"carry"`
	Leave string `json:"leave"`
}

func (s Pages) getSession(c *fiber.Ctx, v *middleware.Visit) error {
	if !v.Session {
		return kpi.Denied("sign_in_first")
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	p, name := v.Printer, cmp.Or(pc.ActorName, v.Actor.Name)
	return s.JSON(c, fiber.StatusOK, sessionJSON{Who: v.Actor.Name, CSRF: pc.CSRF, Again: p.T("sign_in.again"),
		Other: p.T("sign_in.other", name), Own: p.T("sign_in.own"), Carry: p.T("sign_in.carry", name),
		Leave: p.T("sign_in.leave")})
}

func (s Pages) getSignIn(c *fiber.Ctx, v *middleware.Visit) error {
	if v.Session {
		return c.Redirect(middleware.LocalPath(c.Query("next")), fiber.StatusSeeOther)
	}
	isNew, err := s.App.IsNew(c.UserContext())
	if err != nil {
		return err
	}
	if isNew {
		return s.showUnset(c, v, fiber.StatusOK, false)
	}
	return s.showSignIn(c, v, fiber.StatusOK, signInInput{next: c.Query("next")})
}

// signInInput is what the sign-in page is made from: what was typed, where to go on, and a form that waits.
type signInInput struct {
	name, next string
	refusal    *kpi.Error
	kept       []page.KeptField
	away       bool // the browser is being sent to the identity provider, and what was typed waits
}

func (s Pages) showSignIn(c *fiber.Ctx, v *middleware.Visit, status int, in signInInput) error {
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	pc.Back = "/login"
	data := page.NewSignIn(pc, in.name, middleware.LocalPath(in.next), in.refusal)
	data.Keep(pc, in.kept, false)
	if s.SSO != nil {
		data.Other(s.SSO.Label, in.next)
	}
	if in.away {
		data.Waits = v.Printer.T("sign_in.away")
	}
	if in.next == sessionPath {
		data.Waits = v.Printer.T("sign_in.in_place")
	}
	return s.Render(c, status, "sign_in", data)
}

func (s Pages) postSignIn(c *fiber.Ctx, v *middleware.Visit) error {
	form, err := s.Values(c)
	if err != nil {
		return err
	}
	entered, err := s.App.SignIn(c.UserContext(), form.Get("name"), form.Get("password"), s.browser(c))
	var refusal *kpi.Error
	if errors.As(err, &refusal) {
		middleware.NoteRefusal(c, refusal.Text)
		status := middleware.StatusOf(refusal)
		if refusal.StopsAll() { // nobody has sent anything that is not saved
			refusal = kpi.Clash("sign_in_stopped", kpi.T("stops."+refusal.Text.Key))
		}
		if status == fiber.StatusForbidden {
			status = fiber.StatusUnprocessableEntity
		}
		return s.showSignIn(c, v, status, signInInput{name: form.Get("name"), next: form.Get("next"), refusal: refusal,
			kept: middleware.Kept(form)})
	}
	if err != nil {
		return err
	}
	if v.Session { // session fixation: a cookie planted by someone else must not stay valid
		if err := s.App.SignOut(c.UserContext(), c.Cookies(s.CookieName(c))); err != nil {
			return err
		}
	}
	s.enter(c, entered)
	to := middleware.LocalPath(form.Get("next"))
	kept := middleware.Kept(form)
	switch {
	case len(kept) > 0 && entered.Need == kpi.NeedNothing:
		return s.Resume(c, entered.Secret, to, kept)
	case len(kept) > 0:
		return s.goOnWith(c, v, entered, to, kept)
	}
	return c.Redirect(onward(entered, to), fiber.StatusSeeOther)
}

// enter has a browser keep what it got by signing in.
func (s Pages) enter(c *fiber.Ctx, entered app.Entered) {
	s.SetSession(c, entered.Secret, int(sessionLife.Seconds()))
	if entered.Pass != "" {
		s.SetPass(c, entered.Pass)
	}
}

func (s Pages) postSignOut(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := s.App.SignOut(c.UserContext(), c.Cookies(s.CookieName(c))); err != nil {
		return err
	}
	s.SetSession(c, "", -1)
	return c.Redirect("/login", fiber.StatusSeeOther)
}

// browser returns what a visitor signs in with.
func (s Pages) browser(c *fiber.Ctx) app.Browser {
	return app.Browser{Address: s.Address(c), Agent: c.Get(fiber.HeaderUserAgent), Pass: s.Pass(c)}
}

// getInvitation shows whoever holds a one-time link the form for a password.
func (s Pages) getInvitation(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showInvitation(c, v, fiber.StatusOK, nil)
}

func (s Pages) showInvitation(c *fiber.Ctx, v *middleware.Visit, status int, refusal *kpi.Error) error {
	invited, err := s.App.Invitation(c.UserContext(), c.Params("secret"))
	if err != nil {
		return err
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	pc.Back = c.Path()
	return s.Render(c, status, "invitation", page.NewInvitation(pc, invited, c.Params("secret"), refusal))
}

// postInvitationAccepted sets the password and signs its owner in, in place of whoever was.
func (s Pages) postInvitationAccepted(c *fiber.Ctx, v *middleware.Visit) error {
	form, err := s.Values(c)
	if err != nil {
		return err
	}
	account, err := s.App.AcceptInvitation(c.UserContext(), c.Params("secret"), form.Get("password"))
	to := "/login"
	if err == nil {
		if v.Session {
			if err := s.App.SignOut(c.UserContext(), c.Cookies(s.CookieName(c))); err != nil {
				return err
			}
		}
		if entered, err := s.App.SignIn(c.UserContext(), account.Name, form.Get("password"), s.browser(c)); err == nil {
			s.enter(c, entered)
			to = onward(entered, "/")
		}
	}
	return middleware.Posted(c, err, to, func(status int, refusal *kpi.Error) error {
		return s.showInvitation(c, v, status, refusal)
	})
}
