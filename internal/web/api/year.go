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
