package handler

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// onward is where somebody goes after signing in as far as entered says: to an address of this server, or first to what
// is still to be done.
func onward(entered app.Entered, to string) string {
	if entered.Need == kpi.NeedNothing {
		return to
	}
	return page.StepPath + "?next=" + url.QueryEscape(to)
}

// stepInput is what the page of a step is made from: where to go on, a form that waits, the second factor that was
// offered before, and what was wrong.
type stepInput struct {
	next, secret string
	kept         []page.KeptField
	refusal      *kpi.Error
}

func (s Pages) getStep(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showStep(c, v, fiber.StatusOK, stepInput{next: c.Query("next")})
}

func (s Pages) showStep(c *fiber.Ctx, v *middleware.Visit, status int, in stepInput) error {
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	pc.Back = "/login"
	who := v.Beginner
	step := page.StepInput{Need: who.Need, Name: who.Account.FullName, Next: middleware.LocalPath(in.next), Kept: in.kept,
		Refusal: in.refusal, PasswordAt: who.Account.PasswordAt}
	if who.Need == kpi.NeedFactor {
		if step.Offer, err = s.App.OfferFactor(c.UserContext(), who.Account.Name, in.secret); err != nil {
			return err
		}
	}
	data, err := page.NewStep(pc, step)
	if err != nil {
		return err
	}
	return s.Render(c, status, "sign_in_step", data)
}

// goOnWith answers a sign-in that a form waits for and that needs something more: with the page of that, which carries
// the form on.
func (s Pages) goOnWith(c *fiber.Ctx, v *middleware.Visit, entered app.Entered, next string,
	kept []page.KeptField) error {
	at, err := s.App.Stamp(c.UserContext())
	if err != nil {
		return err
	}
	session, err := s.App.Session(c.UserContext(), at, entered.Secret)
	if err != nil {
		return err
	}
	return s.showStep(c, v.Begun(session), fiber.StatusOK, stepInput{next: next, kept: kept})
}

// postStep takes the next step of a sign-in, or gives it up.
func (s Pages) postStep(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	cookie := c.Cookies(s.CookieName(c))
	if f.Has("leave") {
		if err := s.App.SignOut(c.UserContext(), cookie); err != nil {
			return err
		}
		s.SetSession(c, "", -1)
		return c.Redirect("/login", fiber.StatusSeeOther)
	}
	var entered app.Entered
	var codes []string
	switch v.Beginner.Need {
	case kpi.NeedCode:
		entered, err = s.App.EnterCode(c.UserContext(), cookie, f.Get("code"), s.browser(c))
	case kpi.NeedFactor:
		entered, codes, err = s.App.EnterFactor(c.UserContext(), cookie, f.Get("secret"), f.Get("code"), s.browser(c))
	default:
		entered, err = s.App.EnterPassword(c.UserContext(), cookie, f.Get("password"), s.browser(c))
	}
	in := stepInput{next: f.Get("next"), secret: f.Get("secret"), kept: middleware.Kept(f.Values)}
	if errors.As(err, &in.refusal) && in.refusal.Text.Key != "sign_in_first" {
		status := middleware.StatusOf(in.refusal)
		if status == fiber.StatusForbidden {
			status = fiber.StatusUnprocessableEntity
		}
		return s.showStep(c, v, status, in)
	}
	if err != nil {
		return err
	}
	s.enter(c, entered)
	to := middleware.LocalPath(in.next)
	switch {
	case len(codes) > 0:
		return s.showCodes(c, v, codes, onward(entered, to), in.kept)
	case len(in.kept) > 0 && entered.Need == kpi.NeedNothing:
		return s.Resume(c, entered.Secret, to, in.kept)
	case len(in.kept) > 0:
		return s.goOnWith(c, v, entered, to, in.kept)
	}
	return c.Redirect(onward(entered, to), fiber.StatusSeeOther)
}

// showCodes shows recovery codes, this once, and the way on, with the form that waits.
func (s Pages) showCodes(c *fiber.Ctx, v *middleware.Visit, codes []string, to string, kept []page.KeptField) error {
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "recovery_codes", page.NewRecoveryCodes(pc, codes, to, middleware.Unkept(kept)))
}

// getFactor shows people their second factor, or offers one.
func (s Pages) getFactor(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showFactor(c, v, fiber.StatusOK, page.FactorInput{}, "")
}

func (s Pages) showFactor(c *fiber.Ctx, v *middleware.Visit, status int, in page.FactorInput,
	secret string) (err error) {
	if in.Factor, err = s.App.SecondFactor(c.UserContext(), v.Actor); err != nil {
		return err
	}
	if !in.Factor.On {
		if in.Offer, err = s.App.OfferFactor(c.UserContext(), v.Actor.Name, secret); err != nil {
			return err
		}
	}
	pc, _, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	data, err := page.NewFactor(pc, in)
	if err != nil {
		return err
	}
	return s.Render(c, status, "second_factor", data)
}

// postFactor sets the visitor's second factor up, takes it away, or makes new recovery codes.
func (s Pages) postFactor(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	var codes []string
	act := f.Get("act")
	switch act {
	case "drop":
		err = s.App.DropSecondFactor(c.UserContext(), v.Actor, f.Get("old"), s.browser(c))
	case "codes":
		codes, err = s.App.NewRecoveryCodes(c.UserContext(), v.Actor, f.Get("old"), s.browser(c))
	default:
		codes, err = s.App.SetSecondFactor(c.UserContext(), v.Actor, f.Get("old"), f.Get("secret"), f.Get("code"),
			s.browser(c), c.Cookies(s.CookieName(c)))
	}
	if err == nil && len(codes) > 0 {
		return s.showCodes(c, v, codes, "/account", nil)
	}
	return middleware.Posted(c, err, doneAbove("/account", "factor_dropped"),
		func(status int, refusal *kpi.Error) error {
			return s.showFactor(c, v, status, page.FactorInput{Act: act, Refusal: refusal}, f.Get("secret"))
		})
}

func (s Pages) postFactorReset(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "factor_reset", func(a kpi.Account, _ url.Values) error {
		return s.App.ResetSecondFactor(c.UserContext(), v.Actor, a.Name)
	})
}

func (s Pages) getSignInRules(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showSignInRules(c, v, fiber.StatusOK, nil, nil)
}

func (s Pages) showSignInRules(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values,
	refusal *kpi.Error) error {
	if err := v.Actor.MayAdminister(); err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "sign_in")
	return s.Render(c, status, "sign_in_rules", page.NewSignInRules(pc, typed, refusal))
}

// postSignInRules sets what is asked of whoever signs in.
func (s Pages) postSignInRules(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	rules, err := page.ReadSignInRules(f.Values)
	if err == nil {
		_, err = s.App.SetSignInRules(c.UserContext(), v.Actor, rules)
	}
	return middleware.Posted(c, err, doneAt("/sign-in", "saved"), func(status int, refusal *kpi.Error) error {
		return s.showSignInRules(c, v, status, f.Values, refusal)
	})
}
