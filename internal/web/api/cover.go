package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// coverJSON is what a year's papers say of themselves; usual_title prints while title is empty.
type coverJSON struct {
	Year       int    `json:"year"`
	UsualTitle string `json:"usual_title"`
	report.Cover
}

func (s API) getCover(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	return s.sendCover(c, v, year)
}

func (s API) sendCover(c *fiber.Ctx, v *middleware.Visit, year kpi.Year) error {
	view, err := s.App.Stated(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	view.Input.Language = v.Printer
	return s.JSON(c, fiber.StatusOK, coverJSON{int(year), view.Input.UsualTitle(), view.Input.Cover})
}

// putCover replaces a year's cover.
func (s API) putCover(c *fiber.Ctx, v *middleware.Visit) error {
	var cover report.Cover
	year, err := decodeOfYear(c, &cover)
	if err != nil {
		return err
	}
	if err := s.App.SetCover(c.UserContext(), v.Actor, year, cover); err != nil {
		return err
	}
	return s.sendCover(c, v, year)
}
