package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// tokenJSON is an API token. Secret is sent only when it is made.
type tokenJSON struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Scope    kpi.TokenScope `json:"scope"`
	Unit     string         `json:"unit,omitempty"`
	EndsOn   kpi.Date       `json:"ends_on,omitempty"`
	Over     bool           `json:"over"`
	AddedAt  string         `json:"added_at"`
	UsedOn   kpi.Date       `json:"used_on,omitempty"`
	UsedFrom string         `json:"used_from,omitempty"`
	Secret   string         `json:"secret,omitempty"`
}

// newTokenJSON tells a token; codes are those of the units.
func (s API) newTokenJSON(t kpi.Token, codes map[kpi.UnitID]string) tokenJSON {
	out := tokenJSON{ID: t.ID(), Name: t.Name, Scope: t.Scope, Unit: codes[t.Unit], EndsOn: t.EndsOn,
		Over: t.Over(s.App.Today()), AddedAt: rfc3339(t.AddedAt), UsedFrom: t.UsedFrom}
	if t.UsedAt != 0 {
		out.UsedOn = s.App.DayOf(t.UsedAt)
	}
	return out
}

// unitCodes returns the codes of the units that an actor may read.
func (s API) unitCodes(c *fiber.Ctx, v *middleware.Visit) (map[kpi.UnitID]string, error) {
	units, err := s.App.Units(c.UserContext(), v.Actor)
	codes := map[kpi.UnitID]string{}
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	return codes, err
}

func (s API) getTokens(c *fiber.Ctx, v *middleware.Visit) error {
	tokens, err := s.App.Tokens(c.UserContext(), v.Actor, middleware.AccountParam(c))
	if err != nil {
		return err
	}
	codes, err := s.unitCodes(c, v)
	if err != nil {
		return err
	}
	var out []tokenJSON
	for _, t := range tokens {
		out = append(out, s.newTokenJSON(t, codes))
	}
	return sendPage(s, c, out, func(t tokenJSON) string { return t.ID })
}

func (s API) postToken(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name   string         `json:"name"`
		Scope  kpi.TokenScope `json:"scope"`
		EndsOn kpi.Date       `json:"ends_on"`
		Unit   string         `json:"unit"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	t, secret, err := s.App.AddToken(c.UserContext(), v.Actor, app.NewToken{Account: middleware.AccountParam(c),
		Name: b.Name, Scope: b.Scope, EndsOn: b.EndsOn, Unit: b.Unit})
	if err != nil {
		return err
	}
	out := s.newTokenJSON(t, map[kpi.UnitID]string{t.Unit: b.Unit})
	out.Secret = secret
	return s.JSON(c, fiber.StatusCreated, out)
}

func (s API) endToken(c *fiber.Ctx, v *middleware.Visit) error {
	if err := s.App.EndToken(c.UserContext(), v.Actor, middleware.AccountParam(c), c.Params("token")); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
