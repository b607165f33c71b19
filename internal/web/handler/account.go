package handler

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getAccounts(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showAccounts(c, v, fiber.StatusOK, nil, nil)
}

// showAccounts lists the accounts, with the form for a new one.
func (s Pages) showAccounts(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values, refusal *kpi.Error) error {
	accounts, err := s.App.Accounts(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	pc, units, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "account_list", page.NewAccounts(pc, accounts, units, typed, refusal))
}

// accountContext returns the context of a page about accounts, which belong to no year.
func (s Pages) accountContext(c *fiber.Ctx, v *middleware.Visit) (page.Context, []kpi.Unit, error) {
	pc, err := s.unitContext(c, v)
	if err != nil {
		return pc, nil, err
	}
	sayDone(c, &pc, "account")
	units, err := s.App.Units(c.UserContext(), v.Actor)
	return pc, units, err
}

func (s Pages) postAccount(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	n := app.NewAccount{Name: f.Get("name"), FullName: f.Get("full_name"), Role: kpi.Role(f.Get("role")),
		Unit: f.Get("unit"), Password: f.Get("password"), EndsOn: kpi.Date(f.Get("ends_on"))}
	if n.Password != "" {
		_, err = s.App.AddAccount(c.UserContext(), v.Actor, n)
	} else {
		var invited app.Invitation
		if invited, err = s.App.AddInvited(c.UserContext(), v.Actor, n); err == nil {
			return s.showInvited(c, v, invited)
		}
	}
	return middleware.Posted(c, err, doneAbove("/accounts", "added"), func(status int, refusal *kpi.Error) error {
		return s.showAccounts(c, v, status, f.Values, refusal)
	})
}

func (s Pages) getAccount(c *fiber.Ctx, v *middleware.Visit) error {
	account, err := s.accountParam(c, v)
	if err != nil {
		return err
	}
	return s.showAccount(c, v, fiber.StatusOK, page.AccountInput{Account: account})
}

// accountParam returns the account ID in the path.
func (s Pages) accountParam(c *fiber.Ctx, v *middleware.Visit) (kpi.Account, error) {
	accounts, err := s.App.Accounts(c.UserContext(), v.Actor)
	if err != nil {
		return kpi.Account{}, err
	}
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	for _, a := range accounts {
		if err == nil && a.ID == kpi.AccountID(id) {
			return a, nil
		}
	}
	return kpi.Account{}, kpi.Missing("account_not_found", c.Params("id"))
}

func (s Pages) showAccount(c *fiber.Ctx, v *middleware.Visit, status int, in page.AccountInput) (err error) {
	if in.Tokens, err = s.App.Tokens(c.UserContext(), v.Actor, in.Account.Name); err != nil {
		return err
	}
	cookie := c.Cookies(s.CookieName(c))
	if in.Sessions, err = s.App.SessionsOf(c.UserContext(), v.Actor, in.Account.Name, cookie); err != nil {
		return err
	}
	if in.InvitedUntil, err = s.App.InvitationEnds(c.UserContext(), v.Actor, in.Account.Name); err != nil {
		return err
	}
	if in.Factor, err = s.App.SecondFactorOf(c.UserContext(), v.Actor, in.Account.Name); err != nil {
		return err
	}
	linked, err := s.App.Linked(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	in.Linked = linked[in.Account.ID]
	pc, units, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	in.Units = units
	data, err := page.NewAccount(pc, in)
	if err != nil {
		return err
	}
	return s.Render(c, status, "account_show", data)
}

// accountForm reads a form without files, and the account of the address.
func (s Pages) accountForm(c *fiber.Ctx, v *middleware.Visit) (kpi.Account, url.Values, error) {
	f, err := s.Form(c, v)
	if err != nil {
		return kpi.Account{}, nil, err
	}
	defer f.Discard()
	account, err := s.accountParam(c, v)
	return account, f.Values, err
}

// changeAccount applies a form to an account and redirects to the account's page. A refused form is shown
// again, without its password.
func (s Pages) changeAccount(c *fiber.Ctx, v *middleware.Visit, word string,
	do func(kpi.Account, url.Values) error) error {
	account, f, err := s.accountForm(c, v)
	if err != nil {
		return err
	}
	err = do(account, f)
	return middleware.Posted(c, err, doneAbove(page.AccountPath(account.ID), word),
		func(status int, refusal *kpi.Error) error {
			return s.showAccount(c, v, status, page.AccountInput{Account: account, Form: word, Refusal: refusal})
		})
}

func (s Pages) postAccountPassword(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "password", func(a kpi.Account, f url.Values) error {
		return s.App.SetPassword(c.UserContext(), v.Actor, a.Name, f.Get("password"))
	})
}

// postInvitation makes an account's one-time link.
func (s Pages) postInvitation(c *fiber.Ctx, v *middleware.Visit) error {
	account, _, err := s.accountForm(c, v)
	if err != nil {
		return err
	}
	invited, err := s.App.Invite(c.UserContext(), v.Actor, account.Name)
	if err != nil {
		return err
	}
	return s.showInvited(c, v, invited)
}

// showInvited shows an account's page with the link, this once: it is in no address and cannot be shown again.
func (s Pages) showInvited(c *fiber.Ctx, v *middleware.Visit, invited app.Invitation) error {
	reach, from := s.reached(c), s.Here(c)
	if len(reach.Addresses) > 0 {
		from = reach.Addresses[0]
	}
	return s.showAccount(c, v, fiber.StatusOK, page.AccountInput{Account: invited.Account, Invitation: invited,
		Link: from + page.InvitationPath(invited.Secret), LinkAlone: len(reach.Addresses) == 0})
}

func (s Pages) postAccountDisable(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "disabled", func(a kpi.Account, _ url.Values) error {
		return s.App.DisableAccount(c.UserContext(), v.Actor, a.Name)
	})
}

func (s Pages) postAccountEnable(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "enabled", func(a kpi.Account, _ url.Values) error {
		return s.App.EnableAccount(c.UserContext(), v.Actor, a.Name)
	})
}

func (s Pages) postAccountEnd(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "end_set", func(a kpi.Account, f url.Values) error {
		return s.App.SetAccountEnd(c.UserContext(), v.Actor, a.Name, kpi.Date(f.Get("ends_on")))
	})
}

func (s Pages) postAccountSignOut(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "signed_out", func(a kpi.Account, _ url.Values) error {
		return s.App.EndSessionsOf(c.UserContext(), v.Actor, a.Name)
	})
}

func (s Pages) postTokenEnd(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeAccount(c, v, "token_ended", func(a kpi.Account, f url.Values) error {
		return s.App.EndToken(c.UserContext(), v.Actor, a.Name, f.Get("token"))
	})
}

// postToken creates an API token and shows it this once: it is in no address and cannot be shown again.
func (s Pages) postToken(c *fiber.Ctx, v *middleware.Visit) error {
	account, f, err := s.accountForm(c, v)
	if err != nil {
		return err
	}
	_, secret, err := s.App.AddToken(c.UserContext(), v.Actor, app.NewToken{Account: account.Name, Name: f.Get("name"),
		Scope: kpi.TokenScope(f.Get("scope")), EndsOn: kpi.Date(f.Get("ends_on")), Unit: f.Get("unit")})
	in := page.AccountInput{Account: account, Secret: secret}
	if refusal, status, refused := middleware.Refusal(err); refused {
		in.Form, in.Typed, in.Refusal = "token", f, refusal
		return s.showAccount(c, v, status, in)
	}
	if err != nil {
		return err
	}
	return s.showAccount(c, v, fiber.StatusOK, in)
}

// getOwnAccount shows the visitor's own account.
// getOwnData sends what is stored about whoever is signed in.
func (s Pages) getOwnData(c *fiber.Ctx, v *middleware.Visit) error {
	return s.Files.SendPersonalData(c, v, v.Actor.Name)
}

// getAccountData sends what is stored about an account.
func (s Pages) getAccountData(c *fiber.Ctx, v *middleware.Visit) error {
	account, err := s.accountParam(c, v)
	if err != nil {
		return err
	}
	return s.Files.SendPersonalData(c, v, account.Name)
}

func (s Pages) getOwnAccount(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showOwnAccount(c, v, fiber.StatusOK, nil)
}

func (s Pages) showOwnAccount(c *fiber.Ctx, v *middleware.Visit, status int, refusal *kpi.Error) error {
	pc, _, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	sessions, err := s.App.Sessions(c.UserContext(), v.Actor, c.Cookies(s.CookieName(c)))
	if err != nil {
		return err
	}
	factor, err := s.App.SecondFactor(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	return s.Render(c, status, "account_own", page.NewOwnAccount(pc, sessions, factor, refusal))
}

// postOwnSessionEnd signs the visitor out in one browser, or in all others.
func (s Pages) postOwnSessionEnd(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	if id := f.Get("session"); id != "" {
		err = s.App.EndSession(c.UserContext(), v.Actor, id)
	} else {
		err = s.App.EndOtherSessions(c.UserContext(), v.Actor, c.Cookies(s.CookieName(c)))
	}
	if err != nil {
		return err
	}
	return c.Redirect(doneAbove("/account", "session_ended"), fiber.StatusSeeOther)
}

// postOwnPassword changes the visitor's password. Only this browser stays signed in.
func (s Pages) postOwnPassword(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	entered, err := s.App.ChangePassword(c.UserContext(), v.Actor, f.Get("old"), f.Get("password"), s.browser(c))
	var e *kpi.Error
	if errors.As(err, &e) {
		return s.showOwnAccount(c, v, middleware.StatusOf(e), e)
	}
	if err != nil {
		return err
	}
	s.enter(c, entered)
	return c.Redirect(doneAbove("/account", "own_password"), fiber.StatusSeeOther)
}
