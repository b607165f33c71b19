package web

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getAccounts(c *fiber.Ctx, v *visit) error {
	return s.showAccounts(c, v, fiber.StatusOK, nil, nil)
}

// showAccounts lists everyone who can sign in, with the form for one more.
func (s *Server) showAccounts(c *fiber.Ctx, v *visit, status int, typed url.Values, refusal *kpi.Error) error {
	accounts, err := s.App.Accounts(c.UserContext(), v.actor)
	if err != nil {
		return err
	}
	pc, units, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	return s.render(c, status, "account_list", newAccountsPage(pc, accounts, units, typed, refusal))
}

// accountContext starts a page about accounts, which belong to no year.
func (s *Server) accountContext(c *fiber.Ctx, v *visit) (pageContext, []kpi.Unit, error) {
	pc, err := s.unitContext(c, v)
	if err != nil {
		return pc, nil, err
	}
	if done := c.Query("done"); done != "" && v.printer.Has("account.done."+done) {
		pc.Notice = v.printer.T("account.done." + done)
	}
	units, err := s.App.Units(c.UserContext(), v.actor)
	return pc, units, err
}

func (s *Server) postAccount(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	n := app.NewAccount{Name: f.Get("name"), FullName: f.Get("full_name"), Role: kpi.Role(f.Get("role")),
		Unit: f.Get("unit"), Password: f.Get("password")}
	_, err = s.App.AddAccount(c.UserContext(), v.actor, n)
	if e, status, ok := refusalOf(err); ok {
		return s.showAccounts(c, v, status, f.Values, e)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/accounts?done=added", fiber.StatusSeeOther)
}

func (s *Server) getAccount(c *fiber.Ctx, v *visit) error {
	account, err := s.accountParam(c, v)
	if err != nil {
		return err
	}
	return s.showAccount(c, v, fiber.StatusOK, accountInput{Account: account})
}

// accountParam is the account of the path.
func (s *Server) accountParam(c *fiber.Ctx, v *visit) (kpi.Account, error) {
	accounts, err := s.App.Accounts(c.UserContext(), v.actor)
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

func (s *Server) showAccount(c *fiber.Ctx, v *visit, status int, in accountInput) (err error) {
	if in.Tokens, err = s.App.Tokens(c.UserContext(), v.actor, in.Account.Name); err != nil {
		return err
	}
	pc, units, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	in.Units = units
	return s.render(c, status, "account_show", newAccountPage(pc, in))
}

// changeAccount reads a form about an account, does what it says and goes back to the account; a
// refused form comes back, without its password.
func (s *Server) changeAccount(c *fiber.Ctx, v *visit, done string, do func(kpi.Account, url.Values) error) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	account, err := s.accountParam(c, v)
	if err != nil {
		return err
	}
	err = do(account, f.Values)
	if e, status, ok := refusalOf(err); ok {
		return s.showAccount(c, v, status, accountInput{Account: account, Form: done, Refusal: e})
	}
	if err != nil {
		return err
	}
	return c.Redirect(accountPath(account.ID)+"?done="+done, fiber.StatusSeeOther)
}

func (s *Server) postAccountPassword(c *fiber.Ctx, v *visit) error {
	return s.changeAccount(c, v, "password", func(a kpi.Account, f url.Values) error {
		return s.App.SetPassword(c.UserContext(), v.actor, a.Name, f.Get("password"))
	})
}

func (s *Server) postAccountDisable(c *fiber.Ctx, v *visit) error {
	return s.changeAccount(c, v, "disabled", func(a kpi.Account, _ url.Values) error {
		return s.App.DisableAccount(c.UserContext(), v.actor, a.Name)
	})
}

func (s *Server) postAccountEnable(c *fiber.Ctx, v *visit) error {
	return s.changeAccount(c, v, "enabled", func(a kpi.Account, _ url.Values) error {
		return s.App.EnableAccount(c.UserContext(), v.actor, a.Name)
	})
}

func (s *Server) postTokenEnd(c *fiber.Ctx, v *visit) error {
	return s.changeAccount(c, v, "token_ended", func(a kpi.Account, f url.Values) error {
		return s.App.EndToken(c.UserContext(), v.actor, a.Name, f.Get("token"))
	})
}

// postToken shows a new token this once: it stands in no address and is not kept.
func (s *Server) postToken(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	account, err := s.accountParam(c, v)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	name := line(&m, f.Values, "name")
	if err := m.Err(); err != nil {
		return err
	}
	secret, err := s.App.AddToken(c.UserContext(), v.actor, account.Name, name)
	if err != nil {
		return err
	}
	return s.showAccount(c, v, fiber.StatusOK, accountInput{Account: account, Secret: secret})
}

// getOwnAccount is everyone's own account.
func (s *Server) getOwnAccount(c *fiber.Ctx, v *visit) error {
	return s.showOwnAccount(c, v, fiber.StatusOK, nil)
}

func (s *Server) showOwnAccount(c *fiber.Ctx, v *visit, status int, refusal *kpi.Error) error {
	pc, _, err := s.accountContext(c, v)
	if err != nil {
		return err
	}
	return s.render(c, status, "account_own", newOwnAccountPage(pc, refusal))
}

// postOwnPassword changes the password and lets this browser, and no other, go on.
func (s *Server) postOwnPassword(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	err = s.App.ChangePassword(c.UserContext(), v.actor, f.Get("old"), f.Get("password"), s.address(c))
	var e *kpi.Error
	if errors.As(err, &e) {
		return s.showOwnAccount(c, v, statusOf(e), e)
	}
	if err != nil {
		return err
	}
	secret, err := s.App.SignIn(c.UserContext(), v.actor.Name, f.Get("password"), s.address(c))
	if err != nil {
		return err
	}
	s.setSession(c, secret, int(sessionLife.Seconds()))
	return c.Redirect("/account?done=own_password", fiber.StatusSeeOther)
}

func accountPath(id kpi.AccountID) string { return fmt.Sprintf("/accounts/%d", id) }
