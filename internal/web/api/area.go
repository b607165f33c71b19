package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

type areaBody struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
}

func (s API) getAreas(c *fiber.Ctx, _ *middleware.Visit) error {
	areas, err := s.App.Areas(c.UserContext())
	if err != nil {
		return err
	}
	var out []areaBody
	for _, a := range areas {
		out = append(out, areaBody{a.Code, a.Name, a.NameEn})
	}
	return sendPage(s, c, out, func(a areaBody) string { return a.Code })
}

func (s API) postArea(c *fiber.Ctx, v *middleware.Visit) error {
	var b areaBody
	if err := decode(c, &b); err != nil {
		return err
	}
	a, err := s.App.CreateArea(c.UserContext(), v.Actor, 0, kpi.Area{Code: b.Code, Name: b.Name, NameEn: b.NameEn})
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, areaBody{a.Code, a.Name, a.NameEn})
}

func (s API) patchArea(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name   string `json:"name"`
		NameEn string `json:"name_en"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	area, err := s.App.EditArea(c.UserContext(), v.Actor, 0, c.Params("code"), b.Name, b.NameEn)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, areaBody{area.Code, area.Name, area.NameEn})
}
