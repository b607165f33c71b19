package handler

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getSignoff(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showSignoff(c, v, fiber.StatusOK, nil, nil)
}

// showSignoff shows the state of a year's report. Refused forms are shown as they were typed.
func (s Pages) showSignoff(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values, refusal *kpi.Error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Signing(c.UserContext(), v.Actor, year, string(v.Printer.Tag()))
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, view.Input.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "signoff")
	return s.Render(c, status, "signoff", page.NewSignoff(pc, view, middleware.NewKey(), typed, refusal))
}

// postSignoff records a check or signs the report: 303 to the page, or 422 or 409 with what forbids it.
func (s Pages) postSignoff(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	action := f.Get("action")
	if action == "sign" {
		_, err = s.App.SignReport(c.UserContext(), v.Actor, year, app.NewSigning{Reason: f.Get("reason"), Key: f.Get("key"),
			Office: s.PublicAddress(c)})
	} else {
		action = "check"
		_, err = s.App.CheckReport(c.UserContext(), v.Actor, year, f.Get("note"))
	}
	return middleware.Posted(c, err, doneAt(page.SignPath(year), action), func(status int, refusal *kpi.Error) error {
		return s.showSignoff(c, v, status, f, refusal)
	})
}

// getSigned shows a signed version as it was signed, with what has changed since.
func (s Pages) getSigned(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := s.Files.SignedView(c, v)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, view.Input.Board)
	if err != nil {
		return err
	}
	against, err := strconv.Atoi(c.Query("against"))
	if err != nil {
		against = 0
	}
	return s.Render(c, fiber.StatusOK, "signed", page.NewSigned(pc, view, against))
}
