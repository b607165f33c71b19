package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

type yearJSON struct {
	Year   int           `json:"year"`
	State  kpi.YearState `json:"state"`
	Sample bool          `json:"sample"`
}

func (s API) getYears(c *fiber.Ctx, _ *middleware.Visit) error {
	years, err := s.App.Years(c.UserContext())
	if err != nil {
		return err
	}
	var out []yearJSON
	for _, y := range years {
		out = append(out, yearJSON{int(y.Year), y.State, y.Sample})
	}
	return sendPage(s, c, out, func(y yearJSON) string { return strconv.Itoa(y.Year) })
}

func (s API) postYear(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Year int `json:"year"`
		From int `json:"from"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	y, err := s.App.OpenYear(c.UserContext(), v.Actor, app.NewYear{Year: kpi.Year(b.Year), From: kpi.Year(b.From)})
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, yearJSON{int(y.Year), y.State, y.Sample})
}

func (s API) closeYear(c *fiber.Ctx, v *middleware.Visit) error {
	return s.yearState(c, func(y kpi.Year, reason string) error {
		return s.App.CloseYear(c.UserContext(), v.Actor, y, reason)
	})
}

func (s API) reopenYear(c *fiber.Ctx, v *middleware.Visit) error {
	return s.yearState(c, func(y kpi.Year, reason string) error {
		return s.App.ReopenYear(c.UserContext(), v.Actor, y, reason)
	})
}

func (s API) yearState(c *fiber.Ctx, change func(kpi.Year, string) error) error {
	y, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	var b reasonBody
	if err := decode(c, &b); err != nil {
		return err
	}
	if err := change(y, b.Reason); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

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
	if _, err := s.App.CreateArea(c.UserContext(), v.Actor, kpi.Area{Code: b.Code, Name: b.Name, NameEn: b.NameEn}); err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, b)
}
