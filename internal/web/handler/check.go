package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report/check"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// checkPage returns the context of a page about a year's check.
func (s Pages) checkPage(c *fiber.Ctx, v *middleware.Visit) (pc page.Context, in check.Input, err error) {
	if in, err = s.CheckInput(c, v); err != nil {
		return pc, in, err
	}
	pc, err = s.boardPage(c, v, in.Board)
	return pc, in, err
}

func (s Pages) getCheck(c *fiber.Ctx, v *middleware.Visit) error {
	pc, in, err := s.checkPage(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "check")
	return s.Render(c, fiber.StatusOK, "check_show", page.NewFindings(pc, in, nil, nil))
}

// postCheckMark records that a finding is no fault, or takes that back: 303 to the page, or the page again with what
// forbids it.
func (s Pages) postCheckMark(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	action := "mark"
	if f.Get("action") == "unmark" {
		action = "unmark"
		err = s.App.UnmarkFinding(c.UserContext(), v.Actor, year, f.Get("finding"))
	} else {
		_, err = s.App.MarkFinding(c.UserContext(), v.Actor, year, app.NewMark{Finding: f.Get("finding"),
			Language: string(v.Printer.Tag()), Reason: f.Get("reason")})
	}
	return middleware.Posted(c, err, doneAt(page.CheckPath(year), action), func(status int, refusal *kpi.Error) error {
		pc, in, err := s.checkPage(c, v)
		if err != nil {
			return err
		}
		return s.Render(c, status, "check_show", page.NewFindings(pc, in, f, refusal))
	})
}
