package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// signInRulesJSON is what the office asks of whoever signs in.
type signInRulesJSON struct {
	SecondFactor []kpi.Role         `json:"second_factor"`
	Policy       kpi.PasswordPolicy `json:"policy"`
	Days         int                `json:"days"`
	SetBy        *string            `json:"set_by"`
	SetAt        *string            `json:"set_at"`
}

func newSignInRulesJSON(s kpi.SignInRules) signInRulesJSON {
	out := signInRulesJSON{SecondFactor: append([]kpi.Role{}, s.SecondFactor...), Policy: s.Policy, Days: s.Days}
	if s.SetBy != "" {
		at := rfc3339(s.SetAt)
		out.SetBy, out.SetAt = &s.SetBy, &at
	}
	return out
}

func (s API) getSignInRules(c *fiber.Ctx, v *middleware.Visit) error {
	rules, err := s.App.SignInRules(c.UserContext(), v.Actor)
	return s.orJSON(c, newSignInRulesJSON(rules), err)
}

func (s API) postSignInRules(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		SecondFactor []kpi.Role         `json:"second_factor"`
		Policy       kpi.PasswordPolicy `json:"policy"`
		Days         int                `json:"days"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	rules, err := s.App.SetSignInRules(c.UserContext(), v.Actor,
		kpi.SignInRules{SecondFactor: b.SecondFactor, Policy: b.Policy, Days: b.Days})
	return s.orJSON(c, newSignInRulesJSON(rules), err)
}

// unlinkAccount takes an account's link to the identity provider away.
func (s API) unlinkAccount(c *fiber.Ctx, v *middleware.Visit) error {
	if err := s.App.Unlink(c.UserContext(), v.Actor, middleware.AccountParam(c)); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
