package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getDisplays(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showDisplays(c, v, fiber.StatusOK, page.DisplayInput{})
}

// showDisplays lists what anyone can see without signing in: displays and public years.
func (s Pages) showDisplays(c *fiber.Ctx, v *middleware.Visit, status int, in page.DisplayInput) (err error) {
	if in.Displays, err = s.App.Displays(c.UserContext(), v.Actor); err != nil {
		return err
	}
	if in.Public, err = s.App.PublicYears(c.UserContext()); err != nil {
		return err
	}
	if in.Units, err = s.App.Units(c.UserContext(), v.Actor); err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "display")
	return s.Render(c, status, "display_list", page.NewDisplays(pc, in))
}

// postDisplay creates a display and shows its link this once: it cannot be shown again.
func (s Pages) postDisplay(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	_, secret, err := s.App.AddDisplay(c.UserContext(), v.Actor, app.NewDisplay{Name: f.Get("name"), Unit: f.Get("unit"),
		Language: f.Get("language")})
	if e, status, ok := middleware.Refusal(err); ok {
		return s.showDisplays(c, v, status, page.DisplayInput{Typed: f.Values, Refusal: e})
	}
	if err != nil {
		return err
	}
	return s.showDisplays(c, v, fiber.StatusOK, page.DisplayInput{Link: s.wallURL(c, secret)})
}

// wallURL returns the address of a display, under the host by which the visitor reaches this server.
func (s Pages) wallURL(c *fiber.Ctx, secret string) string {
	return s.Here(c) + page.WallPath(secret)
}

func (s Pages) postDisplayEnd(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeDisplay(c, v, doneAt("/displays", "ended"), func(id kpi.DisplayID, _ *middleware.Form) error {
		return s.App.EndDisplay(c.UserContext(), v.Actor, id)
	})
}

func (s Pages) postDisplayLanguage(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeDisplay(c, v, doneAt("/displays", "language"), func(id kpi.DisplayID, f *middleware.Form) error {
		_, err := s.App.SetDisplayLanguage(c.UserContext(), v.Actor, id, f.Get("language"))
		return err
	})
}

// changeDisplay reads the form and the display it is for, changes that, and leads on.
func (s Pages) changeDisplay(c *fiber.Ctx, v *middleware.Visit, to string,
	change func(kpi.DisplayID, *middleware.Form) error) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	id, err := middleware.DisplayParam(c)
	if err != nil {
		return err
	}
	if err := change(id, f); err != nil {
		return err
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
