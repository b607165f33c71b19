package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getCheckDocument(c *fiber.Ctx, v *visit) error {
	return s.showCheckDocument(c, v, fiber.StatusOK, nil, nil)
}

// postCheckDocument checks an uploaded report and shows what was found. Nothing is kept, so there is
// nowhere to be sent to.
func (s *Server) postCheckDocument(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	f, err := s.formWithTable(c, v)
	var view app.DocumentView
	if err == nil {
		defer f.discard()
		err = f.mistakes.Err()
		if err == nil && f.table == nil {
			err = kpi.Refuse(kpi.Invalid, "file_missing")
		}
	}
	if err == nil {
		view, err = s.App.CheckDocument(c.UserContext(), v.actor, q, string(v.printer.Tag()), f.table)
	}
	if refusal, ok := mistakes(err); ok {
		return s.showCheckDocument(c, v, statusOf(refusal), nil, refusal)
	}
	if err != nil {
		return err
	}
	return s.showCheckDocument(c, v, fiber.StatusOK, &view, nil)
}

// showCheckDocument shows the form and, when there is one, what was found.
func (s *Server) showCheckDocument(c *fiber.Ctx, v *visit, status int, found *app.DocumentView, refusal *kpi.Error) error {
	in, err := s.checkInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, status, "check_document", newDocumentPage(pc, found, refusal))
}
