package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

type unitJSON struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
	Parent string `json:"parent,omitempty"`
}

func (s API) getUnits(c *fiber.Ctx, v *middleware.Visit) error {
	units, err := s.App.Units(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	codes := map[kpi.UnitID]string{}
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	var out []unitJSON
	for _, u := range units {
		out = append(out, unitJSON{u.Code, u.Name, u.NameEn, codes[u.Parent]})
	}
	return sendPage(s, c, out, func(u unitJSON) string { return u.Code })
}

func (s API) postUnit(c *fiber.Ctx, v *middleware.Visit) error {
	var b unitJSON
	if err := decode(c, &b); err != nil {
		return err
	}
	if _, err := s.App.CreateUnit(c.UserContext(), v.Actor, app.NewUnit(b)); err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, b)
}

func (s API) patchUnit(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name   string `json:"name"`
		NameEn string `json:"name_en"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	u, err := s.App.RenameUnit(c.UserContext(), v.Actor, c.Params("code"), b.Name, b.NameEn)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, unitJSON{Code: u.Code, Name: u.Name, NameEn: u.NameEn})
}

// moveUnit moves a unit. history says whether its past figures stay or move with it.
func (s API) moveUnit(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Parent  string          `json:"parent"`
		History kpi.MoveHistory `json:"history"`
		Since   string          `json:"since"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	n := app.UnitMove{Unit: c.Params("code"), Parent: b.Parent, History: b.History}
	if b.Since != "" {
		p, err := kpi.ParsePeriod(b.Since)
		var m kpi.Mistakes
		if !m.Check("since", err) {
			return m.Err()
		}
		n.Since = &p
	}
	u, err := s.App.MoveUnit(c.UserContext(), v.Actor, n)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, unitJSON{Code: u.Code, Name: u.Name, NameEn: u.NameEn, Parent: b.Parent})
}
