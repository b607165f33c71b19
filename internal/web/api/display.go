package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// displayJSON is a display. Path opens it and is sent only when the display is created.
type displayJSON struct {
	ID       kpi.DisplayID `json:"id"`
	Name     string        `json:"name"`
	Unit     string        `json:"unit"`
	Language string        `json:"language,omitempty"`
	MadeBy   string        `json:"made_by"`
	MadeAt   string        `json:"made_at"`
	SeenAt   string        `json:"seen_at,omitempty"`
	Ended    bool          `json:"ended"`
	Path     string        `json:"path,omitempty"`
}

func newDisplayJSON(d kpi.Display) displayJSON {
	out := displayJSON{ID: d.ID, Name: d.Name, Unit: d.Unit.Code, Language: d.Language, MadeBy: d.MadeBy,
		MadeAt: rfc3339(d.MadeAt), Ended: d.EndedAt != 0}
	if d.SeenAt != 0 {
		out.SeenAt = rfc3339(d.SeenAt)
	}
	return out
}

func (s API) getDisplays(c *fiber.Ctx, v *middleware.Visit) error {
	displays, err := s.App.Displays(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	var out []displayJSON
	for _, d := range displays {
		out = append(out, newDisplayJSON(d))
	}
	return sendPage(s, c, out, func(d displayJSON) string { return strconv.FormatInt(int64(d.ID), 10) })
}

func (s API) postDisplay(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name     string `json:"name"`
		Unit     string `json:"unit"`
		Language string `json:"language"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	d, secret, err := s.App.AddDisplay(c.UserContext(), v.Actor, app.NewDisplay(b))
	if err != nil {
		return err
	}
	out := newDisplayJSON(d)
	out.Path = page.WallPath(secret)
	return s.JSON(c, fiber.StatusCreated, out)
}

func (s API) patchDisplay(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Language string `json:"language"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	id, err := middleware.DisplayParam(c)
	if err != nil {
		return err
	}
	d, err := s.App.SetDisplayLanguage(c.UserContext(), v.Actor, id, b.Language)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newDisplayJSON(d))
}

func (s API) endDisplay(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.DisplayParam(c)
	if err != nil {
		return err
	}
	if err := s.App.EndDisplay(c.UserContext(), v.Actor, id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
