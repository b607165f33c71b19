package web

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getDisplays(c *fiber.Ctx, v *visit) error {
	return s.showDisplays(c, v, fiber.StatusOK, displayInput{})
}

// showDisplays is what may be seen without a sign-in, for those who decide on it.
func (s *Server) showDisplays(c *fiber.Ctx, v *visit, status int, in displayInput) (err error) {
	if in.Displays, err = s.App.Displays(c.UserContext(), v.actor); err != nil {
		return err
	}
	if in.Public, err = s.App.PublicYears(c.UserContext()); err != nil {
		return err
	}
	if in.Units, err = s.App.Units(c.UserContext(), v.actor); err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	if done := c.Query("done"); done != "" && v.printer.Has("display.done."+done) {
		pc.Notice = v.printer.T("display.done." + done)
	}
	return s.render(c, status, "display_list", newDisplaysPage(pc, in))
}

// postDisplay shows a new link this once: it is not kept.
func (s *Server) postDisplay(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	_, secret, err := s.App.AddDisplay(c.UserContext(), v.actor, app.NewDisplay{Name: f.Get("name"), Unit: f.Get("unit")})
	if e, status, ok := refusalOf(err); ok {
		return s.showDisplays(c, v, status, displayInput{Typed: f.Values, Refusal: e})
	}
	if err != nil {
		return err
	}
	return s.showDisplays(c, v, fiber.StatusOK, displayInput{Link: s.wallURL(c, secret)})
}

// wallURL is the address of a display as the person's browser reaches this server.
func (s *Server) wallURL(c *fiber.Ctx, secret string) string {
	scheme := "http"
	if s.encrypted(c) {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: c.Hostname(), Path: wallPath(secret)}).String()
}

func wallPath(secret string) string { return "/wall/" + secret }

func (s *Server) postDisplayEnd(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	id, err := displayParam(c)
	if err != nil {
		return err
	}
	if err := s.App.EndDisplay(c.UserContext(), v.actor, id); err != nil {
		return err
	}
	return c.Redirect("/displays?done=ended", fiber.StatusSeeOther)
}

func displayParam(c *fiber.Ctx) (kpi.DisplayID, error) {
	n, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, kpi.Missing("display_not_found")
	}
	return kpi.DisplayID(n), nil
}

// displayJSON is a display as programs read it; Path opens it and is told this once.
type displayJSON struct {
	ID     kpi.DisplayID `json:"id"`
	Name   string        `json:"name"`
	Unit   string        `json:"unit"`
	MadeBy string        `json:"made_by"`
	MadeAt string        `json:"made_at"`
	SeenAt string        `json:"seen_at,omitempty"`
	Ended  bool          `json:"ended"`
	Path   string        `json:"path,omitempty"`
}

func newDisplayJSON(d kpi.Display) displayJSON {
	out := displayJSON{ID: d.ID, Name: d.Name, Unit: d.Unit.Code, MadeBy: d.MadeBy, MadeAt: rfc3339(d.MadeAt), Ended: d.EndedAt != 0}
	if d.SeenAt != 0 {
		out.SeenAt = rfc3339(d.SeenAt)
	}
	return out
}

func (s *Server) apiDisplays(c *fiber.Ctx, v *visit) error {
	displays, err := s.App.Displays(c.UserContext(), v.actor)
	if err != nil {
		return err
	}
	var out []displayJSON
	for _, d := range displays {
		out = append(out, newDisplayJSON(d))
	}
	return sendPage(s, c, out, func(d displayJSON) string { return strconv.FormatInt(int64(d.ID), 10) })
}

func (s *Server) apiPostDisplay(c *fiber.Ctx, v *visit) error {
	var b struct {
		Name string `json:"name"`
		Unit string `json:"unit"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	d, secret, err := s.App.AddDisplay(c.UserContext(), v.actor, app.NewDisplay(b))
	if err != nil {
		return err
	}
	out := newDisplayJSON(d)
	out.Path = wallPath(secret)
	return s.json(c, fiber.StatusCreated, out)
}

func (s *Server) apiEndDisplay(c *fiber.Ctx, v *visit) error {
	id, err := displayParam(c)
	if err != nil {
		return err
	}
	if err := s.App.EndDisplay(c.UserContext(), v.actor, id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
