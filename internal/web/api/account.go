package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// accountJSON is an account. Invitation is sent only when its link is made.
type accountJSON struct {
	Name       string          `json:"name"`
	FullName   string          `json:"full_name"`
	Role       kpi.Role        `json:"role"`
	Unit       string          `json:"unit,omitempty"`
	EndsOn     kpi.Date        `json:"ends_on,omitempty"`
	Disabled   bool            `json:"disabled"`
	Over       bool            `json:"over"`
	Factor     bool            `json:"second_factor"`
	Linked     bool            `json:"linked"`
	Invitation *invitationJSON `json:"invitation,omitempty"`
}

// invitationJSON is a one-time link.
type invitationJSON struct {
	Path   string `json:"path"`
	EndsAt string `json:"ends_at"`
}

func newInvitationJSON(i app.Invitation) *invitationJSON {
	return &invitationJSON{page.InvitationPath(i.Secret), rfc3339(i.EndsAt)}
}

// accountsJSON tells all accounts.
func (s API) accountsJSON(c *fiber.Ctx, v *middleware.Visit) ([]accountJSON, error) {
	accounts, err := s.App.Accounts(c.UserContext(), v.Actor)
	if err != nil {
		return nil, err
	}
	factors, err := s.App.WithSecondFactor(c.UserContext(), v.Actor)
	if err != nil {
		return nil, err
	}
	linked, err := s.App.Linked(c.UserContext(), v.Actor)
	if err != nil {
		return nil, err
	}
	codes, err := s.unitCodes(c, v)
	if err != nil {
		return nil, err
	}
	var out []accountJSON
	for _, a := range accounts {
		out = append(out, accountJSON{Name: a.Name, FullName: a.FullName, Role: a.Role, Unit: codes[a.Unit], EndsOn: a.EndsOn,
			Disabled: a.Disabled, Over: a.Ended(s.App.Today()), Factor: factors[a.ID],
			Linked: linked[a.ID] != 0})
	}
	return out, nil
}

// accountNamed tells one of them.
func (s API) accountNamed(c *fiber.Ctx, v *middleware.Visit, name string) (accountJSON, error) {
	all, err := s.accountsJSON(c, v)
	for _, a := range all {
		if a.Name == name {
			return a, nil
		}
	}
	if err == nil {
		err = kpi.Missing("account_not_found", name)
	}
	return accountJSON{}, err
}

func (s API) getAccounts(c *fiber.Ctx, v *middleware.Visit) error {
	out, err := s.accountsJSON(c, v)
	if err != nil {
		return err
	}
	return sendPage(s, c, out, func(a accountJSON) string { return a.Name })
}

func (s API) getAccount(c *fiber.Ctx, v *middleware.Visit) error {
	out, err := s.accountNamed(c, v, middleware.AccountParam(c))
	return s.orJSON(c, out, err)
}

// postAccount adds an account: with a password, or with a one-time link.
func (s API) postAccount(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name     string   `json:"name"`
		FullName string   `json:"full_name"`
		Role     kpi.Role `json:"role"`
		Unit     string   `json:"unit"`
		EndsOn   kpi.Date `json:"ends_on"`
		Password string   `json:"password"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	n := app.NewAccount{Name: b.Name, FullName: b.FullName, Role: b.Role, Unit: b.Unit, EndsOn: b.EndsOn,
		Password: b.Password}
	var account kpi.Account
	var invited app.Invitation
	var err error
	if n.Password != "" {
		account, err = s.App.AddAccount(c.UserContext(), v.Actor, n)
	} else {
		invited, err = s.App.AddInvited(c.UserContext(), v.Actor, n)
		account = invited.Account
	}
	if err != nil {
		return err
	}
	out, err := s.accountNamed(c, v, account.Name)
	if err != nil {
		return err
	}
	if invited.Secret != "" {
		out.Invitation = newInvitationJSON(invited)
	}
	return s.JSON(c, fiber.StatusCreated, out)
}

// patchAccount sets an account's last day, disables it or enables it again.
func (s API) patchAccount(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		EndsOn   *kpi.Date `json:"ends_on"`
		Disabled *bool     `json:"disabled"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	name := middleware.AccountParam(c)
	if b.EndsOn != nil {
		if err := s.App.SetAccountEnd(c.UserContext(), v.Actor, name, *b.EndsOn); err != nil {
			return err
		}
	}
	var err error
	switch {
	case b.Disabled == nil:
	case *b.Disabled:
		err = s.App.DisableAccount(c.UserContext(), v.Actor, name)
	default:
		err = s.App.EnableAccount(c.UserContext(), v.Actor, name)
	}
	if err != nil {
		return err
	}
	return s.getAccount(c, v)
}

func (s API) postInvitation(c *fiber.Ctx, v *middleware.Visit) error {
	invited, err := s.App.Invite(c.UserContext(), v.Actor, middleware.AccountParam(c))
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, newInvitationJSON(invited))
}

func (s API) resetFactor(c *fiber.Ctx, v *middleware.Visit) error {
	if err := s.App.ResetSecondFactor(c.UserContext(), v.Actor, middleware.AccountParam(c)); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
