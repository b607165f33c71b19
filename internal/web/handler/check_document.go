package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getCheckDocument(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showCheckDocument(c, v, fiber.StatusOK, nil, nil)
}

// postCheckDocument checks an uploaded report and shows the findings. Nothing is stored, so there is no
// page to redirect to.
func (s Pages) postCheckDocument(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	f, err := s.FormWithTable(c, v)
	var view app.DocumentView
	if err == nil {
		defer f.Discard()
		err = f.Mistakes.Err()
		if err == nil && f.Table == nil {
			err = kpi.Refuse(kpi.Invalid, "file_missing")
		}
	}
	if err == nil {
		view, err = s.App.CheckDocument(c.UserContext(), v.Actor, q, string(v.Printer.Tag()), f.Table)
	}
	if refusal, status, ok := middleware.Refusal(err); ok {
		return s.showCheckDocument(c, v, status, nil, refusal)
	}
	if err != nil {
		return err
	}
	return s.showCheckDocument(c, v, fiber.StatusOK, &view, nil)
}

// showCheckDocument shows the form and the findings, if any.
func (s Pages) showCheckDocument(c *fiber.Ctx, v *middleware.Visit, status int, found *app.DocumentView,
	refusal *kpi.Error) error {
	pc, _, err := s.checkPage(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "check_document", page.NewDocument(pc, found, refusal))
}
